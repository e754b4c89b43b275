//! The alert document of UTMStack 11 (docs/utmstack.md, 4.3).

use serde::Serialize;

use crate::config::Personality;
use crate::data::{Occurrence, Rule, Scenario, hostile_text};
use crate::random::Random;
use crate::store::json;
use crate::utmstack::alert_v10::{
    IncidentDetail, nanoseconds, notes, observation, reference, severity, status, tags,
};
use crate::utmstack::event_v11::{Event, Side};
use crate::utmstack::status_code::{self, AUTOMATIC_REVIEW};
use crate::utmstack::stored_alert::StoredAlert;

/// One document of `v11-alert-*`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct AlertV11 {
    #[serde(rename = "@timestamp")]
    timestamp: String,
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    parent_id: Option<String>,
    status: i64,
    status_label: &'static str,
    status_observation: String,
    is_incident: bool,
    incident_detail: IncidentDetail,
    name: String,
    category: String,
    technique: String,
    severity: i64,
    severity_label: &'static str,
    description: String,
    solution: String,
    reference: Option<Vec<String>>,
    data_type: &'static str,
    data_source: String,
    impact: Impact,
    impact_score: u64,
    adversary: Side,
    target: Side,
    events: Vec<Event>,
    last_event: Event,
    tags: Option<Vec<String>>,
    notes: String,
    // The engine writes another spelling once it has run: TagRulesApplied.
    tag_rules_applied: Option<Vec<i64>>,
    deduplicated_by: Vec<&'static str>,
}

/// What an attack does to, each from 0 to 3.
#[derive(Debug, Serialize)]
struct Impact {
    confidentiality: u64,
    integrity: u64,
    availability: u64,
}

impl AlertV11 {
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
        let (adversary, target) = (Side::outside(random, outsider), Side::inside(random, host));
        // Most alerts have one or two events, some a dozen.
        let count = if random.one_in(12) { 8 + random.below(4) } else { 1 + random.below(5) / 3 };
        let mut events: Vec<Event> =
            (0..count).map(|_| Event::new(random, rule, occurrence, &adversary, &target)).collect();
        let last_event = Event::new(random, rule, occurrence, &adversary, &target);
        if let Some(last) = events.last_mut() {
            *last = last_event.clone();
        }
        let impact = Impact {
            confidentiality: random.below(4),
            integrity: random.below(4),
            availability: random.below(4),
        };
        let mut alert = Self {
            timestamp: nanoseconds(random, occurrence),
            id: random.uuid(),
            parent_id: None,
            status,
            status_label: status_code::label(status, Personality::V11).unwrap_or_default(),
            status_observation: observation(status, tags.as_deref()).to_owned(),
            is_incident: false,
            incident_detail: IncidentDetail::default(),
            name: rule.name.clone(),
            category: rule.technique.tactic.to_owned(),
            technique: format!("{} - {}", rule.technique.id, rule.technique.name),
            severity,
            severity_label,
            description: rule.description.clone(),
            solution: String::new(),
            reference: (!random.one_in(6)).then(|| reference(rule)),
            data_type: rule.data_type,
            data_source: host.name.clone(),
            impact_score: impact.confidentiality.max(impact.integrity).max(impact.availability),
            impact,
            adversary,
            target,
            events,
            last_event,
            tags,
            notes: notes(random),
            tag_rules_applied: None,
            deduplicated_by: deduplicated_by(rule).to_vec(),
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
            3 => self.adversary.user = text,
            4 => self.data_source = text,
            5 => self.reference = Some(vec![text]),
            6 => self.technique = text,
            7 => self.status_observation = text,
            8 => self.last_event.deface(text),
            9 => self.target.process = text,
            _ => self.tags = Some(vec![text]),
        }
    }

    /// What an earlier alert has to share with this one to be its parent; `None` when the rule names no fields.
    pub(crate) fn echo_key(&self) -> Option<EchoKey> {
        let uses = |field: &str| self.deduplicated_by.contains(&field);
        (!self.deduplicated_by.is_empty()).then(|| EchoKey {
            name: self.name.clone(),
            adversary_ip: uses("adversary.ip").then(|| self.adversary.ip.clone()),
            target_host: uses("target.host").then(|| self.target.host.clone()),
        })
    }

    /// Makes this alert an echo of another.
    pub(crate) fn make_echo_of(&mut self, parent: &str) {
        self.parent_id = Some(parent.to_owned());
    }

    /// Its id.
    pub(crate) fn id(&self) -> &str {
        &self.id
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
            tactic: None,
            technique: Some(self.technique.clone()),
            protocol: None,
            data_type: self.data_type.to_owned(),
            data_source: self.data_source.clone(),
            source_ip: given(&self.adversary.ip),
            source_host: given(&self.adversary.host),
            destination_ip: given(&self.target.ip),
            destination_host: given(&self.target.host),
            parent_id: self.parent_id.clone(),
            tags: json(&self.tags)?,
            body: json(self)?.unwrap_or_default(),
        })
    }
}

/// The values that parent and echo share.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct EchoKey {
    /// The name of the alert.
    pub(crate) name: String,
    /// The address of the attacker, when the rule looks at it.
    pub(crate) adversary_ip: Option<String>,
    /// The attacked host, when the rule looks at it.
    pub(crate) target_host: Option<String>,
}

/// What is empty is left out of a side.
fn given(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

/// The fields by which a rule recognises what it has found before. Half of the rules name none.
fn deduplicated_by(rule: &Rule) -> &'static [&'static str] {
    match rule.id.bytes().map(u32::from).sum::<u32>() % 6 {
        0 => &["adversary.ip"],
        1 => &["target.host"],
        2 => &["adversary.ip", "target.host"],
        _ => &[],
    }
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
                serde_json::to_string(&AlertV11::new(&scenario, &mut random, one, false).unwrap()).unwrap()
            })
            .collect()
    }

    #[test]
    fn a_document_has_four_kilobytes_and_one_in_twenty_twelve() {
        let mut sizes: Vec<usize> = bodies().iter().map(String::len).collect();
        sizes.sort_unstable();
        assert!((3_500..4_500).contains(&sizes[500]), "{}", sizes[500]);
        assert!((11_000..13_000).contains(&sizes[950]), "{}", sizes[950]);
    }

    #[test]
    fn a_document_has_the_fields_of_this_generation_only() {
        let document: serde_json::Value = serde_json::from_str(&bodies()[0]).unwrap();
        for field in ["adversary", "target", "events", "lastEvent", "impact", "impactScore", "deduplicatedBy"]
        {
            assert!(document.get(field).is_some(), "{field}");
        }
        for field in ["source", "destination", "protocol", "tactic", "logs", "TagRulesApplied", "parentId"] {
            assert!(document.get(field).is_none(), "{field}");
        }
        assert_eq!(document["solution"], "");
    }
}
