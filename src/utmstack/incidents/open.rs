use super::convert;
use super::incident::{Incident, IncidentUser};
use super::links::Links;
use crate::bulk::{ItemResult, Outcome};
use crate::error::{Error, Unexpected};
use crate::http::{Failure, Method, Response};
use crate::machine::{Call, Intent, Procedure};
use crate::platform::Platform;
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::utmstack::alert::Alert;
use crate::utmstack::dialect::Dialect;
use crate::utmstack::{read_back, text};
use core::convert::Infallible;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

const CREATING: &str = "creating an incident";
const ADDING: &str = "adding alerts to an incident";
const FINDING: &str = "reading an incident";
const READING: &str = "reading the alerts of an incident";

/// An incident to be made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncidentDraft {
    /// Its name, without double quotes.
    pub name: String,
    /// What it is about, at most 2,000 characters; the name where this is empty.
    pub description: String,
    /// Who it is given to.
    pub assigned_to: Vec<IncidentUser>,
    /// Its id, which only the documented version lets the caller choose; made from the time where there is none.
    pub id: Option<u64>,
}

/// Which incident alerts go to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IncidentTarget {
    /// A new one.
    New(IncidentDraft),
    /// One that is there, by its id.
    Existing(u64),
}

/// What became of an incident and of its alerts.
#[derive(Debug, Clone, PartialEq)]
pub struct IncidentReport {
    /// The incident; `None` where nothing was made, because of what `results` says.
    pub incident: Option<Incident>,
    /// What became of each alert. One that belongs to another incident is a collision that names it; then nothing was
    /// made, and the others were not tried.
    pub results: Vec<ItemResult>,
    /// What went wrong after the incident was made: its alerts are linked and do not say so themselves. Finish it.
    pub unfinished: Option<Error>,
}

impl IncidentReport {
    /// Whether the incident is there and all its alerts say so.
    pub fn is_done(&self) -> bool {
        self.incident.is_some() && self.results.iter().all(|item| item.outcome.is_success())
    }
}

/// Makes an incident of alerts, or adds them to one: looks at them, creates, stamps, reads back.
#[derive(Debug)]
pub struct OpenFlow {
    dialect: Dialect,
    target: IncidentTarget,
    ids: Vec<String>,
    entries: Vec<Value>,
    stage: Stage,
    report: IncidentReport,
}

#[derive(Debug)]
enum Stage {
    Find(u64),
    Read,
    Link,
    /// Who is linked where, after the link was refused or its answer was lost.
    LookUp(Links, Error),
    /// The incident whose answer was lost.
    Recover(u64),
    Stamp,
    ReadBack,
    Done,
}

impl OpenFlow {
    pub(super) fn new(
        dialect: Dialect,
        target: &IncidentTarget,
        ids: &[String],
        now: Timestamp,
    ) -> Result<Self, Error> {
        if ids.is_empty() || ids.iter().any(String::is_empty) || ids.len() > read_back::LARGEST_CHUNK {
            return Err(Error::InvalidArgument(
                "1 to 2,000 ids of alerts are expected, none of them empty.".to_owned(),
            ));
        }
        let mut target = target.clone();
        let stage = match &mut target {
            IncidentTarget::New(draft) => {
                text::check_incident_name(&draft.name)?;
                if draft.description.chars().count() > 2_000 {
                    let message = "An incident's description has at most 2,000 characters.";
                    return Err(Error::InvalidArgument(message.to_owned()));
                }
                draft.id.get_or_insert(u64::try_from(now.unix_seconds()).unwrap_or(1));
                if dialect.is_real() { Stage::Read } else { Stage::Stamp }
            }
            IncidentTarget::Existing(id) if dialect.is_real() => Stage::Find(*id),
            IncidentTarget::Existing(_) => {
                return Err(Error::Unsupported(format!(
                    "{dialect} cannot add alerts to an incident that is there. Make a new one."
                )));
            }
        };
        let mut unique: Vec<String> = Vec::with_capacity(ids.len());
        for id in ids {
            if !unique.contains(id) {
                unique.push(id.clone());
            }
        }
        let report = IncidentReport { incident: None, results: Vec::new(), unfinished: None };
        Ok(Self { dialect, target, ids: unique, entries: Vec::new(), stage, report })
    }

