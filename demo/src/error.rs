//! Why a demo server cannot start.

use std::net::SocketAddr;
use std::path::PathBuf;

/// What keeps a demo server from starting. What happens later is answered over HTTP.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is not one of this machine alone: a double with a published password stays at home.
    #[error("{0} is not a loopback address; listen on 127.0.0.1 or [::1]")]
    NotLoopback(SocketAddr),
    /// The address cannot be bound.
    #[error("cannot listen on {address}: {source}; is another server running there? port 0 picks a free one")]
    Listen {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// A file or a folder cannot be read or written.
    #[error("cannot use {path}: {source}")]
    File {
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// The database cannot be opened or filled.
    #[error("the demo's database failed: {0}")]
    Store(#[from] rusqlite::Error),
    /// The data cannot be written down as JSON.
    #[error("the demo's data cannot be written as JSON: {0}")]
    Json(#[from] serde_json::Error),
    /// The runtime or its thread cannot be started.
    #[error("cannot start the server's thread: {0}")]
    Runtime(std::io::Error),
    /// The personality is not there yet.
    #[error("--utmstack {0} is not built yet; use v10")]
    Personality(&'static str),
    /// The certificate or its key cannot be used.
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
}
