//! cargo-deny: which licences, sources and duplicate crates may come in.

use super::cargo_tool::CargoTool;

pub(crate) const TOOL: CargoTool = CargoTool {
    name: "cargo-deny",
    version: "0.20.2",
    program: "cargo-deny",
    flags: &["--locked"],
    opt_level: "0",
    takes: "about 1 minute",
};
