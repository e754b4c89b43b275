use super::compare::differences;
use super::outcome::{Difference, Outcome};
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Call, Intent, Procedure};
use crate::time::Timestamp;
use serde::Serialize;
use serde_json::{Map, Value};

/// Makes one write and finds out what became of it: from what the platform answers, or by reading back.
#[derive(Debug)]
pub struct Write {
    call: Call,
    wanted: Map<String, Value>,
    read_back: Option<ReadBack>,
    removed: Vec<String>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Write,
    ReadBack { answer: Vec<u8> },
    Ended { report: Box<WriteReport> },
}

/// How the effect of a write is read.
#[derive(Debug)]
pub(crate) struct ReadBack {
    pub(crate) call: Call,
    /// Whether the thing should be gone.
    pub(crate) is_gone: bool,
}

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WriteReport {
    /// Whether it took effect.
    pub outcome: Outcome,
    /// What the platform answered to the write, as JSON; `None` where it was nothing or no JSON.
    pub answer: Option<Value>,
    /// Fields that were taken out of the body because the API refuses them.
    pub removed: Vec<String>,
}

impl Write {
    /// Prepares a write; what the platform answers is compared with what was `wanted`, as far as it shows it.
    pub(crate) fn new(call: Call, wanted: Map<String, Value>) -> Self {
        Self { call, wanted, read_back: None, removed: Vec::new(), stage: Stage::Write }
    }

    /// Reads back afterwards, instead of trusting the answer.
    pub(crate) fn reading_back(mut self, read_back: ReadBack) -> Self {
        self.read_back = Some(read_back);
        self
    }

    /// Notes what was taken out of the body.
    pub(crate) fn without(mut self, removed: Vec<String>) -> Self {
        self.removed = removed;
        self
    }

    fn end(&mut self, outcome: Outcome, answer: &[u8]) {
        let answer = serde_json::from_slice(answer).ok();
        let removed = core::mem::take(&mut self.removed);
        self.stage = Stage::Ended { report: Box::new(WriteReport { outcome, answer, removed }) };
    }

    /// What the answer to the write shows of its effect.
    fn shown(&self, answer: &[u8]) -> Outcome {
        let Ok(Value::Object(found)) = serde_json::from_slice(answer) else { return Outcome::Accepted };
        let shown: Map<String, Value> = self
            .wanted
            .iter()
            .filter(|(name, _)| found.contains_key(*name))
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        if shown.is_empty() { Outcome::Accepted } else { Outcome::of(differences(&shown, &found)) }
    }
}

impl Procedure for Write {
    type Page = core::convert::Infallible;
    type Report = WriteReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, WriteReport>, Error> {
        Ok(match (&self.stage, &self.read_back) {
            (Stage::Ended { report }, _) => Intent::Done((**report).clone()),
            (Stage::ReadBack { .. }, Some(read_back)) => Intent::Call(read_back.call.clone()),
            (Stage::ReadBack { .. }, None) | (Stage::Write, _) => Intent::Call(self.call.clone()),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        match &mut self.stage {
            Stage::Write if self.read_back.is_some() => {
                self.stage = Stage::ReadBack { answer: response.body }
            }
            Stage::Write => {
                let outcome = self.shown(&response.body);
                self.end(outcome, &response.body);
            }
            Stage::ReadBack { answer } => {
                let answer = core::mem::take(answer);
                let found = serde_json::from_slice(&response.body).ok().and_then(into_object);
                let outcome = if self.read_back.as_ref().is_some_and(|read_back| read_back.is_gone) {
                    still_there(found)
                } else {
                    Outcome::of(differences(&self.wanted, &found.unwrap_or_default()))
                };
                self.end(outcome, &answer);
            }
            Stage::Ended { .. } => return Err(Error::Misuse("There was no call to receive an answer to.")),
        }
        Ok(())
    }

    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        match &mut self.stage {
            Stage::ReadBack { answer }
                if error.status() == Some(404)
                    && self.read_back.as_ref().is_some_and(|read_back| read_back.is_gone) =>
            {
                let answer = core::mem::take(answer);
                self.end(Outcome::Applied, &answer);
                Ok(())
            }
            _ => Err(error),
        }
    }
}

/// A thing that can still be read is not gone, unless it is marked as deleted.
fn still_there(found: Option<Map<String, Value>>) -> Outcome {
    let deleted_at = found.and_then(|found| found.get("deletedAt").cloned()).unwrap_or(Value::Null);
    if deleted_at.is_null() {
        let field = "deletedAt".to_owned();
        Outcome::NotApplied {
            differences: vec![Difference { field, wanted: Value::Bool(true), found: None }],
        }
    } else {
        Outcome::Applied
    }
}

/// The object itself, without the wrapping that detections have (docs/uptycs.md, 5).
fn into_object(value: Value) -> Option<Map<String, Value>> {
    match value {
        Value::Object(mut fields) => match fields.remove("detection") {
            Some(Value::Object(detection)) => Some(detection),
            _ => Some(fields),
        },
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Headers, Method};
    use crate::retry::Safety;
    use serde_json::json;

    fn answer(body: &str) -> Response {
        Response { status: 200, headers: Headers::default(), body: body.as_bytes().to_vec() }
    }

    fn write(read_back: Option<bool>) -> Write {
        let call = Call::write(Method::Put, "/alerts/a", Safety::IdempotentWrite, "updating an alert");
        let wanted = json!({"status": "closed"}).as_object().expect("object").clone();
        let write = Write::new(call, wanted);
        match read_back {
            Some(is_gone) => {
                write.reading_back(ReadBack { call: Call::get("/alerts/a", "reading back"), is_gone })
            }
            None => write,
        }
    }

    fn outcome(mut write: Write, answers: &[&str]) -> Outcome {
        for body in answers {
            assert!(matches!(write.next(Timestamp::default()), Ok(Intent::Call(_))));
            write.answered(answer(body), Timestamp::default()).expect("understood");
        }
        match write.next(Timestamp::default()) {
            Ok(Intent::Done(report)) => report.outcome,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn the_answer_shows_the_effect_or_leaves_it_open() {
        assert_eq!(outcome(write(None), &[r#"{"status":"closed"}"#]), Outcome::Applied);
        assert_eq!(outcome(write(None), &["{}"]), Outcome::Accepted);
        assert_eq!(outcome(write(None), &["OK"]), Outcome::Accepted);
        assert_eq!(outcome(write(None), &[""]), Outcome::Accepted);
        assert!(!outcome(write(None), &[r#"{"status":"open"}"#]).is_success());
    }

    #[test]
    fn what_is_read_back_decides_whatever_the_answer_said() {
        assert_eq!(outcome(write(Some(false)), &["{}", r#"{"status":"closed"}"#]), Outcome::Applied);
        assert!(
            !outcome(write(Some(false)), &[r#"{"status":"closed"}"#, r#"{"status":"open"}"#]).is_success()
        );
        let wrapped = r#"{"detection":{"status":"closed"},"alerts":{}}"#;
        assert_eq!(outcome(write(Some(false)), &["", wrapped]), Outcome::Applied);
    }

    #[test]
    fn what_should_be_gone_and_can_be_read_is_not_gone() {
        assert!(!outcome(write(Some(true)), &["{}", r#"{"id":"a","deletedAt":null}"#]).is_success());
        assert_eq!(outcome(write(Some(true)), &["{}", r#"{"deletedAt":"2026-01-01"}"#]), Outcome::Applied);
    }
}
