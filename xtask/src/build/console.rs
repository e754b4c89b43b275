//! The console: Trunk puts page, styles and module together under `target/console/dist`.

use std::fs;
use std::path::PathBuf;

use super::{Profile, wasm};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Stamp};
use crate::lock::Lock;
use crate::repo::Repo;
use crate::run::Run;
use crate::say;
use crate::tools::{node_packages, trunk, wasm_bindgen, wasm_opt};

/// Nobody else builds or tests the console meanwhile.
pub(crate) fn lock(repo: &Repo) -> Result<Lock, Error> {
    repo.lock("console")
}

/// Builds the console and gives the folder that a server can serve.
///
/// The module is compiled first, so that errors of the compiler read as cargo prints them; Trunk, which would
/// bind and copy every time, runs only when something it is made from has changed.
pub(crate) fn build(repo: &Repo, _lock: &Lock, profile: Profile) -> Result<PathBuf, Error> {
    let page = repo.root().join("www/index.html");
    if !page.is_file() {
        return Err(Error::PartMissing { what: "the console's page", path: page });
    }
    let trunk = trunk::TOOL.ensure(repo)?;
    wasm_bindgen::TOOL.ensure(repo)?;
    let mut path = vec![wasm_bindgen::TOOL.folder(repo)];
    if profile == Profile::Release {
        wasm_opt::ensure(repo)?;
        path.push(node_packages::folder(repo).join(".bin"));
    }
    let module = wasm::compile(repo, "triagekit-console", wasm::Kind::Program, profile)?;

    let home = repo.target().join("console");
    let dist = home.join("dist");
    let fingerprint = Fingerprint::new()
        .file(&module)?
        .folder(&repo.root().join("www"), &["src", "tests", "target", "node_modules"])?
        .file(&repo.root().join("Trunk.toml"))?
        .text(profile.name())
        .text(trunk::TOOL.version)
        .text(wasm_bindgen::TOOL.version)
        .finish();
    let stamp = Stamp::at(home.join("stamp"));
    if stamp.matches(&fingerprint) && dist.join("index.html").is_file() {
        say::unchanged("trunk build");
        return Ok(dist);
    }
    stamp.clear()?;
    fs::create_dir_all(&home).map_err(Error::file("create", &home))?;
    let run = Run::new(trunk)
        .args([
            "build",
            "--offline",
            "--skip-version-check",
            "--color",
            "never",
            "--config",
            "Trunk.toml",
            "--dist",
        ])
        .arg(&dist);
    let run = match profile {
        Profile::Release => run.arg("--release"),
        Profile::Ci => run.args(["--cargo-profile", "ci"]),
    };
    run.path_first(&path).step(repo, &format!("trunk build ({})", profile.name()))?;
    stamp.write(&fingerprint)?;
    Ok(dist)
}
