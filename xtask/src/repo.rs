//! Where things are: the checkout, what is built, and the cache of tools outside the checkout.

use std::env;
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::lock::Lock;

#[derive(Debug, Clone)]
pub(crate) struct Repo {
    root: PathBuf,
    target: PathBuf,
    cache: PathBuf,
}

impl Repo {
    /// The checkout that holds this `xtask`; build output honours `CARGO_TARGET_DIR`, the cache
    /// `XDG_CACHE_HOME`.
    pub(crate) fn find() -> Result<Self, Error> {
        let manifest = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.parent().map(Path::to_owned).unwrap_or_default();
        if !root.join("xtask").join("Cargo.toml").is_file() {
            return Err(Error::PartMissing { what: "the checkout", path: root.join("xtask/Cargo.toml") });
        }
        let target =
            env::var_os("CARGO_TARGET_DIR").map_or_else(|| root.join("target"), |dir| root.join(dir));
        let cache = cache_home()?.join("triagekit");
        Ok(Self { root, target, cache })
    }

    #[cfg(test)]
    pub(crate) fn at(root: &Path) -> Self {
        Self { root: root.to_owned(), target: root.join("target"), cache: root.join("cache") }
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// Build output: `target/`, or where `CARGO_TARGET_DIR` says.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }

    /// What only `xtask` writes: logs and stamps.
    pub(crate) fn scratch(&self) -> PathBuf {
        self.target.join("xtask")
    }

    /// Waits until no other `cargo xtask` in this checkout works on the thing of this name.
    pub(crate) fn lock(&self, name: &str) -> Result<Lock, Error> {
        Lock::take(&self.scratch(), name)
    }

    /// Where tools are installed, one folder a tool and version, so that a fresh clone pays nothing.
    pub(crate) fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// Where tools are compiled; shared by all of them and removed when all are installed.
    pub(crate) fn tools_build(&self) -> PathBuf {
        self.cache.join("build")
    }

    /// The root of what tests and builds need from npm.
    pub(crate) fn node_root(&self) -> PathBuf {
        self.root.join("tests")
    }

    /// A path as a person standing in the checkout would type it.
    pub(crate) fn relative<'p>(&self, path: &'p Path) -> &'p Path {
        path.strip_prefix(&self.root).unwrap_or(path)
    }
}

fn cache_home() -> Result<PathBuf, Error> {
    if let Some(home) = env::var_os("XDG_CACHE_HOME").filter(|dir| !dir.is_empty()) {
        return Ok(PathBuf::from(home));
    }
    env::home_dir().map(|home| home.join(".cache")).ok_or_else(|| Error::ToolMissing {
        what: "a cache folder",
        found: "neither XDG_CACHE_HOME nor a home directory is set".to_owned(),
        remedy: "set XDG_CACHE_HOME to a folder that may be written".to_owned(),
    })
}
