//! wasm-bindgen: makes the JavaScript around a wasm module, and runs wasm tests.

use std::path::PathBuf;

use super::cargo_tool::CargoTool;
use crate::error::Error;
use crate::repo::Repo;

/// Must be the version that `npm/` and `www/` pin with `=`. Without `--locked`: its lock file names a crate
/// version that was withdrawn. Level 1, because it chews the console's unoptimised module in every test run.
pub(crate) const TOOL: CargoTool = CargoTool {
    name: "wasm-bindgen-cli",
    version: "0.2.130",
    program: "wasm-bindgen",
    flags: &[],
    opt_level: "1",
    takes: "1 to 2 minutes",
};

/// The program that cargo calls to run tests compiled to wasm.
pub(crate) fn ensure_test_runner(repo: &Repo) -> Result<PathBuf, Error> {
    let program = TOOL.ensure(repo)?;
    Ok(program.with_file_name(format!("wasm-bindgen-test-runner{}", std::env::consts::EXE_SUFFIX)))
}

#[cfg(test)]
mod tests {
    use super::TOOL;

    #[test]
    fn the_crates_pin_the_version_of_the_tool() {
        let pin = format!("wasm-bindgen = \"={}\"", TOOL.version);
        for (krate, manifest) in [
            ("npm", include_str!("../../../npm/Cargo.toml")),
            ("www", include_str!("../../../www/Cargo.toml")),
        ] {
            assert!(manifest.contains(&pin), "{krate}/Cargo.toml should hold `{pin}`");
        }
    }
}
