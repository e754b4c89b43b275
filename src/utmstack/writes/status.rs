use super::tags::{FALSE_POSITIVE, TagChange, TagsChunk, TagsWrite, missing};
use crate::bulk::{BulkWrite, ItemResult, Outcome};
use crate::error::Error;
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Procedure};
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::utmstack::alert::Alert;
use crate::utmstack::alert_status::AlertStatus;
use crate::utmstack::dialect::Dialect;
use crate::utmstack::{read_back, text};
use core::convert::Infallible;
use serde_json::json;
use std::collections::HashMap;

const WRITING: &str = "changing the status of alerts";
const CHECKING: &str = "reading the changed alerts back";

/// A change of status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusChange {
    /// The status afterwards.
    pub status: AlertStatus,
    /// Why, in one line; always sent, also when it is empty.
    pub observation: String,
    /// Whether the alerts are tagged as false positives as well, whatever the version makes of its own flag.
    pub false_positive: bool,
}

/// Changes status, chunk after chunk.
#[derive(Debug, Clone)]
pub struct StatusWrite {
    dialect: Dialect,
    change: StatusChange,
    tags: Option<TagsWrite>,
}

impl StatusWrite {
    pub(super) fn new(dialect: Dialect, change: &StatusChange) -> Result<Self, Error> {
        text::check_observation(dialect, &change.observation)?;
        if !dialect.is_real() && change.status == AlertStatus::AutomaticReview {
            return Err(Error::Unsupported(format!(
                "{dialect} cannot set the status \"{}\". It can set Open, In review and Completed.",
                change.status.label()
            )));
        }
        let has_own_flag = match dialect {
            Dialect::V10 => false,
            // Version 11 heeds its flag only where the alert is completed (docs/utmstack.md, 1.4).
            Dialect::V11 => change.status == AlertStatus::Completed,
            Dialect::Documented => true,
        };
        let tags = if change.false_positive && !has_own_flag {
            Some(TagsWrite::new(dialect, &TagChange::Add(vec![FALSE_POSITIVE.to_owned()]))?)
        } else {
            None
        };
        Ok(Self { dialect, change: change.clone(), tags })
    }
}

impl BulkWrite for StatusWrite {
    type Chunk = StatusChunk;

    fn chunk(&self, ids: &[String]) -> Result<StatusChunk, Error> {
        let tags = self.tags.as_ref().map(|tags| tags.chunk(ids)).transpose()?;
        Ok(StatusChunk {
            dialect: self.dialect,
            change: self.change.clone(),
            ids: ids.to_vec(),
            results: Vec::new(),
            stage: if tags.is_some() { Stage::Tag } else { Stage::Write },
            tags,
        })
    }
}

/// Changes the status of a few alerts: tags them where the version's own flag would not, writes, reads back
/// (docs/utmstack.md, 1.4).
#[derive(Debug)]
pub struct StatusChunk {
    dialect: Dialect,
    change: StatusChange,
    ids: Vec<String>,
    tags: Option<TagsChunk>,
    results: Vec<ItemResult>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Tag,
    Write,
    ReadBack,
    Done,
}

impl StatusChunk {
    /// Leaves out what could not be tagged: an alert completed without the tag would be taken for a true one.
    fn tagged(&mut self, results: Vec<ItemResult>) {
        let failed: Vec<ItemResult> = results.into_iter().filter(|item| !item.outcome.is_success()).collect();
        self.ids.retain(|id| !failed.iter().any(|item| item.id == *id));
        self.results.extend(failed);
        self.tags = None;
        self.stage = if self.ids.is_empty() { Stage::Done } else { Stage::Write };
    }

    fn check(&mut self, alerts: &HashMap<String, Alert>) {
        let outcomes: Vec<ItemResult> =
            self.ids.iter().map(|id| ItemResult::new(id.as_str(), self.outcome(alerts.get(id)))).collect();
        self.results.extend(outcomes);
        self.stage = Stage::Done;
    }

    fn outcome(&self, alert: Option<&Alert>) -> Outcome {
        let Some(alert) = alert else { return missing() };
        let is_ours = alert.observation().unwrap_or_default() == self.change.observation
            || alert.field("statusObservation").is_none();
        let found = || {
            let status = alert.status().map_or("unknown", AlertStatus::label);
            let observation = alert.observation().unwrap_or_default();
            format!("The status is now {status}, with the observation {observation:?}.")
        };
        if alert.status() != Some(self.change.status) {
            return if is_ours { Outcome::Collision(found()) } else { Outcome::NotApplied(found()) };
        }
        if !is_ours {
            return Outcome::Collision(found());
        }
        if self.change.false_positive && !alert.is_false_positive() {
            return Outcome::NotApplied(
                "The status is changed, but the tag \"False positive\" is not there.".to_owned(),
            );
        }
        Outcome::Applied
    }
}

impl Procedure for StatusChunk {
    type Page = Infallible;
    type Report = Vec<ItemResult>;