    /// Looks at the alerts before anything is made of them.
    fn plan(&mut self, alerts: &HashMap<String, Alert>) {
        let mut results = Vec::with_capacity(self.ids.len());
        let own = match self.target {
            IncidentTarget::Existing(id) => Some(id.to_string()),
            IncidentTarget::New(_) => None,
        };
        let mut waiting = Vec::new();
        for id in &self.ids {
            let Some(alert) = alerts.get(id) else {
                let missing = "There is no alert with this id.".to_owned();
                results.push(ItemResult::new(id.as_str(), Outcome::NotApplied(missing)));
                continue;
            };
            match alert.incident() {
                Some(mark) if own.as_deref() == Some(mark.id) => {
                    results.push(ItemResult::new(id.as_str(), Outcome::Unchanged));
                }
                Some(mark) => {
                    let outcome = Outcome::Collision(convert::belongs(mark.id, mark.name));
                    results.push(ItemResult::new(id.as_str(), outcome));
                }
                None => {
                    self.entries.push(json!({
                        "alertId": id,
                        "alertName": alert.name().unwrap_or_default(),
                        "alertStatus": alert.status().map_or(2, crate::utmstack::AlertStatus::code),
                        "alertSeverity": alert.severity().unwrap_or(1),
                    }));
                    waiting.push(id.clone());
                }
            }
        }
        if results.iter().any(|item| !item.outcome.is_success()) || waiting.is_empty() {
            self.stop(results);
            return;
        }
        self.report.results = results;
        self.ids = waiting;
        self.stage = Stage::Link;
    }

    /// Ends without having made anything.
    fn stop(&mut self, mut results: Vec<ItemResult>) {
        for id in &self.ids {
            if !results.iter().any(|item| item.id == *id) {
                results.push(ItemResult::new(id.as_str(), Outcome::NotTried));
            }
        }
        if results.iter().any(|item| !item.outcome.is_success()) {
            self.report.incident = None;
        }
        self.report.results = results;
        self.stage = Stage::Done;
    }

    fn link(&self) -> Call {
        let (path, doing, body) = match &self.target {
            IncidentTarget::New(draft) => {
                let description =
                    if draft.description.trim().is_empty() { &draft.name } else { &draft.description };
                let users = serde_json::to_string(&draft.assigned_to).unwrap_or_else(|_| "[]".to_owned());
                let body = json!({
                    "incidentName": draft.name,
                    "incidentDescription": description,
                    // Text that holds JSON, as the vendor's own interface writes it.
                    "incidentAssignedTo": users,
                    "alertList": self.entries,
                });
                ("/api/utm-incidents", CREATING, body)
            }
            IncidentTarget::Existing(id) => {
                let body = json!({ "incidentId": id, "alertList": self.entries });
                ("/api/utm-incidents/add-alerts", ADDING, body)
            }
        };
        Call::write(Method::Post, path, Safety::UnsafeWrite, doing).with_json(body)
    }

    fn stamp(&self) -> Call {
        let (incident, name) = self.made();
        let safety = if self.dialect.is_real() { Safety::IdempotentWrite } else { Safety::UnsafeWrite };
        convert::call(&self.ids, incident, &name, safety)
    }

    /// The id and the name of the incident.
    fn made(&self) -> (u64, String) {
        match (&self.report.incident, &self.target) {
            (Some(incident), _) => {
                (incident.id().unwrap_or_default(), incident.name().unwrap_or_default().to_owned())
            }
            (None, IncidentTarget::New(draft)) => (draft.id.unwrap_or_default(), draft.name.clone()),
            (None, IncidentTarget::Existing(id)) => (*id, String::new()),
        }
    }

    /// What the look at the links came to: who is in the way, or that the incident was made after all.
    fn looked_up(&mut self, found: &HashMap<String, u64>, error: &Error) -> Result<(), Error> {
        let mut incidents: Vec<u64> = found.values().copied().collect();
        incidents.sort_unstable();
        incidents.dedup();
        let was_refused = error.status() == Some(409);
        if was_refused && !found.is_empty() {
            let results = found.iter().map(|(id, incident)| {
                let outcome = Outcome::Collision(convert::belongs(&incident.to_string(), ""));
                ItemResult::new(id.as_str(), outcome)
            });
            self.stop(results.collect());
            return Ok(());
        }
        // All alerts were free before; if they share one incident now, it is the one whose answer was lost.
        match incidents.as_slice() {
            [incident] if !was_refused && found.len() == self.ids.len() => {
                self.stage = Stage::Recover(*incident);
                Ok(())
            }
            _ => {
                self.stage = Stage::Link;
                Err(error.clone())
            }
        }
    }
}

