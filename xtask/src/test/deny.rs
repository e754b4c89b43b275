//! Licences, sources and duplicates of everything that comes in. Advisories need a network that CI may not have.

use super::{Outcome, Step};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;
use crate::tools::cargo_deny;

pub(super) const STEPS: [Step; 1] = [Step::new("deny", run)];

fn run(repo: &Repo) -> Result<Outcome, Error> {
    let program = cargo_deny::TOOL.ensure(repo)?;
    Run::new(program)
        .args(["--color", "never", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"])
        .step(repo, "cargo deny check bans licenses sources")?;
    Ok(Outcome::Clean)
}
