use crate::error::Error;
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Machine, Procedure};
use crate::operation::Evidence;
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::uptycs::alerts::AlertChange;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::each::{EachReport, EachResult, meets_all};
use crate::uptycs::filter::Filter;
use crate::uptycs::reading::json;
use crate::uptycs::write::{Consent, Difference, Outcome, Write, differences};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::collections::VecDeque;

/// How many detections are written at once.
const CHUNK: usize = 100;

/// Changes detections in chunks by the one bulk call that is publicly known, and reads each chunk back.
#[derive(Debug)]
pub struct DetectionsUpdate {
    change: AlertChange,
    chunks: VecDeque<Vec<String>>,
    is_written: bool,
    ready: VecDeque<EachResult<Outcome>>,
    report: EachReport,
}

impl Client {
    /// Changes detections by their ids, with a result for each (docs/uptycs.md, 3.3).
    ///
    /// Status and note are attested: `PUT /detections` with filters. An assignee is reconstructed and needs `consent`.
    /// Lists do not show notes, so that a note alone is reported as accepted.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for no ids or a change of nothing; [`Error::NotAttested`] for an assignee without
    /// consent.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{AlertChange, AlertStatus, Client, Consent, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let change = AlertChange::status(AlertStatus::Closed).with_note("Red team exercise");
    /// assert!(client.update_detections(&["d-1".into(), "d-2".into()], &change, Consent::AttestedOnly).is_ok());
    /// ```
    pub fn update_detections(
        &self,
        ids: &[String],
        change: &AlertChange,
        consent: Consent,
    ) -> Result<Machine<DetectionsUpdate>, Error> {
        permit(change, consent)?;
        if ids.is_empty() {
            return Err(Error::InvalidArgument(
                "The ids of the detections to change are expected.".to_owned(),
            ));
        }
        for id in ids {
            id_path("/detections", id)?;
        }
        Ok(self.machine(DetectionsUpdate {
            change: change.clone(),
            chunks: ids.chunks(CHUNK).map(<[String]>::to_vec).collect(),
            is_written: false,
            ready: VecDeque::new(),
            report: EachReport::default(),
        }))
    }

    /// Changes all detections that meet a filter, in one call (`PUT /detections` with filters; attested).
    ///
    /// What it met is not known afterwards; list with the same filter before.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a filter that everything meets, or a change of nothing; [`Error::NotAttested`] for an
    /// assignee without consent.
    pub fn update_detections_where(
        &self,
        filter: &Filter,
        change: &AlertChange,
        consent: Consent,
    ) -> Result<Machine<Write>, Error> {
        permit(change, consent)?;
        if filter.is_empty() {
            return Err(Error::InvalidArgument(
                "A filter is expected: without one, every detection would be changed.".to_owned(),
            ));
        }
        Ok(self.machine(Write::new(call(change, filter)?, Map::new())))
    }
}

fn permit(change: &AlertChange, consent: Consent) -> Result<(), Error> {
    change.check()?;
    if change.assigned_to.is_some() {
        consent.permits(Evidence::Reconstructed, "Assigning detections (PUT /detections with assignedTo)")?;
    }
    Ok(())
}

/// The one public example filters by `equals`; `in` is attested in lists, whose grammar is the same.
fn filter(ids: &[String]) -> Filter {
    match ids {
        [id] => Filter::new().equals("id", id.as_str()),
        ids => Filter::new().one_of("id", ids.iter().map(String::as_str)),
    }
}

fn call(change: &AlertChange, filter: &Filter) -> Result<Call, Error> {
    // A detection has a list of notes: one that is written twice is two.
    let safety = if change.note.is_some() { Safety::UnsafeWrite } else { Safety::IdempotentWrite };
    Ok(Call::write(Method::Put, "/detections", safety, "updating detections")
        .with_json(change.body(&filter.to_object()?)))
}

impl DetectionsUpdate {
    fn note(&mut self, ids: Vec<String>, mut result: impl FnMut(&str) -> Result<Outcome, Error>) {
        for id in ids {
            let result = result(&id);
            self.report.done += 1;
            if result.is_err() {
                self.report.failed.push(id.clone());
            }
            self.ready.push_back(EachResult { id, result });
        }
    }
}

