use super::write::{Difference, Outcome};
use crate::error::Error;
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Procedure};
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::uptycs::reading::json;
use serde::Serialize;
use serde_json::Value;

/// How a list of words, such as the tags of an asset, is changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// Adds those that are not there.
    Add(Vec<String>),
    /// Takes away those that are there.
    Remove(Vec<String>),
    /// Has these and no others.
    Replace(Vec<String>),
}

impl Edit {
    /// The list as it should be afterwards, in its order.
    fn apply(&self, before: &[String]) -> Vec<String> {
        let mut wanted: Vec<String> = match self {
            Self::Add(words) => before.iter().chain(words).cloned().collect(),
            Self::Remove(words) => before.iter().filter(|word| !words.contains(word)).cloned().collect(),
            Self::Replace(words) => words.clone(),
        };
        let mut seen = std::collections::HashSet::new();
        wanted.retain(|word| seen.insert(word.clone()));
        wanted
    }

    pub(super) fn check(&self) -> Result<(), Error> {
        let (words, may_be_empty) = match self {
            Self::Add(words) | Self::Remove(words) => (words, false),
            Self::Replace(words) => (words, true),
        };
        if (words.is_empty() && !may_be_empty) || words.iter().any(|word| word.trim().is_empty()) {
            return Err(Error::InvalidArgument(
                "Words are expected, such as tags; one is empty, or none is given.".to_owned(),
            ));
        }
        Ok(())
    }
}

/// A list that the API replaces as a whole.
#[derive(Debug, Clone, Copy)]
pub(super) struct Editable {
    pub(super) field: &'static str,
    pub(super) doing: &'static str,
    /// The words in an object that was read.
    pub(super) read: fn(&Value) -> Vec<String>,
    /// The body that writes them.
    pub(super) body: fn(&[String]) -> Value,
}

/// Reads a list, changes it, writes it whole and reads it back: neither platform can compare and set.
#[derive(Debug)]
pub struct EditList {
    path: String,
    what: Editable,
    edit: Edit,
    before: Vec<String>,
    wanted: Vec<String>,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    Read,
    Write,
    ReadBack,
    Ended(Box<EditReport>),
}

/// What became of a change to a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EditReport {
    /// Whether the change itself is there.
    pub outcome: Outcome,
    /// The list as it was read first.
    pub before: Vec<String>,
    /// The list as it was read last.
    pub after: Vec<String>,
    /// What somebody else changed meanwhile, if that shows.
    pub collision: Option<Collision>,
}

/// A change by somebody else between our write and our reading back.
///
/// One between our first reading and our write cannot be seen: the API gives nothing to compare with, and the write
/// replaces the whole list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Collision {
    /// What is there though we did not write it.
    pub added: Vec<String>,
    /// What is gone though we wrote it.
    pub removed: Vec<String>,
}

impl EditList {
    pub(super) fn new(path: String, what: Editable, edit: Edit) -> Self {
        Self { path, what, edit, before: Vec::new(), wanted: Vec::new(), stage: Stage::Read }
    }

    fn report(&self, after: Vec<String>) -> EditReport {
        let missing_in = |list: &[String], from: &[String]| -> Vec<String> {
            from.iter().filter(|word| !list.contains(word)).cloned().collect()
        };
        let ours_lost = missing_in(&after, &missing_in(&self.before, &self.wanted));
        let removed_by_us = missing_in(&self.wanted, &self.before);
        let ours_kept: Vec<String> =
            removed_by_us.iter().filter(|word| after.contains(word)).cloned().collect();
        let is_applied = ours_lost.is_empty() && ours_kept.is_empty();
        let added = missing_in(&self.wanted, &after).into_iter().filter(|word| !removed_by_us.contains(word));
        let added: Vec<String> = added.collect();
        let removed: Vec<String> =
            missing_in(&after, &self.wanted).into_iter().filter(|word| self.before.contains(word)).collect();
        let outcome = if is_applied {
            Outcome::Applied
        } else {
            Outcome::NotApplied {
                differences: vec![Difference {
                    field: self.what.field.to_owned(),
                    wanted: self.wanted.clone().into(),
                    found: Some(after.clone().into()),
                }],
            }
        };
        let collision = (!added.is_empty() || !removed.is_empty()).then_some(Collision { added, removed });
        EditReport { outcome, before: self.before.clone(), after, collision }
    }
}

