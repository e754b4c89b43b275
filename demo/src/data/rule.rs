//! The detections of the scenario: a technique as one kind of data shows it.

use crate::data::technique::{TECHNIQUES, Technique};
use crate::random::Random;

/// How bad a detection is. Only Uptycs knows `Critical`; UTMStack's scale ends at `High`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Level {
    /// UTMStack 1, Uptycs `low`.
    Low,
    /// UTMStack 2, Uptycs `medium`.
    Medium,
    /// UTMStack 3, Uptycs `high`.
    High,
    /// UTMStack 3, Uptycs `critical`.
    Critical,
}

/// A kind of data that detections read, as UTMStack names it, with how its platform reads in a name.
const KINDS: &[(&str, &str, &str)] = &[
    ("wineventlog", "Windows", "TCP"),
    ("linux", "Linux", "SSH"),
    ("macos", "macOS", "TCP"),
    ("firewall-fortigate-traffic", "FortiGate", "HTTPS"),
    ("o365", "Microsoft 365", "HTTPS"),
];

/// A detection.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Its name, unique in the scenario.
    pub(crate) name: String,
    /// Its code at Uptycs.
    pub(crate) code: String,
    /// Its id at Uptycs.
    pub(crate) id: String,
    /// The technique it finds.
    pub(crate) technique: &'static Technique,
    /// The kind of data it reads, UTMStack's `dataType`.
    pub(crate) data_type: &'static str,
    /// The protocol that UTMStack 10 writes.
    pub(crate) protocol: &'static str,
    /// How bad it is.
    pub(crate) level: Level,
    /// What an analyst is told.
    pub(crate) description: String,
    /// What an analyst should do.
    pub(crate) solution: String,
}

impl Rule {
    /// All detections of a seed: every technique on every kind of data.
    pub(crate) fn all(random: &mut Random) -> Vec<Self> {
        KINDS
            .iter()
            .flat_map(|kind| TECHNIQUES.iter().map(move |technique| (technique, kind)))
            .map(|(technique, &(data_type, platform, protocol))| {
                let level = match random.below(10) {
                    0..=2 => Level::Low,
                    3..=6 => Level::Medium,
                    7 | 8 => Level::High,
                    _ => Level::Critical,
                };
                Self {
                    name: format!("{} ({platform})", technique.name),
                    code: format!("DEMO_{}_{}", technique.id.replace('.', "_"), platform.to_uppercase().replace(' ', "_")),
                    id: random.uuid(),
                    technique,
                    data_type,
                    protocol,
                    level,
                    description: format!(
                        "{} The detection reads {platform} data and belongs to the tactic {}. It weighs how often the \
                         same behaviour was seen on this host in the last thirty days, whether the account is known \
                         to do administrative work, and whether the outside address appears on a list of known \
                         infrastructure. A single occurrence may be an administrator at work; several within an \
                         hour, or together with another detection on the same host, rarely are.",
                        technique.seen, technique.tactic
                    ),
                    solution: format!(
                        "1. Ask the owner of the account whether the action was theirs. 2. Compare with the change \
                         calendar. 3. If nobody knows it, take the host off the network, keep its memory, and reset \
                         the credentials used on it. 4. Search the last seven days for technique {} on neighbouring \
                         hosts. 5. Write down what was found before the alert is completed.",
                        technique.id
                    ),
                }
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_codes_and_ids_of_rules_are_unique() {
        let rules = Rule::all(&mut Random::stream(1, "rules"));
        assert!(rules.len() > 200, "{}", rules.len());
        let names: HashSet<_> = rules.iter().map(|rule| &rule.name).collect();
        let codes: HashSet<_> = rules.iter().map(|rule| &rule.code).collect();
        let ids: HashSet<_> = rules.iter().map(|rule| &rule.id).collect();
        assert_eq!([names.len(), codes.len(), ids.len()], [rules.len(); 3]);
    }
}
