//! The console as a person sees it: Playwright drives Chromium against the demo server.

use super::npm::tests_in;
use super::{Outcome, Step, count};
use crate::build::{self, Profile};
use crate::error::Error;
use crate::repo::Repo;
use crate::tools::{chromium, node, node_packages};

pub(super) const STEPS: [Step; 2] =
    [Step::new("browser (Chromium)", as_tested), Step::for_all("browser (Chromium, as shipped)", as_shipped)];

fn as_tested(repo: &Repo) -> Result<Outcome, Error> {
    run(repo, Profile::Ci)
}

fn as_shipped(repo: &Repo) -> Result<Outcome, Error> {
    run(repo, Profile::Release)
}

fn run(repo: &Repo, profile: Profile) -> Result<Outcome, Error> {
    node_packages::ensure(repo)?;
    let browser = chromium::ensure(repo)?;
    let lock = build::console::lock(repo)?;
    let console = build::console::build(repo, &lock, profile)?;
    let demo = build::demo::build(repo, Profile::Ci)?;
    let files = tests_in(&repo.root().join("tests/browser"))?;
    if files.is_empty() {
        return Ok(Outcome::Skipped("there is no tests/browser/*.test.mjs yet".to_owned()));
    }
    let text = node::ensure()?
        .args(["--test", "--test-reporter=spec", "--test-timeout=300000"])
        .args(files)
        .env("TRIAGEKIT_DEMO", demo)
        .env("TRIAGEKIT_CONSOLE", console)
        .env("CHROMIUM", browser)
        .step(repo, &format!("node --test tests/browser ({} console)", profile.name()))?;
    Ok(Outcome::tests(count::in_node_output(&text), "tests/browser holds no test"))
}
