//! Node.js and npm: found, never installed.

use super::{Check, Found, is_at_least, on_path, version_in};
use crate::error::Error;
use crate::run::Run;

/// `node --test` with a time limit a test came with 20.11.
const LEAST: (u32, u32) = (20, 11);
const REMEDY: &str = "install Node.js 20 or newer with npm (https://nodejs.org, or your system's packages)";

pub(crate) fn check() -> Check {
    check_program("node", LEAST)
}

pub(crate) fn check_npm() -> Check {
    check_program("npm", (9, 0))
}

fn check_program(name: &'static str, least: (u32, u32)) -> Check {
    let found = on_path(&[name]).and_then(|place| {
        let line = Run::new(&place).arg("--version").first_line()?;
        Some(Found { version: version_in(&line)?.to_owned(), place })
    });
    Check {
        name,
        expected: format!("{}.{} or newer", least.0, least.1),
        is_good: found.as_ref().is_some_and(|found| is_at_least(&found.version, least)),
        found,
        remedy: REMEDY.to_owned(),
    }
}

/// A run of `node`.
///
/// # Errors
/// When it is missing or too old.
pub(crate) fn ensure() -> Result<Run, Error> {
    wanted(check()).map(|found| Run::new(found.place))
}

/// A run of `npm`.
///
/// # Errors
/// When it is missing or too old.
pub(crate) fn ensure_npm() -> Result<Run, Error> {
    wanted(check_npm()).map(|found| Run::new(found.place))
}

fn wanted(check: Check) -> Result<Found, Error> {
    let said = match &check.found {
        Some(found) => {
            format!("found {found}, expected {}", check.expected)
        }
        None => format!("not on PATH, expected {}", check.expected),
    };
    match check.found {
        Some(found) if check.is_good => Ok(found),
        _ => Err(Error::ToolMissing { what: check.name, found: said, remedy: check.remedy }),
    }
}
