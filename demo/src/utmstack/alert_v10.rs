//! The alert document of UTMStack 10 (docs/utmstack.md, "v10 document").

use serde::Serialize;

use crate::config::Personality;
use crate::data::{Host, Level, Occurrence, Outsider, Rule, Scenario, hostile_text};
use crate::random::Random;
use crate::store::json;
use crate::utmstack::status_code::{self, AUTOMATIC_REVIEW, COMPLETED, FALSE_POSITIVE, IN_REVIEW, OPEN};
use crate::utmstack::stored_alert::StoredAlert;

/// Tags beside the system's own.
const TAGS: &[&str] = &["VIP", "Needs owner", "Maintenance window", "Red team", "Duplicate", "customer:acme"];
/// What people write under an alert. One line each: the server refuses more.
const NOTES: &[&str] = &[
    "Asked the owner, waiting for an answer.",
    "Same as yesterday, change 4711.",
    "Host isolated at 14:05, memory kept.",
    "Looks like the backup job.",
];

/// One document of `alert-*`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AlertV10 {
    #[serde(rename = "@timestamp")]
    pub(crate) timestamp: String,
    pub(crate) id: String,
    pub(crate) status: i64,
    pub(crate) status_label: &'static str,
    pub(crate) status_observation: String,
    is_incident: bool,
    incident_detail: IncidentDetail,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) severity: i64,
    pub(crate) severity_label: &'static str,
    pub(crate) protocol: &'static str,
    pub(crate) description: String,
    pub(crate) solution: String,
    pub(crate) tactic: &'static str,
    reference: Option<Vec<String>>,
    pub(crate) data_type: &'static str,
    pub(crate) data_source: String,
    pub(crate) source: Side,
    pub(crate) destination: Side,
    logs: Vec<String>,
    pub(crate) tags: Option<Vec<String>>,
    pub(crate) notes: String,
    // A capital T, unlike every other field.
    #[serde(rename = "TagRulesApplied")]
    tag_rules_applied: Option<Vec<i64>>,
}

/// Written at its birth, filled when the alert joins an incident.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IncidentDetail {
    created_by: &'static str,
    observation: &'static str,
    creation_date: &'static str,
    source: &'static str,
}

/// One end of the connection that an alert is about.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Side {
    user: String,
    pub(crate) host: String,
    pub(crate) ip: String,
    port: u64,
    country: &'static str,
    country_code: &'static str,
    city: &'static str,
    coordinates: [f64; 2],
    accuracy_radius: u32,
    asn: u32,
    aso: &'static str,
    is_satellite_provider: bool,
    is_anonymous_proxy: bool,
}

impl AlertV10 {
    /// The document of an occurrence; `None` only when the scenario has no such rule or host.
    pub(crate) fn new(
        scenario: &Scenario,
        random: &mut Random,
        occurrence: Occurrence,
        unreviewed: bool,
    ) -> Option<Self> {
        let rule = scenario.rules.get(occurrence.rule)?;
        let host = scenario.hosts.get(occurrence.host)?;
        let outsider = random.pick(&scenario.outsiders)?;
        let status = if unreviewed { AUTOMATIC_REVIEW } else { status(random) };
        let (severity, severity_label) = severity(rule.level);
        let tags = tags(random, status);
        let mut alert = Self {
            timestamp: nanoseconds(random, occurrence),
            id: random.uuid(),
            status,
            status_label: status_code::label(status, Personality::V10).unwrap_or_default(),
            status_observation: observation(status, tags.as_deref()).to_owned(),
            is_incident: false,
            incident_detail: IncidentDetail::default(),
            name: rule.name.clone(),
            category: category(rule).to_owned(),
            severity,
            severity_label,
            protocol: rule.protocol,
            description: rule.description.clone(),
            solution: rule.solution.clone(),
            tactic: rule.technique.tactic,
            reference: (!random.one_in(6)).then(|| reference(rule)),
            data_type: rule.data_type,
            data_source: host.name.clone(),
            source: Side::outside(random, outsider),
            destination: Side::inside(random, host),
            logs: (0..=random.below(28)).map(|_| random.uuid()).collect(),
            tags,
            notes: notes(random),
            tag_rules_applied: None,
        };
        if random.one_in(25) {
            alert.attack(random);
        }
        Some(alert)
    }

    /// Puts a hostile text into one of the fields that outsiders can write to.
    fn attack(&mut self, random: &mut Random) {
        let text = hostile_text(random).to_owned();
        match random.below(11) {
            0 => self.name = text,
            1 => self.description = text,
            2 => self.notes = text,
            3 => self.source.user = text,
            4 => self.data_source = text,
            5 => self.reference = Some(vec![text]),
            6 => self.solution = text,
            7 => self.status_observation = text,
            8 => self.category = text,
            9 => self.destination.user = text,
            _ => self.tags = Some(vec![text]),
        }
    }

    /// The document with its columns.
    pub(crate) fn stored(&self, occurrence: Occurrence) -> rusqlite::Result<StoredAlert> {
        Ok(StoredAlert {
            id: self.id.clone(),
            at: occurrence.at,
            status: self.status,
            severity: self.severity,
            name: self.name.clone(),
            category: self.category.clone(),
            tactic: Some(self.tactic.to_owned()),
            technique: None,
            protocol: Some(self.protocol.to_owned()),
            data_type: self.data_type.to_owned(),
            data_source: self.data_source.clone(),
            source_ip: Some(self.source.ip.clone()),
            source_host: Some(self.source.host.clone()),
            destination_ip: Some(self.destination.ip.clone()),
            destination_host: Some(self.destination.host.clone()),
            parent_id: None,
            tags: json(&self.tags)?,
            body: json(self)?.unwrap_or_default(),
        })
    }
}

