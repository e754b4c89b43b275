//! Debian's packages: installed when that can be done without asking, else named in a command to paste.

use super::on_path;
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;

/// What browser tests need; a system without any font would show boxes.
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-dejavu-core"];

/// The exact command for a person who must type it.
pub(crate) fn command() -> String {
    format!(
        "Debian: sudo apt-get update && sudo apt-get install -y --no-install-recommends {}\n  elsewhere: install \
         Chromium or Chrome and its driver, and set CHROMIUM and CHROMEDRIVER to their paths",
        PACKAGES.join(" ")
    )
}

/// Installs Chromium and its driver if this is root on a system with apt.
///
/// # Errors
/// With the command to type, when it is not.
pub(crate) fn install_browser(repo: &Repo, what: &'static str) -> Result<(), Error> {
    let is_root = Run::new("id").arg("-u").first_line().is_some_and(|id| id == "0");
    let Some(apt) = on_path(&["apt-get"]).filter(|_| is_root) else {
        return Err(Error::ToolMissing { what, found: "not on PATH".to_owned(), remedy: command() });
    };
    Run::new(&apt).arg("update").step(repo, "apt-get update")?;
    Run::new(&apt)
        .args(["install", "-y", "--no-install-recommends"])
        .args(PACKAGES)
        .env("DEBIAN_FRONTEND", "noninteractive")
        .step(repo, "install Chromium and its driver (Debian packages, once)")
        .map(drop)
}
