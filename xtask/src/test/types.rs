//! `tsc --strict`: over the JavaScript of the package, and over programs that use its declarations.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Outcome, Step};
use crate::build::{self, Profile};
use crate::error::Error;
use crate::fingerprint::{empty_folder, files_below};
use crate::repo::Repo;
use crate::run::Run;
use crate::tools::{node, node_packages};

pub(super) const STEPS: [Step; 2] =
    [Step::new("types (sources)", sources), Step::new("types (declarations)", declarations)];

fn tsc(repo: &Repo) -> Result<Run, Error> {
    node_packages::ensure(repo)?;
    let program = node_packages::folder(repo).join("typescript/bin/tsc");
    Ok(node::ensure()?.arg(program).args(["--pretty", "false"]))
}

/// The package's own JavaScript, typed by its comments, as `npm/tsconfig.json` says; declarations stand for the
/// generated files, so nothing needs to be built.
fn sources(repo: &Repo) -> Result<Outcome, Error> {
    let project = repo.root().join("npm/tsconfig.json");
    if !project.is_file() {
        return Ok(Outcome::Skipped("there is no npm/tsconfig.json yet".to_owned()));
    }
    tsc(repo)?
        .args(["--noEmit", "--strict", "--checkJs", "--allowJs", "--project"])
        .arg(project)
        .step(repo, "tsc --strict, JavaScript of npm")?;
    Ok(Outcome::Clean)
}

/// `tests/types/*.ts` beside the installed tarball, under both ways of resolving a package that are in use.
fn declarations(repo: &Repo) -> Result<Outcome, Error> {
    let folder = repo.root().join("tests/types");
    let mut files = files_below(&folder, &["node_modules"])?;
    files.retain(|file| matches!(file.extension().and_then(|e| e.to_str()), Some("ts" | "mts" | "cts")));
    if files.is_empty() {
        return Ok(Outcome::Skipped("there is no tests/types/*.ts yet".to_owned()));
    }
    let tsc = tsc(repo)?;
    let lock = build::npm::lock(repo)?;
    let package = build::npm::build(repo, &lock, Profile::Ci)?;
    let consumer = build::npm::install(repo, &lock, &package)?;
    let copies = copy(&files, &folder, &consumer.join("types"))?;
    for (module, resolution) in [("nodenext", "nodenext"), ("esnext", "bundler")] {
        tsc.clone()
            .args([
                "--noEmit",
                "--strict",
                "--target",
                "es2022",
                "--lib",
                "es2023,dom,dom.iterable,esnext.disposable",
            ])
            .args(["--module", module, "--moduleResolution", resolution, "--types", "node", "--typeRoots"])
            .arg(node_packages::folder(repo).join("@types"))
            .args(&copies)
            .folder(&consumer)
            .step(repo, &format!("tsc --strict, programs that use the package ({resolution})"))?;
    }
    Ok(Outcome::Clean)
}

/// The compiler looks for a package beside the file that imports it.
fn copy(files: &[PathBuf], from: &Path, to: &Path) -> Result<Vec<OsString>, Error> {
    empty_folder(to)?;
    let mut copies = Vec::new();
    for file in files {
        let copy = to.join(file.strip_prefix(from).unwrap_or(file));
        if let Some(parent) = copy.parent() {
            fs::create_dir_all(parent).map_err(Error::file("create", parent))?;
        }
        fs::copy(file, &copy).map_err(Error::file("copy", file))?;
        copies.push(copy.into_os_string());
    }
    Ok(copies)
}