impl Side {
    fn outside(random: &mut Random, outsider: &Outsider) -> Self {
        Self {
            user: random.word(&["", "", "admin", "root", "test", "guest"]).to_owned(),
            host: String::new(),
            ip: outsider.ip.clone(),
            port: 1_024 + random.below(64_000),
            country: outsider.country,
            country_code: outsider.country_code,
            city: outsider.city,
            coordinates: outsider.coordinates,
            accuracy_radius: 20,
            asn: outsider.asn,
            aso: outsider.organisation,
            is_satellite_provider: false,
            is_anonymous_proxy: random.one_in(12),
        }
    }

    fn inside(random: &mut Random, host: &Host) -> Self {
        let users: Vec<&str> = host.users.clone();
        Self {
            user: random.word(&users).to_owned(),
            host: host.name.clone(),
            ip: host.ip.clone(),
            port: random.pick(&[22, 80, 443, 445, 3_389, 5_432, 8_443]).copied().unwrap_or(443),
            country: "",
            country_code: "",
            city: "",
            coordinates: [0.0, 0.0],
            accuracy_radius: 0,
            asn: 0,
            aso: "",
            is_satellite_provider: false,
            is_anonymous_proxy: false,
        }
    }
}

/// What people have made of an alert by now.
pub(crate) fn status(random: &mut Random) -> i64 {
    match random.below(20) {
        0..=11 => OPEN,
        12 | 13 => IN_REVIEW,
        _ => COMPLETED,
    }
}

/// UTMStack's scale ends at 3 (docs/utmstack.md, "Codes").
pub(crate) fn severity(level: Level) -> (i64, &'static str) {
    match level {
        Level::Low => (1, "Low"),
        Level::Medium => (2, "Medium"),
        Level::High | Level::Critical => (3, "High"),
    }
}

/// What people have tagged an alert with by now.
pub(crate) fn tags(random: &mut Random, status: i64) -> Option<Vec<String>> {
    if status == COMPLETED && random.one_in(5) {
        return Some(vec![FALSE_POSITIVE.to_owned()]);
    }
    random.one_in(8).then(|| {
        let mut tags: Vec<_> = (0..=random.below(2)).map(|_| random.word(TAGS).to_owned()).collect();
        tags.dedup();
        tags
    })
}

/// What was said when the status was last set.
pub(crate) fn observation(status: i64, tags: Option<&[String]>) -> &'static str {
    match (status, tags) {
        (AUTOMATIC_REVIEW, _) => "",
        (COMPLETED, Some([tag])) if tag == FALSE_POSITIVE => {
            "Status changed to completed because alert was tagged as False positive"
        }
        (COMPLETED, _) => "Checked with the owner, nothing left to do",
        _ => "This alert has been evaluated by the tag rules engine",
    }
}

fn category(rule: &Rule) -> &'static str {
    match rule.data_type {
        "wineventlog" => "Windows security",
        "linux" => "Linux security",
        "macos" => "Endpoint",
        "o365" => "Cloud",
        _ => "Network",
    }
}

/// What people have written under an alert by now.
pub(crate) fn notes(random: &mut Random) -> String {
    if random.one_in(9) { random.word(NOTES).to_owned() } else { String::new() }
}

/// Where to read on.
pub(crate) fn reference(rule: &Rule) -> Vec<String> {
    let path = rule.technique.id.replace('.', "/");
    vec![
        format!("https://attack.mitre.org/techniques/{path}/"),
        format!("https://detections.example.com/rules/{}", rule.code.to_lowercase()),
    ]
}

/// Instants as Go writes them: nanoseconds without trailing zeros. OpenSearch keeps the milliseconds only.
pub(crate) fn nanoseconds(random: &mut Random, occurrence: Occurrence) -> String {
    let iso = occurrence.at.iso();
    let millis = iso.trim_end_matches('Z');
    let text = format!("{millis}{:06}", random.below(1_000_000));
    format!("{}Z", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::timeline;
    use crate::instant::UtcInstant;

    fn bodies() -> Vec<String> {
        let scenario = Scenario::of_seed(1);
        let mut random = Random::stream(1, "test");
        timeline(&scenario, &mut random, 1_000, UtcInstant::from_millis(2_000_000_000_000))
            .into_iter()
            .map(|one| {
                serde_json::to_string(&AlertV10::new(&scenario, &mut random, one, false).unwrap()).unwrap()
            })
            .collect()
    }

    #[test]
    fn a_document_has_two_to_four_kilobytes() {
        let mut sizes: Vec<usize> = bodies().iter().map(String::len).collect();
        sizes.sort_unstable();
        assert!((2_000..4_000).contains(&sizes[50]), "{}", sizes[50]);
        assert!((2_000..4_000).contains(&sizes[950]), "{}", sizes[950]);
    }

    #[test]
    fn a_document_has_the_fields_of_the_documentation() {
        let document: serde_json::Value = serde_json::from_str(&bodies()[0]).unwrap();
        for field in ["@timestamp", "statusLabel", "incidentDetail", "dataSource", "TagRulesApplied", "logs"]
        {
            assert!(document.get(field).is_some(), "{field}");
        }
        assert!(document["source"]["isAnonymousProxy"].is_boolean());
    }

    #[test]
    fn no_severity_is_above_high() {
        assert!(bodies().iter().all(|body| !body.contains("Critical\"")));
    }
}
