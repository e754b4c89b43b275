//! Uptycs: key file, tokens, lists and SQL (docs/uptycs.md).

mod access;
mod client;
mod key_file;
mod list;
mod sql;
mod words;

pub use access::{DEFAULT_TOKEN_LIFETIME, UptycsAccess};
pub use client::Client;
pub use key_file::{KeyFile, KeyFileError};
pub use list::ListOptions;
pub use sql::{JobProgress, SqlOptions, SqlPart, SqlQuery, SqlReport, bound};
