use super::change::AlertChange;
use crate::error::Error;
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Machine, Procedure};
use crate::operation::Evidence;
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::each::Each;
use crate::uptycs::filter::Filter;
use crate::uptycs::write::{Consent, Outcome, differences};
use serde::Serialize;
use serde_json::{Map, Value, json};

/// Changes one alert: its status by the attested call, then note and assignee by the reconstructed one, then reads back.
#[derive(Debug)]
pub struct AlertUpdate {
    id: String,
    change: AlertChange,
    stage: Stage,
    refusal: Option<String>,
}

#[derive(Debug)]
enum Stage {
    Status,
    Rest,
    ReadBack,
    Ended(Outcome),
}

/// What became of an alert's change.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertUpdateReport {
    /// Whether it took effect.
    pub outcome: Outcome,
    /// What was said against the reconstructed part, where the platform refused it.
    pub refusal: Option<String>,
}

impl Client {
    /// Changes an alert (docs/uptycs.md, 3.3).
    ///
    /// The status is attested: `PUT /alerts/{id}`. Note and assignee are reconstructed from what is attested for
    /// detections (`PUT /alerts` with filters): they need `consent`, are read back, and are reported as not applied when
    /// nothing changed.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a change of nothing or an empty id; [`Error::NotAttested`] for a note or an assignee
    /// without consent.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{AlertChange, AlertStatus, Client, Consent, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let closed = AlertChange::status(AlertStatus::Closed);
    /// assert!(client.update_alert("a-1", &closed, Consent::AttestedOnly).is_ok());
    /// let noted = closed.with_note("Known scanner");
    /// assert!(client.update_alert("a-1", &noted, Consent::AttestedOnly).is_err());
    /// ```
    pub fn update_alert(
        &self,
        id: &str,
        change: &AlertChange,
        consent: Consent,
    ) -> Result<Machine<AlertUpdate>, Error> {
        permit(change, consent)?;
        Ok(self.machine(AlertUpdate::new(id, change)?))
    }

    /// Changes many alerts, each as [`update_alert`](Client::update_alert) does, with a result for each.
    ///
    /// # Errors
    ///
    /// As `update_alert`; and for no ids at all.
    pub fn update_alerts(
        &self,
        ids: &[String],
        change: &AlertChange,
        consent: Consent,
    ) -> Result<Machine<Each<AlertUpdate>>, Error> {
        permit(change, consent)?;
        if ids.is_empty() {
            return Err(Error::InvalidArgument("The ids of the alerts to change are expected.".to_owned()));
        }
        let updates = ids
            .iter()
            .map(|id| AlertUpdate::new(id, change).map(|update| (id.clone(), update)))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.machine(Each::new(updates)))
    }
}

fn permit(change: &AlertChange, consent: Consent) -> Result<(), Error> {
    change.check()?;
    if change.note.is_some() || change.assigned_to.is_some() {
        consent
            .permits(Evidence::Reconstructed, "Writing a note or an assignee to an alert (PUT /alerts)")?;
    }
    Ok(())
}

impl AlertUpdate {
    fn new(id: &str, change: &AlertChange) -> Result<Self, Error> {
        id_path("/alerts", id)?;
        let stage = if change.status.is_some() { Stage::Status } else { Stage::Rest };
        Ok(Self { id: id.trim().to_owned(), change: change.clone(), stage, refusal: None })
    }

    fn has_rest(&self) -> bool {
        self.change.note.is_some() || self.change.assigned_to.is_some()
    }
}

