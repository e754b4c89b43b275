//! clippy for both targets, warnings denied, and rustdoc's own lints.
//!
//! The profile is that of all tests, so that build scripts and macros are compiled once.

use super::{Outcome, Step};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;
use crate::tools::rust;

pub(super) const STEPS: [Step; 3] =
    [Step::new("clippy (native)", native), Step::new("clippy (wasm32)", wasm32), Step::new("rustdoc", docs)];

fn native(repo: &Repo) -> Result<Outcome, Error> {
    rust::ensure_component(repo, "clippy")?;
    Run::cargo()
        .args(["clippy", "--workspace", "--exclude", "triagekit-npm"])
        .args(["--all-targets", "--profile", "ci", "--", "--deny", "warnings"])
        .step(repo, "cargo clippy")?;
    Ok(Outcome::Clean)
}

/// The core and the engine are linted with the crates that stand on them; their own tests need sockets and SQLite,
/// which wasm32 has not.
fn wasm32(repo: &Repo) -> Result<Outcome, Error> {
    rust::ensure_component(repo, "clippy")?;
    rust::ensure_wasm_target(repo)?;
    Run::cargo()
        .args(["clippy", "--package", "triagekit", "--package", "triagekit-engine", "--lib"])
        .args(["--target", rust::WASM_TARGET, "--profile", "ci", "--", "--deny", "warnings"])
        .step(repo, "cargo clippy, core and engine")?;
    Run::cargo()
        .args(["clippy", "--package", "triagekit-npm", "--package", "triagekit-console", "--all-targets"])
        .args(["--target", rust::WASM_TARGET, "--profile", "ci", "--", "--deny", "warnings"])
        .step(repo, "cargo clippy, npm and console")?;
    Ok(Outcome::Clean)
}

fn docs(repo: &Repo) -> Result<Outcome, Error> {
    Run::cargo()
        .args([
            "doc",
            "--no-deps",
            "--package",
            "triagekit",
            "--package",
            "triagekit-engine",
            "--profile",
            "ci",
        ])
        .env("RUSTDOCFLAGS", "--deny warnings")
        .step(repo, "cargo doc")?;
    Ok(Outcome::Clean)
}
