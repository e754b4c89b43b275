//! What a demo server is told at its start.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::time::Duration;

use crate::instant::UtcInstant;
use crate::rate::Rate;

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
    /// Whether UTMStack asks for a second factor, whose codes are printed.
    pub tfa: bool,
    /// How long UTMStack waits between two automatic reviews of new alerts; none at all when zero.
    pub review_every: Duration,
    /// How strictly Uptycs reads tokens.
    pub uptycs_auth: TokenPolicy,
    /// The most rows of an Uptycs list page. Sources disagree between 1,000 and 10,000 (docs/uptycs.md,
    /// "Conventions").
    pub page_cap: u64,
    /// What goes wrong by itself.
    pub faults: Faults,
    /// What faults are derived from; the same seed and the same requests meet the same faults.
    pub fault_seed: u64,
    /// How fast alerts come, change and go by themselves, at each vendor; `None` leaves the data alone.
    pub live: Option<Rate>,
    /// By how much some of the alerts that come are backdated at most.
    pub late: Duration,
    /// How long every answer of a vendor is held back, as a network would.
    pub latency: Duration,
    /// Whether it is spoken to over TLS.
    pub tls: Option<Tls>,
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
            tfa: false,
            review_every: Duration::from_secs(30),
            uptycs_auth: TokenPolicy::Strict,
            page_cap: 10_000,
            faults: Faults::None,
            fault_seed: 1,
            live: None,
            late: Duration::ZERO,
            latency: Duration::ZERO,
            tls: None,
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

/// What goes wrong by itself, at one request in ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faults {
    /// Nothing.
    None,
    /// 429 with and without `Retry-After`, 500, the proxy's page with 502, connections closed before and in the
    /// middle of the body, JSON that ends too early, stalls of two seconds.
    Flaky,
    /// The same, and wrong content types, tokens that expire in mid-use, signing secrets that change at once, a
    /// clock that is five minutes off, and alerts that are deleted while live.
    Hostile,
}

/// Where the certificate of a server comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tls {
    /// It is made at the start, for 127.0.0.1, `[::1]` and localhost, and signed by nobody else.
    SelfSigned,
    /// From files in PEM.
    Files {
        /// The certificate, and those of its issuers after it.
        certificate: PathBuf,
        /// Its private key.
        key: PathBuf,
    },
}
