use super::incident::{Incident, IncidentStatus};
use crate::bulk::Outcome;
use crate::error::{Error, Unexpected};
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Procedure};
use crate::platform::Platform;
use crate::retry::Safety;
use crate::time::Timestamp;
use core::convert::Infallible;
use serde_json::{Value, json};

const READING: &str = "reading an incident before changing it";
const WRITING: &str = "changing the status of an incident";
const CHECKING: &str = "reading the incident back";

/// A change of an incident's status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IncidentChange {
    /// The status afterwards; its alerts follow.
    pub status: IncidentStatus,
    /// How it was solved, in one line; it becomes the observation of its alerts. What stands there is kept for `None`.
    pub solution: Option<String>,
}

/// Changes an incident's status: reads the whole record, sends it back changed, reads again, since a field that is not
/// sent would be emptied (docs/utmstack.md, 5.4).
#[derive(Debug)]
pub struct StatusFlow {
    id: u64,
    change: IncidentChange,
    record: Option<Incident>,
    stage: Stage,
    outcome: Option<(Outcome, Incident)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Read,
    Write,
    ReadBack,
}

impl StatusFlow {
    pub(super) fn new(id: u64, change: &IncidentChange) -> Self {
        Self { id, change: change.clone(), record: None, stage: Stage::Read, outcome: None }
    }

    fn read(&self, doing: &'static str) -> Call {
        Call::get(format!("/api/utm-incidents/{}", self.id), doing)
    }

    fn wanted(&self) -> Value {
        let mut fields = self.record.clone().map(|record| record.0).unwrap_or_default();
        fields.insert("incidentStatus".to_owned(), json!(self.change.status.word()));
        // A solution of null is written to the alerts of version 10 as the text "null".
        let present = fields.get("incidentSolution").and_then(Value::as_str).unwrap_or_default();
        let solution = self.change.solution.as_deref().unwrap_or(present).to_owned();
        fields.insert("incidentSolution".to_owned(), json!(solution));
        Value::Object(fields)
    }
}

impl Procedure for StatusFlow {
    type Page = Infallible;
    /// Whether it is so now, and the incident as it stands.
    type Report = (Outcome, Incident);

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Infallible, (Outcome, Incident)>, Error> {
        if let Some(outcome) = self.outcome.take() {
            return Ok(Intent::Done(outcome));
        }
        Ok(Intent::Call(match self.stage {
            Stage::Read => self.read(READING),
            Stage::Write => {
                let path = "/api/utm-incidents/change-status";
                Call::write(Method::Put, path, Safety::IdempotentWrite, WRITING).with_json(self.wanted())
            }
            Stage::ReadBack => self.read(CHECKING),
        }))
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        if self.stage == Stage::Write {
            self.stage = Stage::ReadBack;
            return Ok(());
        }
        let incident: Incident = serde_json::from_slice(&response.body).map_err(|cause| {
            let doing = if self.stage == Stage::Read { READING } else { CHECKING };
            Unexpected::body(Platform::Utmstack, doing, &response, "an incident", &cause)
        })?;
        if self.stage == Stage::Read {
            self.record = Some(incident);
            self.stage = Stage::Write;
            return Ok(());
        }
        let is_solved = self
            .change
            .solution
            .as_deref()
            .is_none_or(|wanted| incident.solution().unwrap_or_default() == wanted);
        let outcome = if incident.status() == Some(self.change.status) && is_solved {
            Outcome::Applied
        } else {
            let status = incident.status().map_or("unknown", IncidentStatus::word);
            let solution = incident.solution().unwrap_or_default();
            let found = format!("The status is now {status}, with the solution {solution:?}.");
            let before = self.record.as_ref().and_then(Incident::status);
            if incident.status() == before { Outcome::NotApplied(found) } else { Outcome::Collision(found) }
        };
        self.outcome = Some((outcome, incident));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;
    use crate::machine::Payload;

    #[test]
    fn the_whole_record_goes_back_with_what_changes() {
        let change = IncidentChange { status: IncidentStatus::Completed, solution: None };
        let mut flow = StatusFlow::new(7, &change);
        let now = Timestamp::default();
        let answer = |body: Value| Response {
            status: 200,
            headers: Headers::default(),
            body: body.to_string().into_bytes(),
        };
        let mut record = json!({"id": 7, "incidentName": "n", "incidentDescription": "d", "incidentStatus": "OPEN",
            "incidentSolution": null, "incidentNew": 1});
        assert!(matches!(flow.next(now), Ok(Intent::Call(_))));
        flow.answered(answer(record.clone()), now).expect("read");
        let Ok(Intent::Call(call)) = flow.next(now) else { panic!("a call") };
        let Payload::Json(body) = &call.payload else { panic!("a body") };
        record["incidentStatus"] = json!("COMPLETED");
        record["incidentSolution"] = json!("");
        assert_eq!(serde_json::from_str::<Value>(body).expect("JSON"), record);
        flow.answered(answer(Value::Null), now).expect("written");
        assert!(matches!(flow.next(now), Ok(Intent::Call(_))));
        flow.answered(answer(record), now).expect("read back");
        let Ok(Intent::Done((outcome, _))) = flow.next(now) else { panic!("done") };
        assert_eq!(outcome, Outcome::Applied);
    }
}
