//! Tools that come as crates: installed at a pinned version into the cache outside the checkout.

use std::fs;
use std::path::PathBuf;

use super::{Check, Found, cargo_deny, trunk, wasm_bindgen};
use crate::error::Error;
use crate::lock::Lock;
use crate::repo::Repo;
use crate::run::Run;
use crate::say;

/// A crate whose programs are needed, and how to compile it quickly on a small machine.
#[derive(Debug)]
pub(crate) struct CargoTool {
    pub(crate) name: &'static str,
    pub(crate) version: &'static str,
    /// The program that is asked for; the others of the crate lie beside it.
    pub(crate) program: &'static str,
    /// Flags of `cargo install` besides name, version and root.
    pub(crate) flags: &'static [&'static str],
    /// `0` compiles in a fifth of the time; higher where the program's own speed shows.
    pub(crate) opt_level: &'static str,
    /// What to expect, for the person who waits.
    pub(crate) takes: &'static str,
}

/// Every tool that is installed this way.
pub(crate) const ALL: [&CargoTool; 3] = [&wasm_bindgen::TOOL, &trunk::TOOL, &cargo_deny::TOOL];

impl CargoTool {
    fn root(&self, repo: &Repo) -> PathBuf {
        repo.tools().join(format!("{}-{}", self.name, self.version))
    }

    pub(crate) fn folder(&self, repo: &Repo) -> PathBuf {
        self.root(repo).join("bin")
    }

    fn path(&self, repo: &Repo) -> PathBuf {
        self.folder(repo).join(format!("{}{}", self.program, std::env::consts::EXE_SUFFIX))
    }

    /// cargo writes its record last: a program without its record is an install that was interrupted.
    fn is_installed(&self, repo: &Repo) -> bool {
        let record = fs::read_to_string(self.root(repo).join(".crates.toml")).unwrap_or_default();
        record.contains(&format!("\"{} {} (", self.name, self.version)) && self.path(repo).is_file()
    }

    /// The path of the program, installed first if need be.
    pub(crate) fn ensure(&self, repo: &Repo) -> Result<PathBuf, Error> {
        if self.is_installed(repo) {
            return Ok(self.path(repo));
        }
        let _lock = Lock::take(&repo.tools(), self.name)?;
        if !self.is_installed(repo) {
            self.install(repo)?;
            if ALL.iter().all(|tool| tool.is_installed(repo)) {
                remove_build(repo);
            }
        }
        Ok(self.path(repo))
    }

    fn install(&self, repo: &Repo) -> Result<(), Error> {
        let build = repo.tools_build();
        fs::create_dir_all(&build).map_err(Error::file("create", &build))?;
        Run::cargo()
            .args(["install", self.name, "--version", self.version, "--force", "--root"])
            .arg(self.root(repo))
            .args(self.flags)
            .env("CARGO_TARGET_DIR", &build)
            .env("CARGO_PROFILE_RELEASE_LTO", "off")
            .env("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16")
            .env("CARGO_PROFILE_RELEASE_OPT_LEVEL", self.opt_level)
            .env("CARGO_PROFILE_RELEASE_DEBUG", "false")
            .folder(repo.tools_build())
            .step(repo, &format!("install {} {} ({}, once)", self.name, self.version, self.takes))
            .map(drop)
    }

    pub(crate) fn check(&self, repo: &Repo) -> Check {
        let is_good = self.is_installed(repo);
        let found = is_good.then(|| Found { version: self.version.to_owned(), place: self.path(repo) });
        Check {
            name: self.name,
            expected: self.version.to_owned(),
            found,
            is_good,
            remedy: format!(
                "cargo xtask setup (installs it into {}, {})",
                self.root(repo).display(),
                self.takes
            ),
        }
    }
}

/// Compiled tools leave gigabytes behind that nobody needs again.
fn remove_build(repo: &Repo) {
    let build = repo.tools_build();
    if let Err(source) = fs::remove_dir_all(&build) {
        say::note(format_args!("could not remove {}: {source}", build.display()));
    }
}

#[cfg(test)]
mod tests {
    use super::super::trunk::TOOL;
    use crate::repo::Repo;
    use std::fs;

    #[test]
    fn a_program_without_cargos_record_of_it_is_not_an_installed_tool() {
        let root = std::env::temp_dir().join(format!("triagekit-xtask-tool-{}", std::process::id()));
        let repo = Repo::at(&root);
        assert!(!TOOL.is_installed(&repo));

        fs::create_dir_all(TOOL.folder(&repo)).unwrap();
        fs::write(TOOL.path(&repo), "").unwrap();
        assert!(!TOOL.is_installed(&repo), "interrupted: the program is there, the record is not");

        let record = format!("[v1]\n\"trunk {} (registry+x)\" = [\"trunk\"]\n", TOOL.version);
        fs::write(TOOL.root(&repo).join(".crates.toml"), record).unwrap();
        assert!(TOOL.is_installed(&repo));

        fs::write(
            TOOL.root(&repo).join(".crates.toml"),
            "[v1]\n\"trunk 0.1.0 (registry+x)\" = [\"trunk\"]\n",
        )
        .unwrap();
        assert!(!TOOL.is_installed(&repo), "another version");
        fs::remove_dir_all(root).unwrap();
    }
}
