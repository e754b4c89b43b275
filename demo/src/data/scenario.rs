//! The invented company: its hosts, its people, its detections, and the outsiders that bother it.

use crate::data::rule::Rule;
use crate::random::Random;

/// How many hosts the company has.
const HOSTS: usize = 240;

/// Sites, kinds of machines, and how many of each follow one another in a name.
const SITES: &[&str] = &["hq", "fra", "nyc", "gru", "tyo", "ber"];
const KINDS: &[&str] = &["ws", "srv", "dc", "web", "db", "lap", "build", "mail"];
/// Names as they come where people name machines themselves.
const ODD_NAMES: &[&str] = &["münchen-ws-07", "сервер-03", "受付-端末-2", "o'brien-lap", "Büro PC (alt)"];

const PEOPLE: &[&str] = &[
    "a.novak",
    "b.okafor",
    "c.lindqvist",
    "d.moreau",
    "e.tanaka",
    "f.silva",
    "g.kowalski",
    "h.haddad",
    "i.petrov",
    "j.o'neil",
    "k.yilmaz",
    "l.garcía",
    "m.schröder",
    "n.nguyen",
    "o.rossi",
    "p.andersen",
    "svc-backup",
    "svc-deploy",
    "svc-sql",
    "administrator",
    "root",
    "jenkins",
    "postgres",
    "www-data",
];

/// An operating system as Uptycs writes it: name, version, flavour, platform.
const SYSTEMS: &[OperatingSystem] = &[
    OperatingSystem {
        os: "Windows 11 Enterprise",
        version: "10.0.22631",
        flavor: "windows",
        platform: "windows",
    },
    OperatingSystem {
        os: "Windows Server 2022",
        version: "10.0.20348",
        flavor: "windows",
        platform: "windows",
    },
    OperatingSystem { os: "Ubuntu", version: "24.04", flavor: "debian", platform: "ubuntu" },
    OperatingSystem { os: "Red Hat Enterprise Linux", version: "9.4", flavor: "centos", platform: "rhel" },
    OperatingSystem { os: "macOS", version: "14.6.1", flavor: "darwin", platform: "darwin" },
];

/// Where outsiders come from: address block of RFC 5737 (reserved for documentation), country, code, city,
/// latitude, longitude, and the organisation of the network.
const ORIGINS: &[(&str, &str, &str, &str, f64, f64, &str)] = &[
    ("203.0.113", "Netherlands", "NL", "Amsterdam", 52.374, 4.889, "Example Transit B.V."),
    ("198.51.100", "Brazil", "BR", "São Paulo", -23.547, -46.636, "Exemplo Telecom S.A."),
    ("192.0.2", "Singapore", "SG", "Singapore", 1.289, 103.85, "Example Cloud Pte"),
    ("203.0.113", "Germany", "DE", "Köln", 50.938, 6.96, "Beispiel Netz GmbH"),
    ("198.51.100", "Japan", "JP", "東京", 35.689, 139.692, "例示通信株式会社"),
];

/// An operating system of a host.
#[derive(Debug)]
pub(crate) struct OperatingSystem {
    /// Its name.
    pub(crate) os: &'static str,
    /// Its version.
    pub(crate) version: &'static str,
    /// The family, as Uptycs calls it.
    pub(crate) flavor: &'static str,
    /// The platform, as osquery calls it.
    pub(crate) platform: &'static str,
}

/// A host, which is a target at UTMStack and an asset at Uptycs.
#[derive(Debug)]
pub(crate) struct Host {
    /// Its id at Uptycs.
    pub(crate) asset_id: String,
    /// Its name, the same at both vendors.
    pub(crate) name: String,
    /// Its address.
    pub(crate) ip: String,
    /// Its hardware address.
    pub(crate) mac: String,
    /// Its operating system.
    pub(crate) system: &'static OperatingSystem,
    /// The site it stands at.
    pub(crate) site: &'static str,
    /// Who works on it.
    pub(crate) users: Vec<&'static str>,
}

