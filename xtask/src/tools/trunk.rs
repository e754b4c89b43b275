//! Trunk: puts the console's page, styles and module together.

use super::cargo_tool::CargoTool;

/// Without its default features it needs no TLS library; it is never asked to download anything. At level 0 it
/// compiles in two minutes instead of ten and copies files as fast.
pub(crate) const TOOL: CargoTool = CargoTool {
    name: "trunk",
    version: "0.21.14",
    program: "trunk",
    flags: &["--locked", "--no-default-features"],
    opt_level: "0",
    takes: "about 2 minutes",
};
