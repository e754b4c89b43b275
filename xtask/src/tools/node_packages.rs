//! What tests and builds need from npm: `tests/package-lock.json`, installed when it changed.

use std::fs;
use std::path::PathBuf;

use serde::Deserialize;

use super::{Check, Found, node};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Stamp};
use crate::repo::Repo;

/// Inside `node_modules`, so that it goes when the packages go.
fn stamp(repo: &Repo) -> Stamp {
    Stamp::at(folder(repo).join(".triagekit-stamp"))
}

/// `tests/node_modules`.
pub(crate) fn folder(repo: &Repo) -> PathBuf {
    repo.node_root().join("node_modules")
}

fn wanted(repo: &Repo) -> Result<String, Error> {
    let root = repo.node_root();
    Ok(Fingerprint::new().file(&root.join("package.json"))?.file(&root.join("package-lock.json"))?.finish())
}

/// Runs `npm ci` if the lock file is not the one that was installed. Gives the folder of the programs.
pub(crate) fn ensure(repo: &Repo) -> Result<PathBuf, Error> {
    let fingerprint = wanted(repo)?;
    if stamp(repo).matches(&fingerprint) {
        return Ok(folder(repo).join(".bin"));
    }
    let _lock = repo.lock("node_modules")?;
    if !stamp(repo).matches(&fingerprint) {
        stamp(repo).clear()?;
        node::ensure_npm()?
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .folder(repo.node_root())
            .step(repo, "npm ci (packages for tests and builds)")?;
        stamp(repo).write(&fingerprint)?;
    }
    Ok(folder(repo).join(".bin"))
}

/// The installed version of one of the packages.
pub(crate) fn version(repo: &Repo, package: &str) -> Result<String, Error> {
    let path = folder(repo).join(package).join("package.json");
    let text = fs::read(&path).map_err(Error::file("read", &path))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| Error::Content {
        path,
        expected: "JSON with a version",
        found: error.to_string(),
    })?;
    Ok(manifest.version)
}

#[derive(Debug, Deserialize)]
struct Manifest {
    version: String,
}

pub(crate) fn check(repo: &Repo) -> Check {
    let is_good = wanted(repo).is_ok_and(|fingerprint| stamp(repo).matches(&fingerprint));
    Check {
        name: "npm packages",
        expected: "as in tests/package-lock.json".to_owned(),
        is_good,
        found: is_good.then(|| Found { version: "up to date".to_owned(), place: folder(repo) }),
        remedy: "cargo xtask setup (runs npm ci in tests/)".to_owned(),
    }
}
