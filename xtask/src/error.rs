//! The one error of `xtask`: what was expected, what came, and what to do.

use std::io;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub(crate) enum Error {
    /// The command line asks for something that does not exist.
    #[error("`{given}` is not {expected}\n  see `cargo xtask help`")]
    Usage { given: String, expected: String },

    /// A program ran and reported failure; what it printed is in the log.
    #[error("the command ended with {status}:\n    {command}\n  what it printed: {}", log.display())]
    CommandFailed { command: String, status: String, log: PathBuf },

    /// A program could not be started at all.
    #[error("the command could not be started: {source}\n    {command}\n  {remedy}")]
    CommandNotStarted { command: String, source: io::Error, remedy: String },

    /// A file or folder could not be read or written.
    #[error("could not {action} {}: {source}", path.display())]
    File { action: &'static str, path: PathBuf, source: io::Error },

    /// A file does not hold what it should.
    #[error("{}: expected {expected}, found {found}", path.display())]
    Content { path: PathBuf, expected: &'static str, found: String },

    /// A tool is needed that `xtask` cannot install by itself.
    #[error("{what} is needed: {found}\n  {remedy}")]
    ToolMissing { what: &'static str, found: String, remedy: String },

    /// A part of the project that others build on is not there.
    #[error("{what} is not there: expected {}", path.display())]
    PartMissing { what: &'static str, path: PathBuf },

    /// The address that the demo should listen on is in use or not ours.
    #[error(
        "cannot listen on {address}: {source}\n  choose another: cargo xtask demo --listen 127.0.0.1:0 \
         (0 picks a free port)"
    )]
    AddressTaken { address: String, source: io::Error },

    /// The demo server ended before it said where it listens.
    #[error("the demo server ended with {status} before it printed its address\n    {command}")]
    DemoEnded { command: String, status: String },

    /// The demo server said something else than its address.
    #[error("the demo server's first line should be its address (http://HOST:PORT), it was `{line}`")]
    DemoSaid { line: String },

    /// The handler for Ctrl-C could not be set.
    #[error("could not listen for Ctrl-C: {0}")]
    Signal(#[from] ctrlc::Error),

    /// A value could not be written as JSON.
    #[error("could not write JSON: {0}")]
    Json(#[from] serde_json::Error),

    /// A bench measured nothing, so there is no median to report.
    #[error("bench `{bench}` measured nothing for `{what}`: expected at least one finite sample")]
    NothingMeasured { bench: &'static str, what: String },
}

impl Error {
    /// One line, for a table.
    pub(crate) fn in_short(&self) -> String {
        match self {
            Self::CommandFailed { status, log, .. } => format!("{status}, see {}", log.display()),
            _ => self.to_string().lines().next().unwrap_or_default().to_owned(),
        }
    }

    /// Makes an [`Error::File`] out of an [`io::Error`], for `map_err`.
    pub(crate) fn file(action: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self + use<> {
        let path = path.to_owned();
        move |source| Self::File { action, path, source }
    }
}

#[cfg(test)]
mod tests {
    use super::Error;

    #[test]
    fn a_failed_command_is_shown_whole_and_in_short() {
        let error = Error::CommandFailed {
            command: "cargo test".to_owned(),
            status: "exit status: 101".to_owned(),
            log: "target/xtask/logs/cargo-test.log".into(),
        };
        assert!(error.to_string().contains("\n    cargo test\n"));
        assert_eq!(error.in_short(), "exit status: 101, see target/xtask/logs/cargo-test.log");
        let usage = Error::Usage { given: "x".to_owned(), expected: "y".to_owned() };
        assert_eq!(usage.in_short(), "`x` is not y");
    }
}
