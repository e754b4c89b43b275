//! The alert as the documentation shows it (docs/utmstack.md, A.4): UTMStack 10's without half of its fields, with
//! five severities, and with an `id`, which the samples lack and every write needs.

use serde::Serialize;

use crate::config::Personality;
use crate::data::{Level, Occurrence, Scenario};
use crate::random::Random;
use crate::store::json;
use crate::utmstack::alert_v10::AlertV10;
use crate::utmstack::status_code;
use crate::utmstack::stored_alert::StoredAlert;

/// The alerts that the vendor's Postman collection asks for by their ids (docs/utmstack.md, A.5).
pub(crate) const COLLECTION_IDS: [&str; 3] = [
    "c1c4e32c-dd9f-4a15-98c4-0dac2af40740",
    "d2f5e12a-b5a4-4bcd-91d0-2a8f5b6d9e1f",
    "7a12c4f3-894c-4e2a-9f1b-c7c7a0b84522",
];

/// One alert.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AlertDocumented {
    id: String,
    #[serde(rename = "@timestamp")]
    timestamp: String,
    name: String,
    description: String,
    severity: i64,
    severity_label: &'static str,
    status: i64,
    status_label: &'static str,
    status_observation: String,
    category: String,
    tactic: &'static str,
    data_source: String,
    data_type: &'static str,
    source: Side,
    destination: Side,
    tags: Option<Vec<String>>,
    notes: String,
    solution: String,
    #[serde(rename = "TagRulesApplied")]
    tag_rules_applied: Option<Vec<i64>>,
}

#[derive(Debug, Serialize)]
struct Side {
    ip: String,
    hostname: String,
}

impl AlertDocumented {
    /// The document of an occurrence; `None` only when the scenario has no such rule or host.
    pub(crate) fn new(
        scenario: &Scenario,
        random: &mut Random,
        occurrence: Occurrence,
        unreviewed: bool,
    ) -> Option<Self> {
        let real = AlertV10::new(scenario, random, occurrence, unreviewed)?;
        let (severity, severity_label) = match scenario.rules.get(occurrence.rule)?.level {
            Level::Low => (1, "Low"),
            Level::Medium => (2, "Medium"),
            Level::High => (3, "High"),
            // The pages have five numbers and four labels.
            Level::Critical => (if random.one_in(2) { 4 } else { 5 }, "Critical"),
        };
        Some(Self {
            id: real.id,
            timestamp: occurrence.at.iso(),
            name: real.name,
            description: real.description,
            severity,
            severity_label,
            status: real.status,
            status_label: status_code::label(real.status, Personality::Documented).unwrap_or_default(),
            status_observation: real.status_observation,
            category: real.category,
            tactic: real.tactic,
            data_source: real.data_source,
            data_type: real.data_type,
            source: Side { ip: real.source.ip, hostname: real.source.host },
            destination: Side { ip: real.destination.ip, hostname: real.destination.host },
            tags: real.tags,
            notes: real.notes,
            solution: real.solution,
            tag_rules_applied: None,
        })
    }

    /// The same alert under another id.
    pub(crate) fn renamed(mut self, id: &str) -> Self {
        id.clone_into(&mut self.id);
        self
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
            protocol: None,
            data_type: self.data_type.to_owned(),
            data_source: self.data_source.clone(),
            source_ip: Some(self.source.ip.clone()),
            source_host: Some(self.source.hostname.clone()),
            destination_ip: Some(self.destination.ip.clone()),
            destination_host: Some(self.destination.hostname.clone()),
            parent_id: None,
            tags: json(&self.tags)?,
            body: json(self)?.unwrap_or_default(),
        })
    }
}
