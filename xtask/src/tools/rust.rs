//! The Rust toolchain that runs `xtask`: its version, its components, and the wasm32 target.

use std::path::PathBuf;

use super::{Check, Found, is_at_least, version_in};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;

pub(crate) const WASM_TARGET: &str = "wasm32-unknown-unknown";
const LEAST: (u32, u32) = (1, 89);

fn rustc() -> Run {
    Run::new(std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into()))
}

fn wasm_library() -> Option<PathBuf> {
    let sysroot = PathBuf::from(rustc().args(["--print", "sysroot"]).first_line()?);
    let library = sysroot.join("lib").join("rustlib").join(WASM_TARGET).join("lib");
    library.is_dir().then_some(library)
}

/// Adds the standard library for wasm32, if it is missing. A `rust-toolchain.toml` would not do: rustup may be
/// told not to install what it names (`RUSTUP_AUTO_INSTALL=0`).
pub(crate) fn ensure_wasm_target(repo: &Repo) -> Result<(), Error> {
    if wasm_library().is_some() {
        return Ok(());
    }
    Run::new("rustup").args(["target", "add", WASM_TARGET]).step(repo, "add the wasm32 target").map(drop)
}

/// Adds `rustfmt` or `clippy`, if missing: minimal toolchains come without.
pub(crate) fn ensure_component(repo: &Repo, component: &'static str) -> Result<(), Error> {
    if component_version(component).is_some() {
        return Ok(());
    }
    Run::new("rustup").args(["component", "add", component]).step(repo, &format!("add {component}")).map(drop)
}

fn component_version(component: &str) -> Option<String> {
    let verb = if component == "rustfmt" { "fmt" } else { component };
    Run::cargo().args([verb, "--version"]).first_line()
}

pub(crate) fn check() -> Check {
    let found = rustc().arg("--version").first_line().and_then(|line| {
        let version = version_in(&line)?.to_owned();
        Some(Found { version, place: PathBuf::from(rustc().args(["--print", "sysroot"]).first_line()?) })
    });
    Check {
        name: "rustc",
        expected: format!("{}.{} or newer", LEAST.0, LEAST.1),
        is_good: found.as_ref().is_some_and(|found| is_at_least(&found.version, LEAST)),
        found,
        remedy: "rustup update stable (https://rustup.rs)".to_owned(),
    }
}

pub(crate) fn check_component(component: &'static str) -> Check {
    let version = component_version(component);
    let place = super::on_path(&[if component == "rustfmt" { "cargo-fmt" } else { "cargo-clippy" }]);
    Check {
        name: component,
        expected: "any".to_owned(),
        is_good: version.is_some(),
        found: version.map(|line| Found {
            version: version_in(&line).unwrap_or(&line).to_owned(),
            place: place.unwrap_or_default(),
        }),
        remedy: format!("rustup component add {component}"),
    }
}

pub(crate) fn check_wasm_target() -> Check {
    let library = wasm_library();
    Check {
        name: "wasm32 target",
        expected: "installed".to_owned(),
        is_good: library.is_some(),
        found: library.map(|place| Found { version: "installed".to_owned(), place }),
        remedy: format!(
            "rustup target add {WASM_TARGET} (Debian without rustup: the package libstd-rust-dev-wasm32)"
        ),
    }
}