/// An outside address with where it seems to be.
#[derive(Debug)]
pub(crate) struct Outsider {
    /// The address.
    pub(crate) ip: String,
    /// The country.
    pub(crate) country: &'static str,
    /// Its two-letter code.
    pub(crate) country_code: &'static str,
    /// The city.
    pub(crate) city: &'static str,
    /// Latitude and longitude.
    pub(crate) coordinates: [f64; 2],
    /// The number of the network.
    pub(crate) asn: u32,
    /// The organisation of the network.
    pub(crate) organisation: &'static str,
}

/// Everything that alerts are about.
#[derive(Debug)]
pub(crate) struct Scenario {
    /// The customer's id at Uptycs.
    pub(crate) customer_id: String,
    /// The id of Uptycs's object group `assets`.
    pub(crate) object_group_id: String,
    /// The ids of Uptycs's users who take on alerts.
    pub(crate) analysts: Vec<String>,
    /// The hosts.
    pub(crate) hosts: Vec<Host>,
    /// The detections.
    pub(crate) rules: Vec<Rule>,
    /// The outsiders.
    pub(crate) outsiders: Vec<Outsider>,
}

impl Scenario {
    /// The scenario of a seed.
    pub(crate) fn of_seed(seed: u64) -> Self {
        Self {
            customer_id: Random::stream(seed, "customer").uuid(),
            object_group_id: Random::stream(seed, "object group").uuid(),
            analysts: {
                let mut random = Random::stream(seed, "analysts");
                (0..5).map(|_| random.uuid()).collect()
            },
            hosts: hosts(&mut Random::stream(seed, "hosts")),
            rules: Rule::all(&mut Random::stream(seed, "rules")),
            outsiders: outsiders(&mut Random::stream(seed, "outsiders")),
        }
    }
}

fn hosts(random: &mut Random) -> Vec<Host> {
    (0..HOSTS)
        .filter_map(|number| {
            let system = random.pick(SYSTEMS)?;
            let site = random.word(SITES);
            let kind = random.word(KINDS);
            let name = ODD_NAMES
                .get(number)
                .map_or_else(|| format!("{site}-{kind}-{number:03}"), |&odd| odd.to_owned());
            Some(Host {
                asset_id: random.uuid(),
                name,
                ip: format!("10.{}.{}.{}", random.below(32), number / 16, 10 + number % 16),
                mac: random
                    .letters(b"0123456789abcdef", 6)
                    .as_bytes()
                    .chunks(2)
                    .fold("02:00:5e".to_owned(), |mac, pair| {
                        format!("{mac}:{}", String::from_utf8_lossy(pair))
                    }),
                system,
                site,
                users: (0..=random.below(3)).map(|_| random.word(PEOPLE)).collect(),
            })
        })
        .collect()
}

fn outsiders(random: &mut Random) -> Vec<Outsider> {
    (0..180)
        .filter_map(|number| {
            let &(block, country, country_code, city, latitude, longitude, organisation) =
                random.pick(ORIGINS)?;
            Some(Outsider {
                ip: format!("{block}.{}", 1 + number % 250),
                country,
                country_code,
                city,
                coordinates: [latitude, longitude],
                asn: u32::try_from(64_496 + random.below(16)).unwrap_or(64_496),
                organisation,
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_seed_gives_the_same_company_again() {
        let (one, other) = (Scenario::of_seed(3), Scenario::of_seed(3));
        assert_eq!(one.customer_id, other.customer_id);
        assert_eq!(format!("{:?}", one.hosts), format!("{:?}", other.hosts));
        assert_ne!(one.customer_id, Scenario::of_seed(4).customer_id);
    }

    #[test]
    fn hosts_have_unique_names_and_addresses() {
        let scenario = Scenario::of_seed(1);
        let names: HashSet<_> = scenario.hosts.iter().map(|host| &host.name).collect();
        let addresses: HashSet<_> = scenario.hosts.iter().map(|host| &host.ip).collect();
        assert_eq!([names.len(), addresses.len()], [HOSTS; 2]);
    }
}
