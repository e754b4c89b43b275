//! `cargo xtask`: the one door to set-up, build, demo, tests, lints and benches.

use std::process::ExitCode;

mod arguments;
mod bench;
mod build;
mod demo;
mod doctor;
mod error;
mod fingerprint;
mod help;
mod lint;
mod lock;
mod repo;
mod run;
mod say;
mod setup;
mod test;
mod tools;

use arguments::Verb;
use error::Error;
use repo::Repo;

fn main() -> ExitCode {
    match carry_out() {
        Ok(code) => code,
        Err(error) => {
            say::error(&error);
            ExitCode::FAILURE
        }
    }
}

fn carry_out() -> Result<ExitCode, Error> {
    let verb = arguments::parse(std::env::args().skip(1))?;
    let repo = Repo::find()?;
    match verb {
        Verb::Help => {
            help::print();
            Ok(ExitCode::SUCCESS)
        }
        Verb::Setup => setup::run(&repo),
        Verb::Build(options) => build::run(&repo, &options),
        Verb::Demo(options) => demo::run(&repo, &options),
        Verb::Test(options) => Ok(test::run(&repo, &options)),
        Verb::Lint => Ok(lint::run(&repo)),
        Verb::Bench(names) => bench::run(&repo, &names),
        Verb::Doctor => Ok(doctor::run(&repo)),
    }
}