impl Procedure for EditList {
    type Page = core::convert::Infallible;
    type Report = EditReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, EditReport>, Error> {
        Ok(match &self.stage {
            Stage::Read | Stage::ReadBack => Intent::Call(Call::get(self.path.clone(), self.what.doing)),
            Stage::Write => Intent::Call(
                Call::write(Method::Put, self.path.clone(), Safety::IdempotentWrite, self.what.doing)
                    .with_json((self.what.body)(&self.wanted)),
            ),
            Stage::Ended(report) => Intent::Done((**report).clone()),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let read = |what: &Editable| -> Result<Vec<String>, Error> {
            let call = Call::get(self.path.clone(), what.doing);
            json::<Value>(&call, &response, "a JSON object").map(|object| (what.read)(&object))
        };
        match self.stage {
            Stage::Read => {
                self.before = read(&self.what)?;
                self.wanted = self.edit.apply(&self.before);
                self.stage = if self.wanted == self.before {
                    Stage::Ended(Box::new(EditReport {
                        outcome: Outcome::AlreadySo,
                        before: self.before.clone(),
                        after: self.before.clone(),
                        collision: None,
                    }))
                } else {
                    Stage::Write
                };
            }
            Stage::Write => self.stage = Stage::ReadBack,
            Stage::ReadBack => self.stage = Stage::Ended(Box::new(self.report(read(&self.what)?))),
            Stage::Ended(_) => return Err(Error::Misuse("There was no call to receive an answer to.")),
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;
    use crate::uptycs::assets::TAGS;

    fn words(words: &[&str]) -> Vec<String> {
        words.iter().map(|word| (*word).to_owned()).collect()
    }

    /// Drives an edit of an asset's tags over what each reading gives.
    fn edit(edit: Edit, readings: &[&[&str]]) -> (EditReport, Option<String>) {
        let mut procedure = EditList::new("/assets/a".to_owned(), TAGS, edit);
        let (mut written, mut readings) = (None, readings.iter());
        loop {
            let body = match procedure.next(Timestamp::default()).expect("goes on") {
                Intent::Call(call) if call.method == Method::Get => {
                    serde_json::json!({ "tags": readings.next().expect("a reading") }).to_string()
                }
                Intent::Call(call) => {
                    written = Some(format!("{:?}", call.payload));
                    if let crate::machine::Payload::Json(json) = call.payload {
                        written = Some(json);
                    }
                    "{}".to_owned()
                }
                Intent::Done(report) => return (report, written),
                other => panic!("{other:?}"),
            };
            let response = Response { status: 200, headers: Headers::default(), body: body.into_bytes() };
            procedure.answered(response, Timestamp::default()).expect("understood");
        }
    }

    #[test]
    fn the_whole_list_is_written_with_the_change_in_it() {
        let (report, written) = edit(Edit::Add(words(&["x", "all"])), &[&["all", "b"], &["b", "x", "all"]]);
        assert_eq!(written.as_deref(), Some(r#"{"tags":["all","b","x"]}"#));
        assert_eq!((report.outcome, report.collision), (Outcome::Applied, None));
    }

    #[test]
    fn what_is_so_already_is_not_written() {
        let (report, written) = edit(Edit::Remove(words(&["x"])), &[&["all"]]);
        assert_eq!((report.outcome, written), (Outcome::AlreadySo, None));
    }

    #[test]
    fn a_change_that_did_not_stay_is_not_applied() {
        let (report, _) = edit(Edit::Add(words(&["x"])), &[&["all"], &["all"]]);
        assert!(!report.outcome.is_success());
        assert_eq!(report.collision, None, "nothing of others shows");
        let (report, _) = edit(Edit::Remove(words(&["b"])), &[&["all", "b"], &["all", "b"]]);
        assert!(!report.outcome.is_success() && report.collision.is_none(), "{report:?}");
    }

    #[test]
    fn a_colleagues_change_is_reported_beside_ours() {
        let (report, _) = edit(Edit::Add(words(&["x"])), &[&["all", "b"], &["x", "theirs", "all"]]);
        assert_eq!(report.outcome, Outcome::Applied);
        assert_eq!(report.collision, Some(Collision { added: words(&["theirs"]), removed: words(&["b"]) }));
    }

    #[test]
    fn replacing_keeps_nothing_else() {
        let (report, written) = edit(Edit::Replace(words(&["x", "x"])), &[&["all"], &["x"]]);
        assert_eq!(written.as_deref(), Some(r#"{"tags":["x"]}"#));
        assert_eq!(report.outcome, Outcome::Applied);
    }
}
