//! `cargo xtask lint`: what a commit must pass before anyone reads it; the same steps as in `test`.

use std::process::ExitCode;

use crate::repo::Repo;
use crate::test::{self, Options, Part};

pub(crate) fn run(repo: &Repo) -> ExitCode {
    test::run(repo, &Options { parts: vec![Part::Fmt, Part::Clippy, Part::Deny], ..Options::default() })
}
