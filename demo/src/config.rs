//! What a demo server is told at its start.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;

use crate::instant::UtcInstant;

/// The settings of a [`Server`](crate::Server). The default keeps everything in memory, takes a free port of
/// 127.0.0.1 and makes 10,000 alerts a vendor from seed 1.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where to listen; only loopback addresses are accepted, port 0 picks a free one.
    pub listen: SocketAddr,
    /// How many alerts UTMStack holds.
    pub utmstack_alerts: u32,
    /// How many alerts Uptycs holds.
    pub uptycs_alerts: u32,
    /// What all data, ids and keys are derived from.
    pub seed: u64,
    /// The instant at which the generated data ends; the start of the server when absent.
    pub now: Option<UtcInstant>,
    /// Where the data is kept.
    pub state: State,
    /// A folder with a built console to serve at `/`.
    pub console: Option<PathBuf>,
    /// Whether Uptycs sends CORS headers. None are attested, so the real service is taken to send none.
    pub uptycs_cors: bool,
    /// Which generation of UTMStack answers.
    pub utmstack: Personality,
    /// How strictly Uptycs reads tokens.
    pub uptycs_auth: TokenPolicy,
    /// The most rows of an Uptycs list page. Sources disagree between 1,000 and 10,000 (docs/uptycs.md,
    /// "Conventions").
    pub page_cap: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 0),
            utmstack_alerts: 10_000,
            uptycs_alerts: 10_000,
            seed: 1,
            now: None,
            state: State::Memory,
            console: None,
            uptycs_cors: false,
            utmstack: Personality::V10,
            uptycs_auth: TokenPolicy::Strict,
            page_cap: 10_000,
        }
    }
}

/// Where the data of a demo server lives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// In memory, gone with the server.
    Memory,
    /// In two SQLite files of this folder; a second start finds what the first one left.
    Folder(PathBuf),
}

/// A generation of UTMStack's API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Personality {
    /// 10.8.1: `alert-*`, `id_token`, problem documents.
    V10,
    /// 11.0.1: `v11-alert-*`, two-step login, echoes.
    V11,
    /// What the vendor's documentation says instead of what its servers do.
    Documented,
}

/// How strictly Uptycs reads the claim `exp`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenPolicy {
    /// A token without `exp` is refused, as since about May 2022 (docs/uptycs.md, "Authentication").
    Strict,
    /// A token without `exp` is accepted, so that the clients of 2019 run.
    Lax,
}
