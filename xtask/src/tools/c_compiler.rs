//! A C compiler, for SQLite in the demo server: found, never installed.

use std::path::PathBuf;

use super::{Check, Found, on_path, version_in};
use crate::run::Run;

pub(crate) fn check() -> Check {
    let found = std::env::var_os("CC")
        .map(PathBuf::from)
        .or_else(|| on_path(&["cc", "gcc", "clang"]))
        .and_then(|place| {
            let line = Run::new(&place).arg("--version").first_line()?;
            Some(Found { version: version_in(&line).unwrap_or(&line).to_owned(), place })
        });
    Check {
        name: "C compiler",
        expected: "any".to_owned(),
        is_good: found.is_some(),
        found,
        remedy:
            "Debian: sudo apt-get install -y gcc libc6-dev; elsewhere: clang or your system's developer tools"
                .to_owned(),
    }
}
