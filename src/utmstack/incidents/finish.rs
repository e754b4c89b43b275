use super::convert;
use super::incident::Incident;
use super::links::Links;
use super::open::IncidentReport;
use crate::bulk::{ItemResult, Outcome};
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Intent, Procedure};
use crate::platform::Platform;
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::utmstack::alert::Alert;
use crate::utmstack::dialect::Dialect;
use crate::utmstack::read_back;
use core::convert::Infallible;
use std::collections::{HashMap, HashSet};

const FINDING: &str = "reading an incident";
const READING: &str = "reading the alerts of an incident";

/// Looks which alerts of an incident do not say that they belong to it, and stamps them if wanted.
#[derive(Debug)]
pub struct FinishFlow {
    dialect: Dialect,
    id: u64,
    stamps: bool,
    links: Links,
    /// What is still to be looked at, in parts that one reading gives.
    waiting: Vec<Vec<String>>,
    unstamped: Vec<String>,
    stage: Stage,
    report: IncidentReport,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Find,
    Links,
    Read,
    Stamp,
    ReadBack,
    Done,
}

impl FinishFlow {
    pub(super) fn new(dialect: Dialect, id: u64, stamps: bool) -> Self {
        Self {
            dialect,
            id,
            stamps,
            links: Links::of_incident(id),
            waiting: Vec::new(),
            unstamped: Vec::new(),
            stage: Stage::Find,
            report: IncidentReport { incident: None, results: Vec::new(), unfinished: None },
        }
    }

    fn sort(&mut self, ids: &[String], alerts: &HashMap<String, Alert>) {
        for item in convert::results(ids, self.id, alerts) {
            let is_unstamped = alerts.get(&item.id).is_some_and(|alert| !alert.is_incident());
            match item.outcome {
                Outcome::Applied => {
                    self.report.results.push(ItemResult { outcome: Outcome::Unchanged, ..item });
                }
                _ if is_unstamped && self.stamps => self.unstamped.push(item.id),
                _ => self.report.results.push(item),
            }
        }
    }

    fn after_reading(&mut self) {
        self.stage = match (self.waiting.is_empty(), self.unstamped.is_empty()) {
            (false, _) => Stage::Read,
            (true, false) => Stage::Stamp,
            (true, true) => Stage::Done,
        };
    }

    /// As many as one reading can check; the rest in the next round.
    fn round(&self) -> &[String] {
        self.unstamped.get(..read_back::LARGEST_CHUNK).unwrap_or(&self.unstamped)
    }
}

impl Procedure for FinishFlow {
    type Page = Infallible;
    type Report = IncidentReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Infallible, IncidentReport>, Error> {
        if self.stage == Stage::Links {
            if let Some(call) = self.links.call() {
                return Ok(Intent::Call(call));
            }
            let mut ids: Vec<String> = self.links.found.keys().cloned().collect();
            ids.sort_unstable();
            self.waiting = ids.chunks(read_back::LARGEST_CHUNK).map(<[String]>::to_vec).collect();
            self.after_reading();
        }
        Ok(Intent::Call(match self.stage {
            Stage::Find | Stage::Links => Call::get(format!("/api/utm-incidents/{}", self.id), FINDING),
            Stage::Read => {
                let ids = self.waiting.last().map(Vec::as_slice).unwrap_or_default();
                read_back::call(self.dialect, ids, READING)?
            }
            Stage::Stamp => {
                let name = self.report.incident.as_ref().and_then(Incident::name).unwrap_or_default();
                convert::call(self.round(), self.id, name, Safety::IdempotentWrite)
            }
            Stage::ReadBack => read_back::call(self.dialect, self.round(), READING)?,
            Stage::Done => return Ok(Intent::Done(self.report.clone())),
        }))
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        match self.stage {
            Stage::Find => {
                let incident = serde_json::from_slice(&response.body).map_err(|cause| {
                    Unexpected::body(Platform::Utmstack, FINDING, &response, "an incident", &cause)
                })?;
                self.report.incident = Some(incident);
                self.stage = Stage::Links;
            }
            Stage::Links => self.links.answered(&response)?,
            Stage::Read => {
                let alerts = read_back::alerts(&response, READING)?;
                let ids = self.waiting.pop().unwrap_or_default();
                self.sort(&ids, &alerts);
                self.after_reading();
            }
            Stage::Stamp => self.stage = Stage::ReadBack,
            Stage::ReadBack => {
                let alerts = read_back::alerts(&response, READING)?;
                let round: Vec<String> = self.round().to_vec();
                self.report.results.extend(convert::results(&round, self.id, &alerts));
                let done: HashSet<String> = round.into_iter().collect();
                self.unstamped.retain(|id| !done.contains(id));
                self.after_reading();
            }
            Stage::Done => {}
        }
        Ok(())
    }
}
