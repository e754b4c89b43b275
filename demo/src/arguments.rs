//! The flags of the program.

use std::net::SocketAddr;
use std::path::PathBuf;

use clap::{Parser, ValueEnum};
use triagekit_demo::{Config, Personality, State, TokenPolicy, UtcInstant};

/// A double of UTMStack and Uptycs on loopback: `/api` is the one, `/public/api` the other.
///
/// The first line of output is the address. UTMStack's user is admin, the password triagekit-demo.
#[derive(Debug, Parser)]
#[command(name = "triagekit-demo", version)]
pub(crate) struct Arguments {
    /// Where to listen; a loopback address, port 0 for a free one.
    #[arg(long, default_value = "127.0.0.1:0", value_parser = loopback)]
    listen: SocketAddr,
    /// How many alerts each vendor holds.
    #[arg(long, default_value_t = 10_000)]
    alerts: u32,
    /// How many alerts Uptycs holds, instead of --alerts.
    #[arg(long)]
    uptycs_alerts: Option<u32>,
    /// How many alerts UTMStack holds, instead of --alerts.
    #[arg(long)]
    utmstack_alerts: Option<u32>,
    /// What data, ids and keys are derived from.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The instant at which the data ends (ISO 8601); the start of the server when not given.
    #[arg(long, value_parser = instant)]
    now: Option<UtcInstant>,
    /// A folder to keep the data in, or :memory:.
    #[arg(long, default_value = ":memory:")]
    state: PathBuf,
    /// A file to write Uptycs's API key file to.
    #[arg(long)]
    pub(crate) write_key: Option<PathBuf>,
    /// A folder with a built console to serve at /.
    #[arg(long, value_parser = folder)]
    console: Option<PathBuf>,
    /// Let Uptycs send CORS headers, which the real service is not known to do.
    #[arg(long)]
    uptycs_cors: bool,
    /// Which generation of UTMStack answers.
    #[arg(long, value_enum, default_value_t = Generation::V10)]
    utmstack: Generation,
    /// Whether Uptycs refuses tokens without exp (strict) or accepts them (lax).
    #[arg(long, value_enum, default_value_t = Strictness::Strict)]
    uptycs_auth: Strictness,
    /// The most rows of an Uptycs list page.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    page_cap: u64,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Generation {
    V10,
    V11,
    Documented,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Strictness {
    Strict,
    Lax,
}

impl Arguments {
    /// The settings that the flags ask for.
    pub(crate) fn config(&self) -> Config {
        Config {
            listen: self.listen,
            utmstack_alerts: self.utmstack_alerts.unwrap_or(self.alerts),
            uptycs_alerts: self.uptycs_alerts.unwrap_or(self.alerts),
            seed: self.seed,
            now: self.now,
            state: if self.state.as_os_str() == ":memory:" {
                State::Memory
            } else {
                State::Folder(self.state.clone())
            },
            console: self.console.clone(),
            uptycs_cors: self.uptycs_cors,
            utmstack: match self.utmstack {
                Generation::V10 => Personality::V10,
                Generation::V11 => Personality::V11,
                Generation::Documented => Personality::Documented,
            },
            uptycs_auth: match self.uptycs_auth {
                Strictness::Strict => TokenPolicy::Strict,
                Strictness::Lax => TokenPolicy::Lax,
            },
            page_cap: self.page_cap,
        }
    }
}

fn instant(text: &str) -> Result<UtcInstant, String> {
    UtcInstant::parse(text).ok_or_else(|| "expected an instant such as 2026-01-31T08:00:00Z".to_owned())
}

fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr =
        text.parse().map_err(|_| "expected an address with a port, such as 127.0.0.1:7700".to_owned())?;
    if address.ip().is_loopback() {
        Ok(address)
    } else {
        Err("only loopback addresses are accepted: the demo's password is public".to_owned())
    }
}

fn folder(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if path.is_dir() { Ok(path) } else { Err("expected a folder that is there".to_owned()) }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;

    #[test]
    fn the_flags_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn defaults_are_those_of_the_library() {
        let (flags, library) = (Arguments::parse_from(["triagekit-demo"]).config(), Config::default());
        assert_eq!(format!("{flags:?}"), format!("{library:?}"));
    }

    #[test]
    fn counts_of_one_vendor_override_the_common_one() {
        let config = Arguments::parse_from(["x", "--alerts", "5", "--uptycs-alerts", "7"]).config();
        assert_eq!((config.utmstack_alerts, config.uptycs_alerts), (5, 7));
    }

    #[test]
    fn addresses_of_the_network_are_refused() {
        for address in ["0.0.0.0:80", "192.0.2.1:80", "localhost"] {
            assert!(Arguments::try_parse_from(["x", "--listen", address]).is_err(), "{address}");
        }
    }
}
