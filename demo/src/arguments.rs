//! The flags of the program.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::{Parser, ValueEnum};
use triagekit_demo::{Config, Faults, Personality, Rate, State, Tls, TokenPolicy, UtcInstant};

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
    /// Let UTMStack ask for a second factor; its codes are printed here.
    #[arg(long)]
    tfa: bool,
    /// How long UTMStack waits between two automatic reviews of new alerts, such as 30s; 0s for never.
    #[arg(long, default_value = "30s", value_parser = duration)]
    review_every: Duration,
    /// Whether Uptycs refuses tokens without exp (strict) or accepts them (lax).
    #[arg(long, value_enum, default_value_t = Strictness::Strict)]
    uptycs_auth: Strictness,
    /// The most rows of an Uptycs list page.
    #[arg(long, default_value_t = 10_000, value_parser = clap::value_parser!(u64).range(1..))]
    page_cap: u64,
    /// What goes wrong by itself, at one request in ten; /_demo is never faulty.
    #[arg(long, value_enum, default_value_t = Mood::None)]
    faults: Mood,
    /// What faults are derived from: the same seed and the same requests meet the same ones.
    #[arg(long, default_value_t = 1)]
    fault_seed: u64,
    /// How fast alerts come and change at each vendor, such as 50/s or 30/m; with --faults hostile some go, too.
    #[arg(long, value_parser = rate)]
    live: Option<Rate>,
    /// By how much some live alerts are backdated at most, such as 90s or 10m.
    #[arg(long, default_value = "0s", value_parser = duration)]
    late: Duration,
    /// How long every answer of a vendor is held back, in milliseconds.
    #[arg(long, default_value_t = 0)]
    latency_ms: u64,
    /// Speak TLS: self-signed, or a certificate and its key in PEM as CERT,KEY.
    #[arg(long, value_parser = tls)]
    tls: Option<Tls>,
    /// A file to write the certificate to, so that clients can trust it.
    #[arg(long, requires = "tls")]
    pub(crate) write_cert: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Mood {
    None,
    Flaky,
    Hostile,
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
            tfa: self.tfa,
            review_every: self.review_every,
            uptycs_auth: match self.uptycs_auth {
                Strictness::Strict => TokenPolicy::Strict,
                Strictness::Lax => TokenPolicy::Lax,
            },
            page_cap: self.page_cap,
            faults: match self.faults {
                Mood::None => Faults::None,
                Mood::Flaky => Faults::Flaky,
                Mood::Hostile => Faults::Hostile,
            },
            fault_seed: self.fault_seed,
            live: self.live,
            late: self.late,
            latency: Duration::from_millis(self.latency_ms),
            tls: self.tls.clone(),
        }
    }
}

fn instant(text: &str) -> Result<UtcInstant, String> {
    UtcInstant::parse(text).ok_or_else(|| "expected an instant such as 2026-01-31T08:00:00Z".to_owned())
}

fn rate(text: &str) -> Result<Rate, String> {
    Rate::parse(text).ok_or_else(|| "expected a rate up to 10000/s, such as 50/s, 30/m or 2/h".to_owned())
}

fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a duration up to a day, such as 500ms, 90s, 10m or 2h".to_owned();
    let (number, unit) = text.split_at(text.find(|letter: char| !letter.is_ascii_digit()).ok_or_else(wrong)?);
    let number: u64 = number.parse().map_err(|_| wrong())?;
    let millis = match unit {
        "ms" => Some(number),
        "s" => number.checked_mul(1_000),
        "m" => number.checked_mul(60_000),
        "h" => number.checked_mul(3_600_000),
        _ => None,
    };
    millis.filter(|&millis| millis <= 86_400_000).map(Duration::from_millis).ok_or_else(wrong)
}

fn tls(text: &str) -> Result<Tls, String> {
    if text == "self-signed" {
        return Ok(Tls::SelfSigned);
    }
    let (certificate, key) =
        text.split_once(',').ok_or_else(|| "expected self-signed, or two files as CERT,KEY".to_owned())?;
    Ok(Tls::Files { certificate: certificate.into(), key: key.into() })
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
    fn rates_durations_and_certificates_are_read() {
        let flags = ["x", "--live", "50/s", "--late", "10m", "--tls", "a.pem,b.pem", "--latency-ms", "80"];
        let config = Arguments::parse_from(flags).config();
        assert_eq!(config.live, Rate::parse("50/s"));
        assert_eq!((config.late, config.latency), (Duration::from_mins(10), Duration::from_millis(80)));
        assert_eq!(config.tls, Some(Tls::Files { certificate: "a.pem".into(), key: "b.pem".into() }));
    }

    #[test]
    fn rates_durations_and_certificates_that_cannot_be_read_are_refused() {
        for flags in [
            ["--live", "fast"],
            ["--late", "10"],
            ["--late", "25h"],
            ["--tls", "a.pem"],
            ["--faults", "some"],
        ] {
            assert!(Arguments::try_parse_from(["x", flags[0], flags[1]]).is_err(), "{flags:?}");
        }
        assert!(
            Arguments::try_parse_from(["x", "--write-cert", "c.pem"]).is_err(),
            "no certificate without TLS"
        );
    }

    #[test]
    fn addresses_of_the_network_are_refused() {
        for address in ["0.0.0.0:80", "192.0.2.1:80", "localhost"] {
            assert!(Arguments::try_parse_from(["x", "--listen", address]).is_err(), "{address}");
        }
    }
}