impl Procedure for OpenFlow {
    type Page = Infallible;
    type Report = IncidentReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Infallible, IncidentReport>, Error> {
        if let Stage::LookUp(links, error) = &self.stage {
            if let Some(call) = links.call() {
                return Ok(Intent::Call(call));
            }
            let (found, error) = (links.found.clone(), error.clone());
            self.looked_up(&found, &error)?;
        }
        Ok(Intent::Call(match &self.stage {
            Stage::Find(id) | Stage::Recover(id) => Call::get(format!("/api/utm-incidents/{id}"), FINDING),
            Stage::Read | Stage::ReadBack => read_back::call(self.dialect, &self.ids, READING)?,
            Stage::Link | Stage::LookUp(..) => self.link(),
            Stage::Stamp => self.stamp(),
            Stage::Done => return Ok(Intent::Done(self.report.clone())),
        }))
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let incident = |doing: &'static str| -> Result<Incident, Error> {
            serde_json::from_slice(&response.body).map_err(|cause| {
                Unexpected::body(Platform::Utmstack, doing, &response, "an incident", &cause).into()
            })
        };
        match &mut self.stage {
            Stage::Find(_) => {
                self.report.incident = Some(incident(FINDING)?);
                self.stage = Stage::Read;
            }
            Stage::Recover(_) => {
                self.report.incident = Some(incident(FINDING)?);
                self.stage = Stage::Stamp;
            }
            Stage::Read => {
                let alerts = read_back::alerts(&response, READING)?;
                self.plan(&alerts);
            }
            Stage::Link => {
                self.report.incident = Some(incident(CREATING)?);
                self.stage = Stage::Stamp;
            }
            Stage::LookUp(links, _) => links.answered(&response)?,
            Stage::Stamp if self.dialect.is_real() => self.stage = Stage::ReadBack,
            Stage::Stamp => {
                let (id, name) = self.made();
                let fields = [("id", json!(id)), ("incidentName", json!(name))];
                let fields: Map<String, Value> =
                    fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
                self.report.incident = Some(Incident(fields));
                self.report.results =
                    self.ids.iter().map(|id| ItemResult::new(id.as_str(), Outcome::Applied)).collect();
                self.stage = Stage::Done;
            }
            Stage::ReadBack => {
                let alerts = read_back::alerts(&response, READING)?;
                let (incident, _) = self.made();
                self.report.results.extend(convert::results(&self.ids, incident, &alerts));
                self.stage = Stage::Done;
            }
            Stage::Done => {}
        }
        Ok(())
    }

    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        match &self.stage {
            Stage::Link if error.status() == Some(409) || may_have_been_done(&error) => {
                self.stage = Stage::LookUp(Links::of_alerts(&self.ids), error);
                Ok(())
            }
            // The look failed as well: what matters is why there was a look.
            Stage::LookUp(_, cause) => {
                let cause = cause.clone();
                self.stage = Stage::Link;
                Err(cause)
            }
            Stage::Stamp | Stage::ReadBack if self.report.incident.is_some() => {
                let failed =
                    self.ids.iter().map(|id| ItemResult::new(id.as_str(), Outcome::Failed(error.clone())));
                self.report.results.extend(failed);
                self.report.unfinished = Some(error);
                self.stage = Stage::Done;
                Ok(())
            }
            _ => Err(error),
        }
    }
}

