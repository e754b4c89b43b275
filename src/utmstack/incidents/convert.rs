use crate::bulk::{ItemResult, Outcome};
use crate::http::Method;
use crate::machine::Call;
use crate::retry::Safety;
use crate::utmstack::alert::Alert;
use serde_json::json;
use std::collections::HashMap;

/// What the vendor's own interface sends as the source.
const SOURCE: &str = "INCIDENT";
const DOING: &str = "stamping alerts with their incident";

/// The call that stamps alerts. On servers a second time changes nothing, since only unstamped alerts are met; the
/// documented version makes an incident by it.
pub(super) fn call(ids: &[String], incident: u64, name: &str, safety: Safety) -> Call {
    Call::write(Method::Post, "/api/utm-alerts/convert-to-incident", safety, DOING).with_json(json!({
        "eventIds": ids,
        "incidentName": name,
        "incidentId": incident,
        "incidentSource": SOURCE,
    }))
}

/// What became of each alert, as it stands now.
pub(super) fn results(ids: &[String], incident: u64, alerts: &HashMap<String, Alert>) -> Vec<ItemResult> {
    ids.iter()
        .map(|id| {
            let outcome = match alerts.get(id) {
                None => Outcome::NotApplied("There is no alert with this id.".to_owned()),
                Some(alert) => match alert.incident() {
                    None => Outcome::NotApplied(
                        "It is linked to the incident but does not say so itself. Finish the incident."
                            .to_owned(),
                    ),
                    Some(mark) if mark.id == incident.to_string() => Outcome::Applied,
                    Some(mark) => Outcome::Collision(belongs(mark.id, mark.name)),
                },
            };
            ItemResult::new(id.as_str(), outcome)
        })
        .collect()
}

/// Names the incident that an alert belongs to.
pub(super) fn belongs(id: &str, name: &str) -> String {
    match (id.is_empty(), name.is_empty()) {
        (false, false) => format!("It belongs to incident {id} already, \"{name}\"."),
        (false, true) => format!("It belongs to incident {id} already."),
        _ => "It belongs to another incident already.".to_owned(),
    }
}
