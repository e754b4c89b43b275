//! The driver of Chromium, for wasm tests in a browser: from `CHROMEDRIVER`, from `PATH`, or from Debian's packages.

use std::path::PathBuf;

use super::{Check, Found, apt, chromium, on_path, version_in};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;

fn find() -> Option<PathBuf> {
    std::env::var_os("CHROMEDRIVER")
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .or_else(|| on_path(&["chromedriver"]))
}

/// The driver's path, installed first if that can be done.
pub(crate) fn ensure(repo: &Repo) -> Result<PathBuf, Error> {
    if let Some(path) = find() {
        return Ok(path);
    }
    apt::install_browser(repo, "ChromeDriver")?;
    find().ok_or_else(|| Error::ToolMissing {
        what: "ChromeDriver",
        found: "still not on PATH after the install".to_owned(),
        remedy: apt::command(),
    })
}

/// A driver talks only to a browser of its own major version.
pub(crate) fn check() -> Check {
    let browser = chromium::check().found.map(|found| major(&found.version));
    let found = find().map(|place| {
        let line = Run::new(&place).arg("--version").first_line().unwrap_or_default();
        Found { version: version_in(&line).unwrap_or("unknown").to_owned(), place }
    });
    let is_good = match (&browser, &found) {
        (Some(browser), Some(found)) => major(&found.version) == *browser,
        (None, found) => found.is_some(),
        (Some(_), None) => false,
    };
    let expected = browser.map_or_else(|| "any".to_owned(), |major| format!("{major} (the browser's)"));
    Check { name: "chromedriver", expected, is_good, found, remedy: apt::command() }
}

fn major(version: &str) -> String {
    version.split('.').next().unwrap_or_default().to_owned()
}
