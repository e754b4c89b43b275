//! Clients and collections that others wrote, unmodified, against the demo server: proof that it behaves as the
//! vendors do and not as our own client would like.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Outcome, Step, count};
use crate::build::{self, Profile};
use crate::error::Error;
use crate::fingerprint::{Fingerprint, Stamp, empty_folder};
use crate::repo::Repo;
use crate::run::Run;
use crate::tools::{node, on_path};

pub(super) const STEPS: [Step; 2] = [
    Step::for_all("strangers (clients and tokens)", clients),
    Step::for_all("strangers (Postman collection)", collection),
];

/// Beside the checkout, because it is the vendor's and not ours to publish.
const COLLECTION: &str = "../shared/vendor/utmstack.postman_collection.json";

fn clients(repo: &Repo) -> Result<Outcome, Error> {
    let folder = folder(repo);
    packages(repo, &folder)?;
    let python = python(repo, &folder)?;
    let text = test(repo, &folder, &["tokens.test.mjs", "urestapi.test.mjs"])?
        .env("TRIAGEKIT_PYTHON", python)
        .env("TRIAGEKIT_SCRATCH", repo.scratch())
        .step(repo, "node --test tests/strangers (urestapi, PyJWT, jose, jsonwebtoken)")?;
    Ok(Outcome::tests(count::in_node_output(&text), "tests/strangers holds no test"))
}

fn collection(repo: &Repo) -> Result<Outcome, Error> {
    let path = repo.root().join(COLLECTION);
    if !path.is_file() {
        return Ok(Outcome::Skipped(format!("UTMStack's Postman collection is not at {COLLECTION}")));
    }
    let folder = folder(repo);
    packages(repo, &folder)?;
    let text = test(repo, &folder, &["postman.test.mjs"])?
        .env("TRIAGEKIT_POSTMAN_COLLECTION", path)
        .step(repo, "node --test tests/strangers (Postman collection)")?;
    Ok(Outcome::tests(count::in_node_output(&text), "the collection holds no request"))
}

fn folder(repo: &Repo) -> PathBuf {
    repo.root().join("tests").join("strangers")
}

fn test(repo: &Repo, folder: &Path, files: &[&str]) -> Result<Run, Error> {
    let demo = build::demo::build(repo, Profile::Ci)?;
    Ok(node::ensure()?
        .args(["--test", "--test-reporter=spec", "--test-timeout=300000"])
        .args(files.iter().map(|file| folder.join(file)))
        .env("TRIAGEKIT_DEMO", demo))
}

/// newman, jose and jsonwebtoken, in a package of their own: no other test needs them.
fn packages(repo: &Repo, folder: &Path) -> Result<(), Error> {
    let stamp = Stamp::at(folder.join("node_modules/.triagekit-stamp"));
    let fingerprint = Fingerprint::new()
        .file(&folder.join("package.json"))?
        .file(&folder.join("package-lock.json"))?
        .finish();
    let _lock = repo.lock("strangers_packages")?;
    if !stamp.matches(&fingerprint) {
        stamp.clear()?;
        node::ensure_npm()?
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .folder(folder)
            .step(repo, "npm ci (packages of strangers)")?;
        stamp.write(&fingerprint)?;
    }
    Ok(())
}

/// A virtual environment with what `requirements.txt` names; gives its Python.
fn python(repo: &Repo, folder: &Path) -> Result<PathBuf, Error> {
    let requirements = folder.join("requirements.txt");
    let home = repo.scratch().join("strangers-python");
    let bin = home.join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = bin.join(format!("python{}", std::env::consts::EXE_SUFFIX));
    let stamp = Stamp::at(home.join(".triagekit-stamp"));
    let fingerprint = Fingerprint::new().file(&requirements)?.finish();
    let _lock = repo.lock("strangers_python")?;
    if !stamp.matches(&fingerprint) {
        let system = on_path(&["python3", "python"]).ok_or_else(|| Error::ToolMissing {
            what: "python3",
            found: "not on PATH, expected Python 3.9 or newer with venv".to_owned(),
            remedy: "install Python 3 with venv (python.org, or your system's packages)".to_owned(),
        })?;
        fs::create_dir_all(repo.scratch()).map_err(Error::file("create", &repo.scratch()))?;
        empty_folder(&home)?;
        Run::new(system).args(["-m", "venv"]).arg(&home).step(repo, "python -m venv (for strangers)")?;
        Run::new(&program)
            .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"])
            .arg(&requirements)
            .step(repo, "pip install (packages of strangers)")?;
        stamp.write(&fingerprint)?;
    }
    Ok(program)
}
