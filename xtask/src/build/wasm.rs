//! Compiling a crate of the workspace to a wasm32 module.

use std::path::PathBuf;

use super::Profile;
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;
use crate::tools::rust;

/// Which of a crate's targets makes the module.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Kind {
    Library,
    Program,
}

/// Compiles one crate and gives the path of its module. cargo itself knows what has changed.
pub(crate) fn compile(repo: &Repo, krate: &str, kind: Kind, profile: Profile) -> Result<PathBuf, Error> {
    rust::ensure_wasm_target(repo)?;
    let target = match kind {
        Kind::Library => vec!["--lib"],
        Kind::Program => vec!["--bin", krate],
    };
    Run::cargo()
        .args(["build", "--package", krate])
        .args(target)
        .args(["--target", rust::WASM_TARGET, "--profile", profile.name()])
        .step(repo, &format!("cargo build {krate} (wasm32, {})", profile.name()))?;
    let name = match kind {
        Kind::Library => krate.replace('-', "_"),
        Kind::Program => krate.to_owned(),
    };
    let module = repo.target().join(rust::WASM_TARGET).join(profile.name()).join(format!("{name}.wasm"));
    if module.is_file() {
        Ok(module)
    } else {
        Err(Error::PartMissing { what: "the compiled module", path: module })
    }
}