impl Procedure for DetectionsUpdate {
    type Page = EachResult<Outcome>;
    type Report = EachReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, EachReport>, Error> {
        if let Some(ready) = self.ready.pop_front() {
            return Ok(Intent::Page(ready));
        }
        let Some(ids) = self.chunks.front() else { return Ok(Intent::Done(self.report.clone())) };
        let filter = filter(ids);
        if !self.is_written {
            return Ok(Intent::Call(call(&self.change, &filter)?));
        }
        let call = Call::get("/detections", "reading back detections")
            .with("filters", filter.to_json()?)
            .with("limit", ids.len().to_string());
        Ok(Intent::Call(call))
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Found {
            items: Vec<Map<String, Value>>,
        }
        if !self.is_written {
            self.is_written = true;
            return Ok(());
        }
        let doing = Call::get("/detections", "reading back detections");
        let Found { items } = json(&doing, &response, "a list of detections")?;
        let ids = self.chunks.pop_front().unwrap_or_default();
        self.is_written = false;
        let mut wanted = self.change.wanted();
        wanted.remove("note");
        self.note(ids, |id| Ok(outcome(&items, id, &wanted)));
        Ok(())
    }

    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        if meets_all(&error) {
            return Err(error);
        }
        let ids = self.chunks.pop_front().unwrap_or_default();
        self.is_written = false;
        self.note(ids, |_| Err(error.clone()));
        Ok(())
    }

    fn abandon(&mut self) {
        let keep = usize::from(self.is_written);
        let left = self.chunks.split_off(keep.min(self.chunks.len()));
        self.report.left.extend(left.into_iter().flatten());
    }
}

fn outcome(items: &[Map<String, Value>], id: &str, wanted: &Map<String, Value>) -> Outcome {
    let found = items.iter().find(|item| item.get("id").and_then(Value::as_str) == Some(id));
    match found {
        Some(_) if wanted.is_empty() => Outcome::Accepted,
        Some(item) => Outcome::of(differences(wanted, item)),
        None => Outcome::NotApplied {
            differences: vec![Difference { field: "id".to_owned(), wanted: id.into(), found: None }],
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;
    use crate::retry::RetryPolicy;
    use crate::uptycs::{AlertStatus, KeyFile};

    fn answer(body: &str) -> Response {
        Response { status: 200, headers: Headers::default(), body: body.as_bytes().to_vec() }
    }

    fn update(ids: &[&str]) -> DetectionsUpdate {
        DetectionsUpdate {
            change: AlertChange::status(AlertStatus::Closed),
            chunks: VecDeque::from([ids.iter().map(|id| (*id).to_owned()).collect()]),
            is_written: false,
            ready: VecDeque::new(),
            report: EachReport::default(),
        }
    }

    #[test]
    fn each_detection_gets_its_own_result() {
        let mut update = update(&["a", "b", "c"]);
        assert!(
            matches!(update.next(Timestamp::default()), Ok(Intent::Call(call)) if call.method == Method::Put)
        );
        update.answered(answer("{}"), Timestamp::default()).expect("written");
        assert!(
            matches!(update.next(Timestamp::default()), Ok(Intent::Call(call)) if call.method == Method::Get)
        );
        let found = r#"{"items":[{"id":"b","status":"open"},{"id":"a","status":"closed"}]}"#;
        update.answered(answer(found), Timestamp::default()).expect("read back");
        let mut outcomes = Vec::new();
        while let Ok(Intent::Page(result)) = update.next(Timestamp::default()) {
            outcomes.push((result.id, result.result.expect("no error").is_success()));
        }
        assert_eq!(outcomes, [("a".to_owned(), true), ("b".to_owned(), false), ("c".to_owned(), false)]);
        assert!(matches!(update.next(Timestamp::default()), Ok(Intent::Done(report)) if report.done == 3));
    }

    #[test]
    fn a_filter_that_everything_meets_changes_nothing() {
        let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#);
        let client = Client::new(key.expect("a key"), RetryPolicy::default());
        let change = AlertChange::status(AlertStatus::Closed);
        let error = client.update_detections_where(&Filter::new(), &change, Consent::AttestedOnly);
        assert!(error.is_err_and(|error| error.to_string().contains("every detection")));
        let assigned = change.assigned_to("u");
        let error = client.update_detections(&["d".to_owned()], &assigned, Consent::AttestedOnly);
        assert_eq!(error.map_err(|error| error.code()).err(), Some("not_attested"));
    }
}
