//! The demo server: both vendors' interfaces on loopback.

use std::path::PathBuf;

use super::Profile;
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;

/// Compiles the server and gives its path. cargo itself knows what has changed.
pub(crate) fn build(repo: &Repo, profile: Profile) -> Result<PathBuf, Error> {
    Run::cargo()
        .args([
            "build",
            "--package",
            "triagekit-demo",
            "--bin",
            "triagekit-demo",
            "--profile",
            profile.name(),
        ])
        .step(repo, &format!("cargo build triagekit-demo ({})", profile.name()))?;
    let name = format!("triagekit-demo{}", std::env::consts::EXE_SUFFIX);
    Ok(repo.target().join(profile.name()).join(name))
}
