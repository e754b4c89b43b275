//! The tools that builds and tests need, one file a tool. `ensure` finds or installs a tool; `check` only looks.

pub(crate) mod apt;
pub(crate) mod c_compiler;
pub(crate) mod cargo_deny;
pub(crate) mod cargo_tool;
pub(crate) mod chromedriver;
pub(crate) mod chromium;
pub(crate) mod node;
pub(crate) mod node_packages;
pub(crate) mod rust;
pub(crate) mod trunk;
pub(crate) mod wasm_bindgen;
pub(crate) mod wasm_opt;

use std::env;
use std::fmt;
use std::path::{Path, PathBuf};

/// What a look at one tool found.
#[derive(Debug)]
pub(crate) struct Check {
    pub(crate) name: &'static str,
    pub(crate) expected: String,
    pub(crate) found: Option<Found>,
    pub(crate) is_good: bool,
    /// What to do when it is missing or wrong.
    pub(crate) remedy: String,
}

#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) version: String,
    pub(crate) place: PathBuf,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at {}", self.version, self.place.display())
    }
}

/// The first program of one of these names on `PATH`.
pub(crate) fn on_path(names: &[&str]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    // npm is a script, which Windows knows by another suffix than that of programs.
    let suffixes: &[&str] = if cfg!(windows) { &[".exe", ".cmd"] } else { &[""] };
    names
        .iter()
        .flat_map(|name| suffixes.iter().map(move |suffix| format!("{name}{suffix}")))
        .find_map(|name| folders.iter().map(|folder| folder.join(&name)).find(|file| is_program(file)))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|data| data.is_file() && data.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

/// The first run of digits and dots in what a program says of itself: `trunk 0.21.14` gives `0.21.14`.
pub(crate) fn version_in(line: &str) -> Option<&str> {
    line.split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .find(|word| word.starts_with(|c: char| c.is_ascii_digit()) && word.contains('.'))
}

/// Whether a version is at least another, by major and minor number.
pub(crate) fn is_at_least(version: &str, least: (u32, u32)) -> bool {
    let mut numbers = version.split('.').map(|number| number.parse::<u32>().unwrap_or(0));
    (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0)) >= least
}

#[cfg(test)]
mod tests {
    use super::{is_at_least, on_path, version_in};

    #[test]
    fn versions_are_found_in_what_programs_say_of_themselves() {
        assert_eq!(version_in("trunk 0.21.14"), Some("0.21.14"));
        assert_eq!(version_in("v20.20.2"), Some("20.20.2"));
        assert_eq!(version_in("Chromium 156.0.8078.73 built on Debian 12.2"), Some("156.0.8078.73"));
        assert_eq!(version_in("wasm-opt version 132"), None);
        assert_eq!(version_in(""), None);
    }

    #[test]
    fn versions_compare_as_numbers() {
        assert!(is_at_least("1.89.0", (1, 89)) && is_at_least("1.100.0", (1, 89)));
        assert!(!is_at_least("1.9.0", (1, 89)) && !is_at_least("", (0, 1)));
    }

    #[test]
    fn a_program_that_is_not_on_the_path_is_not_found() {
        assert_eq!(on_path(&["triagekit-no-such-program"]), None);
    }
}
