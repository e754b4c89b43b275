//! The npm package: module, bindings, optimised module, package folder, tarball; each step only when what it is
//! made from has changed.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::{Profile, wasm};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Stamp, empty_folder};
use crate::lock::Lock;
use crate::repo::Repo;
use crate::run::Run;
use crate::say;
use crate::tools::{node, wasm_bindgen, wasm_opt};

/// What a build leaves behind.
#[derive(Debug)]
pub(crate) struct Package {
    /// `target/npm/triagekit-VERSION.tgz`.
    pub(crate) tarball: PathBuf,
}

/// The bindings of `web` are the only ones that have all we ask for: no `await` at the top level, instantiation
/// from a module or bytes at hand (`initSync`), no `import.meta`, and a way to start anew after a trap
/// (`__wbg_reset_state`, which wasm-bindgen refuses to make for `bundler`).
const BINDGEN_FLAGS: [&str; 6] = [
    "--target",
    "web",
    "--out-name",
    "triagekit",
    "--omit-default-module-path",
    "--experimental-reset-state-function",
];

/// Nobody else builds, installs or tests the package meanwhile.
pub(crate) fn lock(repo: &Repo) -> Result<Lock, Error> {
    repo.lock("npm")
}

/// Builds the package and packs it.
pub(crate) fn build(repo: &Repo, _lock: &Lock, profile: Profile) -> Result<Package, Error> {
    let home = repo.target().join("npm");
    let module = wasm::compile(repo, "triagekit-npm", wasm::Kind::Library, profile)?;
    let bindgen = bind(repo, &home, &module, profile)?;
    let folder = assemble(repo, &home, &bindgen)?;
    let tarball = pack(repo, &home, &folder)?;
    Ok(Package { tarball })
}

/// The size pass takes its time; tests want the same features and stripping, not the last bytes.
fn level(profile: Profile) -> &'static str {
    match profile {
        Profile::Release => "-Oz",
        Profile::Ci => "-O1",
    }
}

fn bind(repo: &Repo, home: &Path, module: &Path, profile: Profile) -> Result<PathBuf, Error> {
    let bindgen = home.join("bindgen");
    let program = wasm_bindgen::TOOL.ensure(repo)?;
    let optimiser = wasm_opt::flags(level(profile));
    let fingerprint = Fingerprint::new()
        .file(module)?
        .text(wasm_bindgen::TOOL.version)
        .text(&BINDGEN_FLAGS.join(" "))
        .text(&optimiser.join(" "))
        .file(&repo.node_root().join("package-lock.json"))?
        .finish();
    let stamp = Stamp::at(home.join("stamps/bindgen"));
    if stamp.matches(&fingerprint) && bindgen.is_dir() {
        say::unchanged("wasm-bindgen, wasm-opt");
        return Ok(bindgen);
    }
    stamp.clear()?;
    empty_folder(&bindgen)?;
    Run::new(program)
        .args(BINDGEN_FLAGS)
        .arg("--out-dir")
        .arg(&bindgen)
        .arg(module)
        .step(repo, "wasm-bindgen")?;
    let bound = bindgen.join("triagekit_bg.wasm");
    let small = home.join("triagekit_bg.small.wasm");
    let before = size(&bound)?;
    wasm_opt::run(repo, level(profile), &bound, &small)?
        .step(repo, &format!("wasm-opt {}", level(profile)))?;
    fs::rename(&small, &bound).map_err(Error::file("replace", &bound))?;
    say::line(format_args!("  module: {before} → {} bytes", size(&bound)?));
    stamp.write(&fingerprint)?;
    Ok(bindgen)
}

fn size(path: &Path) -> Result<u64, Error> {
    Ok(fs::metadata(path).map_err(Error::file("read", path))?.len())
}

/// `npm/scripts/assemble.mjs` knows what belongs into the package; here is only when to call it.
fn assemble(repo: &Repo, home: &Path, bindgen: &Path) -> Result<PathBuf, Error> {
    let folder = home.join("package");
    let source = repo.root().join("npm");
    let script = source.join("scripts/assemble.mjs");
    if !script.is_file() {
        return Err(Error::PartMissing { what: "the script that assembles the npm package", path: script });
    }
    let mut fingerprint =
        Fingerprint::new().folder(&source, &["src", "tests", "node_modules"])?.folder(bindgen, &[])?;
    for name in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md"] {
        fingerprint = fingerprint.file(&repo.root().join(name))?;
    }
    let fingerprint = fingerprint.finish();
    let stamp = Stamp::at(home.join("stamps/package"));
    if stamp.matches(&fingerprint) && folder.is_dir() {
        say::unchanged("assemble the package");
        return Ok(folder);
    }
    stamp.clear()?;
    empty_folder(&folder)?;
    node::ensure()?
        .arg(&script)
        .arg("--bindgen")
        .arg(bindgen)
        .arg("--out")
        .arg(&folder)
        .step(repo, "assemble the package")?;
    stamp.write(&fingerprint)?;
    Ok(folder)
}

#[derive(Debug, Deserialize)]
struct Manifest {
    name: String,
    version: String,
}

fn pack(repo: &Repo, home: &Path, folder: &Path) -> Result<PathBuf, Error> {
    let path = folder.join("package.json");
    let text = fs::read(&path).map_err(Error::file("read", &path))?;
    let manifest: Manifest = serde_json::from_slice(&text).map_err(|error| Error::Content {
        path: path.clone(),
        expected: "JSON with a name and a version",
        found: error.to_string(),
    })?;
    let tarball = home.join(format!("{}-{}.tgz", manifest.name, manifest.version));
    let fingerprint = Fingerprint::new().folder(folder, &[])?.finish();
    let stamp = Stamp::at(home.join("stamps/tarball"));
    if stamp.matches(&fingerprint) && tarball.is_file() {
        say::unchanged("npm pack");
        return Ok(tarball);
    }
    stamp.clear()?;
    node::ensure_npm()?
        .args(["pack", "--ignore-scripts", "--pack-destination"])
        .arg(home)
        .folder(folder)
        .step(repo, "npm pack")?;
    if !tarball.is_file() {
        return Err(Error::PartMissing { what: "the packed tarball", path: tarball });
    }
    stamp.write(&fingerprint)?;
    Ok(tarball)
}

/// A project of somebody who uses the package: `target/npm/consumer` with the tarball installed.
pub(crate) fn install(repo: &Repo, _lock: &Lock, package: &Package) -> Result<PathBuf, Error> {
    let consumer = repo.target().join("npm").join("consumer");
    let fingerprint = Fingerprint::new().file(&package.tarball)?.finish();
    let stamp = Stamp::at(consumer.join("node_modules/.triagekit-stamp"));
    if stamp.matches(&fingerprint) {
        say::unchanged("install the tarball");
        return Ok(consumer);
    }
    empty_folder(&consumer)?;
    let manifest = consumer.join("package.json");
    let text = "{ \"name\": \"consumer\", \"private\": true, \"type\": \"module\" }\n";
    fs::write(&manifest, text).map_err(Error::file("write", &manifest))?;
    node::ensure_npm()?
        .args([
            "install",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--no-package-lock",
            "--prefer-offline",
        ])
        .arg(&package.tarball)
        .folder(&consumer)
        .step(repo, "install the tarball into an empty project")?;
    stamp.write(&fingerprint)?;
    Ok(consumer)
}
