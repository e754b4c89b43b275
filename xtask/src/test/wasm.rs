//! Tests compiled to wasm32: those of the npm surface in Node, those of the console in headless Chromium.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::{Outcome, Step, count};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;
use crate::tools::{chromedriver, chromium, node, rust, wasm_bindgen};

pub(super) const STEPS: [Step; 2] =
    [Step::new("wasm (Node)", in_node), Step::new("wasm (Chromium)", in_chromium)];

fn in_node(repo: &Repo) -> Result<Outcome, Error> {
    node::ensure()?;
    let text = test(repo, "triagekit-npm")?.step(repo, "cargo test triagekit-npm (wasm32, Node)")?;
    Ok(Outcome::tests(count::in_cargo_output(&text), "triagekit-npm has no wasm-bindgen tests yet"))
}

fn in_chromium(repo: &Repo) -> Result<Outcome, Error> {
    let browser = chromium::ensure(repo)?;
    let driver = chromedriver::ensure(repo)?;
    let text = test(repo, "triagekit-console")?
        .env("CHROMEDRIVER", driver)
        .env("WASM_BINDGEN_TEST_WEBDRIVER_JSON", capabilities(repo, &browser)?)
        .env("WASM_BINDGEN_TEST_TIMEOUT", "120")
        .step(repo, "cargo test triagekit-console (wasm32, Chromium)")?;
    Ok(Outcome::tests(count::in_cargo_output(&text), "triagekit-console has no wasm-bindgen tests yet"))
}

/// Without doc tests: what these crates show in their docs is JavaScript.
fn test(repo: &Repo, krate: &str) -> Result<Run, Error> {
    rust::ensure_wasm_target(repo)?;
    let runner = wasm_bindgen::ensure_test_runner(repo)?;
    Ok(Run::cargo()
        .args(["test", "--package", krate, "--tests", "--target", rust::WASM_TARGET, "--profile", "ci"])
        .env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner))
}

/// The file that tells wasm-bindgen's runner which browser to start, and how.
fn capabilities(repo: &Repo, browser: &Path) -> Result<PathBuf, Error> {
    let path = repo.scratch().join("webdriver.json");
    let text = serde_json::to_string_pretty(&json!({
        "goog:chromeOptions": { "binary": browser, "args": chromium::FLAGS }
    }))?;
    fs::create_dir_all(repo.scratch()).map_err(Error::file("create", &repo.scratch()))?;
    fs::write(&path, text).map_err(Error::file("write", &path))?;
    Ok(path)
}