/// Whether a write may have been done although no answer says so.
fn may_have_been_done(error: &Error) -> bool {
    match error {
        Error::Transport { failure, .. } => !matches!(failure, Failure::Unreachable(_)),
        error => error.status().is_some_and(|status| status >= 500 || (200..300).contains(&status)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::utmstack::incidents::FinishFlow;
    use crate::utmstack::pretend::{Pretend, run};

    fn open(server: &mut Pretend, target: &IncidentTarget, ids: &[&str]) -> Result<IncidentReport, Error> {
        let ids: Vec<String> = ids.iter().map(|&id| id.to_owned()).collect();
        let now = Timestamp::from_unix_seconds(1_795_295_555);
        run(&mut OpenFlow::new(server.dialect, target, &ids, now)?, server)
    }

    fn draft() -> IncidentTarget {
        IncidentTarget::New(IncidentDraft { name: "INC-1".to_owned(), ..IncidentDraft::default() })
    }

    fn outcomes(report: &IncidentReport) -> Vec<(&str, &'static str)> {
        report.results.iter().map(|item| (item.id.as_str(), item.outcome.code())).collect()
    }

    #[test]
    fn an_incident_is_made_and_its_alerts_say_so() {
        for dialect in [Dialect::V10, Dialect::V11] {
            let mut server = Pretend::new(dialect, &["a", "b", "c"]);
            let report = open(&mut server, &draft(), &["a", "b", "a"]).expect("ends");
            assert!(report.is_done(), "{report:?}");
            assert_eq!(server.alert("b")["incidentDetail"]["incidentName"], "INC-1");
            let report = open(&mut server, &IncidentTarget::Existing(1), &["c", "a"]).expect("ends");
            assert_eq!(outcomes(&report), [("a", "unchanged"), ("c", "applied")]);
            assert_eq!(server.links.len(), 3);
        }
        let mut server = Pretend::new(Dialect::Documented, &["a"]);
        let report = open(&mut server, &draft(), &["a"]).expect("ends");
        assert_eq!(report.incident.as_ref().and_then(Incident::id), Some(1_795_295_555));
        assert!(report.is_done());
    }

    #[test]
    fn alerts_of_other_incidents_are_named_one_by_one_and_nothing_is_made() {
        let mut server = Pretend::new(Dialect::V11, &["a", "b", "c"]);
        open(&mut server, &draft(), &["a"]).expect("ends");
        let report = open(&mut server, &draft(), &["b", "a", "gone"]).expect("ends");
        assert_eq!(outcomes(&report), [("a", "collision"), ("gone", "not_applied"), ("b", "not_tried")]);
        assert_eq!(
            report.results.first().and_then(|item| item.outcome.detail()).as_deref(),
            Some("It belongs to incident 1 already, \"INC-1\".")
        );
        assert_eq!((report.incident.is_none(), server.incidents.len()), (true, 1));
    }

    #[test]
    fn an_alert_that_is_linked_without_a_stamp_is_found_when_the_server_refuses() {
        let mut server = Pretend::new(Dialect::V10, &["a", "b"]);
        server.links.push((7, "b".to_owned()));
        let report = open(&mut server, &draft(), &["a", "b"]).expect("ends");
        assert_eq!(outcomes(&report), [("b", "collision"), ("a", "not_tried")]);
        assert!(report.incident.is_none());
    }

    #[test]
    fn a_lost_answer_makes_no_second_incident() {
        let mut server = Pretend::new(Dialect::V11, &["a", "b"]);
        server.fault = Some(("/utm-incidents", 0));
        let report = open(&mut server, &draft(), &["a", "b"]).expect("goes on");
        assert!(report.is_done(), "{report:?}");
        assert_eq!(server.incidents.len(), 1);

        let mut server = Pretend::new(Dialect::V11, &["a"]);
        server.fault = Some(("/utm-incidents", 500));
        let error = open(&mut server, &draft(), &["a"]).expect_err("nothing was made");
        assert_eq!(error.status(), Some(500));
    }

    #[test]
    fn a_half_done_conversion_is_seen_and_finished() {
        let mut server = Pretend::new(Dialect::V11, &["a", "b"]);
        server.fault = Some(("/convert-to-incident", 500));
        let report = open(&mut server, &draft(), &["a", "b"]).expect("ends");
        assert!(!report.is_done() && report.unfinished.is_some());
        let id = report.incident.as_ref().and_then(Incident::id).expect("made");

        let looked = run(&mut FinishFlow::new(Dialect::V11, id, false), &mut server).expect("ends");
        assert_eq!(outcomes(&looked), [("a", "not_applied"), ("b", "not_applied")]);
        assert_eq!(server.alert("a")["isIncident"], false, "looking changes nothing");
        let finished = run(&mut FinishFlow::new(Dialect::V11, id, true), &mut server).expect("ends");
        assert!(finished.is_done(), "{finished:?}");
        let again = run(&mut FinishFlow::new(Dialect::V11, id, true), &mut server).expect("ends");
        assert_eq!(outcomes(&again), [("a", "unchanged"), ("b", "unchanged")]);
    }

    #[test]
    fn a_name_with_double_quotes_is_refused_before_anything_is_sent() {
        let target =
            IncidentTarget::New(IncidentDraft { name: "a \"b\"".to_owned(), ..IncidentDraft::default() });
        let mut server = Pretend::new(Dialect::V10, &["a"]);
        assert_eq!(open(&mut server, &target, &["a"]).expect_err("refused").code(), "invalid_argument");
        assert!(server.calls.is_empty());
    }
}
