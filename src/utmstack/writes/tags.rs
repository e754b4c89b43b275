use crate::bulk::{BulkWrite, ItemResult, Outcome};
use crate::error::Error;
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Procedure};
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::utmstack::alert::{Alert, is_false_positive_tag};
use crate::utmstack::dialect::Dialect;
use crate::utmstack::{read_back, text};
use core::convert::Infallible;
use serde_json::json;
use std::collections::{BTreeMap, HashMap, VecDeque};

const READING: &str = "reading alerts before changing their tags";
const WRITING: &str = "changing the tags of alerts";
const CHECKING: &str = "reading the changed alerts back";

/// The system's own tag, as it is spelled in the catalogue (docs/utmstack.md, 4.1).
pub(super) const FALSE_POSITIVE: &str = "False positive";

/// What happens to the tags of alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TagChange {
    /// These are added to what is there.
    Add(Vec<String>),
    /// These are taken away.
    Remove(Vec<String>),
    /// These stand there afterwards, and no others.
    Replace(Vec<String>),
}

impl TagChange {
    /// The same with every spelling of the system's tag written as the system writes it.
    fn normal(&self) -> Self {
        let spell = |tags: &Vec<String>| -> Vec<String> {
            let tags = tags.iter().map(|tag| tag.trim());
            tags.map(|tag| if is_false_positive_tag(tag) { FALSE_POSITIVE } else { tag }.to_owned()).collect()
        };
        match self {
            Self::Add(tags) => Self::Add(spell(tags)),
            Self::Remove(tags) => Self::Remove(spell(tags)),
            Self::Replace(tags) => Self::Replace(spell(tags)),
        }
    }

    pub(super) fn check(&self, dialect: Dialect) -> Result<(), Error> {
        let (Self::Add(tags) | Self::Remove(tags) | Self::Replace(tags)) = self;
        if tags.is_empty() && !matches!(self, Self::Replace(_)) {
            return Err(Error::InvalidArgument("At least one tag is expected.".to_owned()));
        }
        // A tag that cannot be stored can still be taken away: then it is not sent.
        if matches!(self, Self::Remove(_)) {
            return Ok(());
        }
        tags.iter().try_for_each(|tag| text::check_tag(dialect, tag))
    }

    /// The tags afterwards, each once, in their order.
    fn apply(&self, present: &[String]) -> Vec<String> {
        let mut tags: Vec<String> = match self {
            Self::Add(added) => present.iter().chain(added).cloned().collect(),
            Self::Remove(removed) => {
                present.iter().filter(|tag| !removed.iter().any(|gone| is_same(gone, tag))).cloned().collect()
            }
            Self::Replace(tags) => tags.clone(),
        };
        let mut index = 0;
        while index < tags.len() {
            let (before, rest) = tags.split_at(index);
            if rest.first().is_some_and(|tag| before.iter().any(|earlier| is_same(earlier, tag))) {
                tags.remove(index);
            } else {
                index += 1;
            }
        }
        tags
    }

    /// Whether tags are as this change wants them.
    pub(super) fn is_met_by(&self, tags: &[String]) -> bool {
        let has = |wanted: &String| tags.iter().any(|tag| is_same(tag, wanted));
        match self {
            Self::Add(added) => added.iter().all(has),
            Self::Remove(removed) => !removed.iter().any(has),
            Self::Replace(wanted) => {
                wanted.iter().all(has)
                    && tags.iter().all(|tag| wanted.iter().any(|wanted| is_same(wanted, tag)))
            }
        }
    }
}

/// Tags are compared letter by letter, but for the one that has two spellings.
fn is_same(one: &str, other: &str) -> bool {
    one == other || (is_false_positive_tag(one) && is_false_positive_tag(other))
}

/// Changes tags, chunk after chunk.
#[derive(Debug, Clone)]
pub struct TagsWrite {
    dialect: Dialect,
    change: TagChange,
}

impl TagsWrite {
    pub(super) fn new(dialect: Dialect, change: &TagChange) -> Result<Self, Error> {
        change.check(dialect)?;
        Ok(Self { dialect, change: change.normal() })
    }
}

impl BulkWrite for TagsWrite {
    type Chunk = TagsChunk;

    fn chunk(&self, ids: &[String]) -> Result<TagsChunk, Error> {
        Ok(TagsChunk {
            dialect: self.dialect,
            change: self.change.clone(),
            ids: ids.to_vec(),
            groups: VecDeque::new(),
            written: HashMap::new(),
            results: Vec::new(),
            stage: Stage::Read,
        })
    }
}

/// Changes the tags of a few alerts: reads, writes what differs, reads back (docs/utmstack.md, 1.5).
#[derive(Debug)]
pub struct TagsChunk {
    dialect: Dialect,
    change: TagChange,
    ids: Vec<String>,
    /// What is still to be written: the tags, and who gets them.
    groups: VecDeque<(Vec<String>, Vec<String>)>,
    /// What was written, with the tags that stood there before.
    written: HashMap<String, Vec<String>>,
    results: Vec<ItemResult>,
    stage: Stage,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Read,
    Write,
    ReadBack,
    Done,
}