impl Procedure for AlertUpdate {
    type Page = core::convert::Infallible;
    type Report = AlertUpdateReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, AlertUpdateReport>, Error> {
        let path = id_path("/alerts", &self.id)?;
        Ok(match &self.stage {
            Stage::Status => {
                let status = self.change.status.map_or("", super::status::AlertStatus::word);
                Intent::Call(
                    Call::write(Method::Put, path, Safety::IdempotentWrite, "updating an alert")
                        .with_json(json!({ "status": status })),
                )
            }
            Stage::Rest => {
                let filters = Filter::new().equals("id", self.id.as_str()).to_object()?;
                // A note that is written twice may be two notes.
                Intent::Call(
                    Call::write(Method::Put, "/alerts", Safety::UnsafeWrite, "annotating an alert")
                        .with_json(self.change.body(&filters)),
                )
            }
            Stage::ReadBack => Intent::Call(Call::get(path, "reading back an alert")),
            Stage::Ended(outcome) => {
                Intent::Done(AlertUpdateReport { outcome: outcome.clone(), refusal: self.refusal.clone() })
            }
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        self.stage = match self.stage {
            Stage::Status if self.has_rest() => Stage::Rest,
            Stage::Status => Stage::Ended(shown(&self.change, &response)),
            Stage::Rest => Stage::ReadBack,
            Stage::ReadBack => {
                let found: Map<String, Value> = serde_json::from_slice(&response.body).unwrap_or_default();
                Stage::Ended(Outcome::of(differences(&self.change.wanted(), &found)))
            }
            Stage::Ended(_) => return Err(Error::Misuse("There was no call to receive an answer to.")),
        };
        Ok(())
    }

    /// A service that does not know the reconstructed call is no reason to lose what the attested one did.
    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        if matches!(self.stage, Stage::Rest) && matches!(error.status(), Some(400 | 404 | 405 | 501)) {
            self.refusal = Some(error.to_string());
            self.stage = Stage::ReadBack;
            return Ok(());
        }
        Err(error)
    }
}

/// What the updated alert shows; XSOAR relies on its being answered.
fn shown(change: &AlertChange, response: &Response) -> Outcome {
    match serde_json::from_slice::<Map<String, Value>>(&response.body) {
        Ok(found) if found.contains_key("status") => Outcome::of(differences(&change.wanted(), &found)),
        _ => Outcome::Accepted,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Refusal, RefusalKind};
    use crate::http::Headers;
    use crate::machine::Payload;
    use crate::platform::Platform;
    use crate::uptycs::AlertStatus;

    fn call(update: &mut AlertUpdate) -> (Method, String, String) {
        match update.next(Timestamp::default()) {
            Ok(Intent::Call(call)) => match call.payload {
                Payload::Json(json) => (call.method, call.path, json),
                _ => (call.method, call.path, String::new()),
            },
            other => panic!("{other:?}"),
        }
    }

    fn answer(update: &mut AlertUpdate, body: &str) {
        let response = Response { status: 200, headers: Headers::default(), body: body.as_bytes().to_vec() };
        update.answered(response, Timestamp::default()).expect("understood");
    }

    fn outcome(update: &mut AlertUpdate) -> AlertUpdateReport {
        match update.next(Timestamp::default()) {
            Ok(Intent::Done(report)) => report,
            other => panic!("{other:?}"),
        }
    }

    fn noted() -> AlertUpdate {
        let change = AlertChange::status(AlertStatus::Closed).with_note("Known scanner");
        AlertUpdate::new("a", &change).expect("a change")
    }

    #[test]
    fn a_status_alone_is_one_attested_call() {
        let change = AlertChange::status(AlertStatus::Resolved);
        let mut update = AlertUpdate::new("a", &change).expect("a change");
        let expected = (Method::Put, "/alerts/a".to_owned(), r#"{"status":"resolved"}"#.to_owned());
        assert_eq!(call(&mut update), expected);
        answer(&mut update, r#"{"id":"a","status":"resolved"}"#);
        assert_eq!(outcome(&mut update).outcome, Outcome::Applied);
    }

    #[test]
    fn a_note_goes_by_the_reconstructed_call_and_is_read_back() {
        let mut update = noted();
        assert_eq!(call(&mut update).1, "/alerts/a");
        answer(&mut update, "{}");
        let (method, path, json) = call(&mut update);
        assert_eq!((method, path.as_str()), (Method::Put, "/alerts"));
        let body: Value = serde_json::from_str(&json).expect("JSON");
        let expected = json!({
            "filters": {"id": {"equals": "a"}}, "note": {"memo": "Known scanner"}, "status": "closed"
        });
        assert_eq!(body, expected);
        answer(&mut update, "{}");
        assert_eq!(call(&mut update).0, Method::Get);
        answer(&mut update, r#"{"status":"closed","note":null}"#);
        let Outcome::NotApplied { differences } = outcome(&mut update).outcome else { panic!("not applied") };
        assert_eq!(differences.iter().map(|it| it.field.as_str()).collect::<Vec<_>>(), ["note"]);
    }

    #[test]
    fn a_refused_note_keeps_what_the_status_did() {
        let mut update = noted();
        let _ = call(&mut update);
        answer(&mut update, "{}");
        let refusal = Refusal {
            platform: Platform::Uptycs,
            doing: "annotating an alert",
            kind: RefusalKind::NotFound,
            status: 404,
            said: None,
            retry_after: None,
            hint: None,
        };
        let _ = call(&mut update);
        update.failed(refusal.into(), Timestamp::default()).expect("noted");
        assert_eq!(call(&mut update).0, Method::Get);
        answer(&mut update, r#"{"status":"closed"}"#);
        let report = outcome(&mut update);
        assert!(!report.outcome.is_success() && report.refusal.is_some(), "{report:?}");
    }
}
