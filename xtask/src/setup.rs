//! `cargo xtask setup`: everything that builds and tests need, once.

use std::process::ExitCode;
use std::time::Instant;

use crate::error::Error;
use crate::repo::Repo;
use crate::say;
use crate::tools::{cargo_tool, chromedriver, chromium, node, node_packages, rust};

pub(crate) fn run(repo: &Repo) -> Result<ExitCode, Error> {
    let started = Instant::now();
    say::heading("set-up");
    for component in ["rustfmt", "clippy"] {
        rust::ensure_component(repo, component)?;
    }
    rust::ensure_wasm_target(repo)?;
    node::ensure()?;
    node_packages::ensure(repo)?;
    for tool in cargo_tool::ALL {
        tool.ensure(repo)?;
    }
    chromium::ensure(repo)?;
    chromedriver::ensure(repo)?;
    say::line(format_args!("\neverything is there ({})", say::seconds(started.elapsed())));
    Ok(ExitCode::SUCCESS)
}
