//! Every Rust file as rustfmt writes it.

use super::{Outcome, Step};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;
use crate::say;
use crate::tools::rust;

pub(super) const STEPS: [Step; 1] = [Step::new("fmt", run)];

fn run(repo: &Repo) -> Result<Outcome, Error> {
    rust::ensure_component(repo, "rustfmt")?;
    Run::cargo()
        .args(["fmt", "--all", "--", "--check", "--color", "never"])
        .step(repo, "cargo fmt --check")
        .inspect_err(|_| say::note("`cargo fmt --all` writes the files as they should be"))?;
    Ok(Outcome::Clean)
}
