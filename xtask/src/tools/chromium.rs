//! Chromium, for the browser tests: from `CHROMIUM`, from `PATH`, or from Debian's packages.

use std::path::PathBuf;

use super::{Check, Found, apt, on_path, version_in};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];
const ON_A_MAC: &str = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";

/// No window, no sandbox for root in a container, and no calls to anybody's servers.
pub(crate) const FLAGS: [&str; 7] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
];

fn find() -> Option<PathBuf> {
    std::env::var_os("CHROMIUM")
        .map(PathBuf::from)
        .filter(|path| path.is_file())
        .or_else(|| on_path(&NAMES))
        .or_else(|| Some(PathBuf::from(ON_A_MAC)).filter(|path| path.is_file()))
}

/// The browser's path, installed first if that can be done.
pub(crate) fn ensure(repo: &Repo) -> Result<PathBuf, Error> {
    if let Some(path) = find() {
        return Ok(path);
    }
    apt::install_browser(repo, "Chromium")?;
    find().ok_or_else(|| Error::ToolMissing {
        what: "Chromium",
        found: "still not on PATH after the install".to_owned(),
        remedy: apt::command(),
    })
}

pub(crate) fn check() -> Check {
    let found = find().map(|place| {
        let line = Run::new(&place).arg("--version").first_line().unwrap_or_default();
        Found { version: version_in(&line).unwrap_or("unknown").to_owned(), place }
    });
    Check {
        name: "chromium",
        expected: "any".to_owned(),
        is_good: found.is_some(),
        found,
        remedy: apt::command(),
    }
}