impl TagsChunk {
    /// Sorts the alerts by what is to be written to them.
    fn plan(&mut self, alerts: &HashMap<String, Alert>) {
        let mut groups: BTreeMap<Vec<String>, Vec<String>> = BTreeMap::new();
        for id in &self.ids {
            let Some(alert) = alerts.get(id) else {
                self.results.push(ItemResult::new(id.as_str(), missing()));
                continue;
            };
            let present = alert.tags();
            let wanted = self.change.apply(&present);
            if wanted == present {
                self.results.push(ItemResult::new(id.as_str(), Outcome::Unchanged));
            } else if let Err(error) = wanted.iter().try_for_each(|tag| text::check_tag(self.dialect, tag)) {
                // A tag that is there and could not be written again: rewriting the list would fail.
                self.results.push(ItemResult::new(id.as_str(), Outcome::Failed(error)));
            } else {
                groups.entry(wanted).or_default().push(id.clone());
                self.written.insert(id.clone(), present);
            }
        }
        self.groups = groups.into_iter().collect();
        self.stage = if self.groups.is_empty() { Stage::Done } else { Stage::Write };
    }

    /// Goes on to the next group, or to reading back.
    fn wrote(&mut self) {
        self.groups.pop_front();
        if self.groups.is_empty() {
            self.stage = if self.written.is_empty() { Stage::Done } else { Stage::ReadBack };
        }
    }

    fn to_check(&self) -> Vec<String> {
        self.ids.iter().filter(|id| self.written.contains_key(*id)).cloned().collect()
    }

    fn check(&mut self, alerts: &HashMap<String, Alert>) {
        for id in self.to_check() {
            let before = self.written.remove(&id).unwrap_or_default();
            let outcome = match alerts.get(&id).map(Alert::tags) {
                None => missing(),
                Some(found) if self.change.is_met_by(&found) => Outcome::Applied,
                Some(found) if found == before => {
                    Outcome::NotApplied(format!("The tags are still {}.", shown(&found)))
                }
                Some(found) => Outcome::Collision(format!(
                    "Somebody else changed the tags at the same time; they are now {}.",
                    shown(&found)
                )),
            };
            self.results.push(ItemResult { id, outcome });
        }
        self.stage = Stage::Done;
    }
}

pub(super) fn missing() -> Outcome {
    Outcome::NotApplied("There is no alert with this id.".to_owned())
}

fn shown(tags: &[String]) -> String {
    if tags.is_empty() { "none".to_owned() } else { tags.join(", ") }
}

impl Procedure for TagsChunk {
    type Page = Infallible;
    type Report = Vec<ItemResult>;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Infallible, Vec<ItemResult>>, Error> {
        Ok(match self.stage {
            Stage::Read => Intent::Call(read_back::call(self.dialect, &self.ids, READING)?),
            Stage::Write => {
                let (tags, ids) = self.groups.front().cloned().unwrap_or_default();
                let path = "/api/utm-alerts/tags";
                let call = Call::write(Method::Post, path, Safety::IdempotentWrite, WRITING);
                // `createRule` must be there and does nothing; rules are made where they are made.
                Intent::Call(call.with_json(json!({ "alertIds": ids, "tags": tags, "createRule": false })))
            }
            Stage::ReadBack => Intent::Call(read_back::call(self.dialect, &self.to_check(), CHECKING)?),
            Stage::Done => Intent::Done(core::mem::take(&mut self.results)),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        match self.stage {
            Stage::Read => self.plan(&read_back::alerts(&response, READING)?),
            Stage::Write => self.wrote(),
            Stage::ReadBack => self.check(&read_back::alerts(&response, CHECKING)?),
            Stage::Done => {}
        }
        Ok(())
    }

    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        let ids = match self.stage {
            Stage::Read | Stage::Done => return Err(error),
            Stage::Write => self.groups.front().map(|(_, ids)| ids.clone()).unwrap_or_default(),
            Stage::ReadBack => self.to_check(),
        };
        for id in ids {
            self.written.remove(&id);
            self.results.push(ItemResult { id, outcome: Outcome::Failed(error.clone()) });
        }
        if self.stage == Stage::Write {
            self.wrote();
        } else {
            self.stage = Stage::Done;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tags(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn the_systems_tag_is_one_tag_in_two_spellings() {
        let add = TagChange::Add(tags(&["False Positive"])).normal();
        assert_eq!(add.apply(&tags(&["a"])), ["a", "False positive"]);
        assert_eq!(add.apply(&tags(&["False Positive", "a"])), ["False Positive", "a"], "it is there");
        let remove = TagChange::Remove(tags(&["false positive"])).normal();
        assert_eq!(remove.apply(&tags(&["False Positive", "a", "False positive"])), ["a"]);
    }

    #[test]
    fn a_change_is_met_or_not() {
        let replace = TagChange::Replace(tags(&["a", "b"]));
        assert!(replace.is_met_by(&tags(&["b", "a"])) && !replace.is_met_by(&tags(&["a", "b", "c"])));
        let add = TagChange::Add(tags(&["a"]));
        assert!(add.is_met_by(&tags(&["c", "a"])) && !add.is_met_by(&[]));
    }

    #[test]
    fn nothing_to_add_is_refused_and_nothing_to_keep_is_not() {
        assert!(TagsWrite::new(Dialect::V10, &TagChange::Add(Vec::new())).is_err());
        assert!(TagsWrite::new(Dialect::V10, &TagChange::Replace(Vec::new())).is_ok());
        assert!(TagsWrite::new(Dialect::V11, &TagChange::Add(tags(&["it's"]))).is_err());
        assert!(TagsWrite::new(Dialect::V11, &TagChange::Remove(tags(&["it's"]))).is_ok());
    }
}
