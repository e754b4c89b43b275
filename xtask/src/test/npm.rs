//! The npm package as its users get it: packed, installed into an empty project, used against the demo server.

use std::path::{Path, PathBuf};

use super::{Outcome, Step, count};
use crate::build::{self, Profile};
use crate::error::Error;
use crate::fingerprint::files_below;
use crate::repo::Repo;
use crate::tools::{node, node_packages};

pub(super) const STEPS: [Step; 2] =
    [Step::new("npm (Node)", as_tested), Step::for_all("npm (Node, as shipped)", as_shipped)];

fn as_tested(repo: &Repo) -> Result<Outcome, Error> {
    run(repo, Profile::Ci)
}

fn as_shipped(repo: &Repo) -> Result<Outcome, Error> {
    run(repo, Profile::Release)
}

fn run(repo: &Repo, profile: Profile) -> Result<Outcome, Error> {
    node_packages::ensure(repo)?;
    let lock = build::npm::lock(repo)?;
    let package = build::npm::build(repo, &lock, profile)?;
    let consumer = build::npm::install(repo, &lock, &package)?;
    let demo = build::demo::build(repo, Profile::Ci)?;
    let files = tests_in(&repo.root().join("tests/runtimes"))?;
    if files.is_empty() {
        return Ok(Outcome::Skipped("there is no tests/runtimes/*.test.mjs yet".to_owned()));
    }
    let text = node::ensure()?
        .args(["--test", "--test-reporter=spec", "--test-timeout=300000"])
        .args(files)
        .env("TRIAGEKIT_DEMO", demo)
        .env("TRIAGEKIT_PACKAGE_ROOT", consumer)
        .step(repo, &format!("node --test tests/runtimes ({} package)", profile.name()))?;
    Ok(Outcome::tests(count::in_node_output(&text), "tests/runtimes holds no test"))
}

/// The files that `node --test` is given by name, so that none is forgotten by a pattern of the shell.
pub(super) fn tests_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = files_below(folder, &["node_modules"])?;
    files.retain(|file| file.to_string_lossy().ends_with(".test.mjs"));
    Ok(files)
}