    fn next(&mut self, now: Timestamp) -> Result<Intent<Infallible, Vec<ItemResult>>, Error> {
        if let Some(tags) = &mut self.tags {
            match tags.next(now)? {
                Intent::Done(results) => self.tagged(results),
                intent => return Ok(intent),
            }
        }
        Ok(match self.stage {
            Stage::Tag | Stage::Write => {
                let path = "/api/utm-alerts/status";
                let call = Call::write(Method::Post, path, Safety::IdempotentWrite, WRITING);
                Intent::Call(call.with_json(json!({
                    "alertIds": self.ids,
                    "status": self.change.status.code(),
                    "statusObservation": self.change.observation,
                    "addFalsePositiveTag": self.change.false_positive,
                })))
            }
            Stage::ReadBack => Intent::Call(read_back::call(self.dialect, &self.ids, CHECKING)?),
            Stage::Done => Intent::Done(core::mem::take(&mut self.results)),
        })
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        if let Some(tags) = &mut self.tags {
            return tags.answered(response, now);
        }
        match self.stage {
            Stage::ReadBack => self.check(&read_back::alerts(&response, CHECKING)?),
            Stage::Tag | Stage::Write => self.stage = Stage::ReadBack,
            Stage::Done => {}
        }
        Ok(())
    }

    fn failed(&mut self, error: Error, now: Timestamp) -> Result<(), Error> {
        if let Some(tags) = &mut self.tags {
            return tags.failed(error, now);
        }
        // The documented version refuses a call for one unknown id and changes nothing; halves are tried then. What was
        // already told of others must not be lost by that.
        if self.stage == Stage::Write && self.results.is_empty() {
            return Err(error);
        }
        let ids = core::mem::take(&mut self.ids);
        self.results.extend(ids.into_iter().map(|id| ItemResult::new(id, Outcome::Failed(error.clone()))));
        self.stage = Stage::Done;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bulk::{Bulk, BulkOptions, BulkReport};
    use crate::utmstack::pretend::{Pretend, run};

    fn change(status: AlertStatus, false_positive: bool) -> StatusChange {
        StatusChange { status, observation: "Checked".to_owned(), false_positive }
    }

    fn write(server: &mut Pretend, change: &StatusChange, ids: &[&str]) -> BulkReport {
        let write = StatusWrite::new(server.dialect, change).expect("a change");
        let mut bulk = Bulk::new(write, ids.iter().copied(), &BulkOptions::default());
        run(&mut bulk, server).expect("ends")
    }

    #[test]
    fn a_false_positive_has_one_outcome_on_every_version_and_in_every_status() {
        for dialect in Dialect::ALL {
            for status in [AlertStatus::Completed, AlertStatus::InReview] {
                let mut server = Pretend::new(dialect, &["a", "b"]);
                let report = write(&mut server, &change(status, true), &["a", "b"]);
                assert_eq!(report.succeeded(), 2, "{dialect} {report:?}");
                for id in ["a", "b"] {
                    let alert = server.alert(id).clone();
                    assert_eq!(alert["status"], status.code(), "{dialect}");
                    assert_eq!(alert["tags"], json!(["False positive"]), "{dialect}");
                    assert_eq!(alert["statusObservation"], "Checked", "{dialect}");
                }
            }
        }
    }

    #[test]
    fn an_unknown_id_is_named_and_spoils_nothing_on_any_version() {
        for dialect in Dialect::ALL {
            let mut server = Pretend::new(dialect, &["a", "b"]);
            let report = write(&mut server, &change(AlertStatus::Completed, false), &["a", "gone", "b"]);
            assert_eq!(report.ids_to_retry(), ["gone"], "{dialect}");
            assert_eq!(server.alert("b")["status"], 5, "{dialect}");
        }
    }

    #[test]
    fn a_colleagues_change_is_reported_instead_of_success() {
        let mut server = Pretend::new(Dialect::V11, &["a"]);
        let write = StatusWrite::new(Dialect::V11, &change(AlertStatus::Completed, false)).expect("a change");
        let mut chunk = write.chunk(&["a".to_owned()]).expect("a chunk");
        assert_eq!(crate::utmstack::pretend::step(&mut chunk, &mut server), Ok(None));
        server.alert("a")["status"] = json!(3);
        let results = run(&mut chunk, &mut server).expect("ends");
        let outcome = results.first().map(|item| item.outcome.clone()).expect("one");
        assert_eq!(
            outcome,
            Outcome::Collision("The status is now In review, with the observation \"Checked\".".to_owned())
        );
    }

    #[test]
    fn a_line_break_is_refused_where_the_server_could_not_store_it() {
        let broken = StatusChange { observation: "one\ntwo".to_owned(), ..change(AlertStatus::Open, false) };
        for dialect in [Dialect::V10, Dialect::V11] {
            let error = StatusWrite::new(dialect, &broken).expect_err("refused");
            assert_eq!(error.code(), "unsupported");
        }
        assert!(StatusWrite::new(Dialect::Documented, &broken).is_ok());
        let review = change(AlertStatus::AutomaticReview, false);
        assert!(StatusWrite::new(Dialect::Documented, &review).is_err());
    }
}
