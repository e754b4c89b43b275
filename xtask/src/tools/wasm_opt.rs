//! wasm-opt, from the npm package `binaryen`: makes a module smaller and strips it.

use std::path::{Path, PathBuf};

use super::node_packages;
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;

/// Named one by one: with `--all-features` Node 20 refuses what comes out.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
    "--enable-simd",
];

/// How `-Oz` is asked for, for fingerprints and for the run itself.
pub(crate) fn flags(level: &'static str) -> Vec<&'static str> {
    [level, "--strip-debug", "--strip-producers"].into_iter().chain(FEATURES).collect()
}

/// A run of wasm-opt from one file to another, at a level such as `-Oz`.
pub(crate) fn run(repo: &Repo, level: &'static str, from: &Path, to: &Path) -> Result<Run, Error> {
    Ok(Run::new(ensure(repo)?).args(flags(level)).arg(from).arg("-o").arg(to))
}

/// The program, installed with the other npm packages.
pub(crate) fn ensure(repo: &Repo) -> Result<PathBuf, Error> {
    let windows = if cfg!(windows) { ".cmd" } else { "" };
    Ok(node_packages::ensure(repo)?.join(format!("wasm-opt{windows}")))
}
