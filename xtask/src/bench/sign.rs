//! Tokens for Uptycs, signed in Node: the npm package beside jose.

use std::path::Path;

use super::report::{Better, Question, Target};
use super::samples::interleaved;
use super::{Bench, Measured};
use crate::build::{self, Profile};
use crate::error::Error;
use crate::repo::Repo;
use crate::say;
use crate::tools::{node, node_packages};

pub(super) const BENCH: Bench = Bench {
    name: "sign",
    about: "HS256 tokens a second in Node: `uptycs.token()` beside jose's `SignJWT` with the same claims and key.",
    run,
};

const ROUNDS: u32 = 9;

fn run(repo: &Repo) -> Result<Measured, Error> {
    node_packages::ensure(repo)?;
    let lock = build::npm::lock(repo)?;
    let package = build::npm::build(repo, &lock, Profile::Release)?;
    let consumer = build::npm::install(repo, &lock, &package)?;
    say::line(format_args!("  {ROUNDS} rounds, one process a run"));
    let pair =
        interleaved(ROUNDS, || sample(repo, &consumer, "triagekit"), || sample(repo, &consumer, "jose"))?;
    let question = Question {
        bench: BENCH.name,
        what: "tokens signed",
        unit: "a second",
        better: Better::Higher,
        target: Some(Target::RatioAtLeast(1.0)),
    };
    let jose = node_packages::version(repo, "jose")?;
    let row = question.answer(&pair.ours, Some((&format!("jose {jose}"), &pair.peer)))?;
    Ok(Measured { rows: vec![row], versions: vec![("jose".to_owned(), jose)] })
}

/// One process that signs for a second and prints how many tokens it made in one.
fn sample(repo: &Repo, consumer: &Path, side: &str) -> Result<f64, Error> {
    let script = repo.root().join("benches/sign.mjs");
    let run = node::ensure()?.arg(&script).arg(side).env("TRIAGEKIT_PACKAGE_ROOT", consumer);
    let text = run.step(repo, &format!("sign with {side}"))?;
    text.trim().parse().map_err(|_| Error::Content {
        path: script,
        expected: "one number on standard output",
        found: text,
    })
}
