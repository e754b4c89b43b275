//! Tests that run on this machine as they are, doc tests among them. Of the console that is its state; what draws
//! and talks exists for wasm32 only, as all of the npm surface does.

use super::{Outcome, Step, count};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;

pub(super) const STEPS: [Step; 1] = [Step::new("native", run)];

fn run(repo: &Repo) -> Result<Outcome, Error> {
    let text = Run::cargo()
        .args(["test", "--workspace", "--exclude", "triagekit-npm"])
        .args(["--profile", "ci", "--no-fail-fast"])
        .step(repo, "cargo test")?;
    Ok(Outcome::tests(count::in_cargo_output(&text), "cargo ran no test"))
}
