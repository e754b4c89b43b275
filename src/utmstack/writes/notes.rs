use super::tags::missing;
use crate::bulk::Outcome;
use crate::error::{Error, Unexpected};
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Payload, Procedure};
use crate::platform::Platform;
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::utmstack::alert::Alert;
use crate::utmstack::dialect::Dialect;
use crate::utmstack::{read_back, text};
use core::convert::Infallible;
use serde::Deserialize;

const READING: &str = "reading an alert's note";
const WRITING: &str = "writing an alert's note";
const CHECKING: &str = "reading the note back";

/// What became of a note.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteReport {
    /// Whether it is there now.
    pub outcome: Outcome,
    /// The whole note that was sent.
    pub sent: String,
    /// The note that is there now, as far as it could be read.
    pub stored: Option<String>,
    /// Where the server could not store what was typed: the nearest text that every server stores, to be shown and
    /// confirmed. It is never sent by itself.
    pub suggestion: Option<String>,
}

/// Writes the note of one alert as it is typed, and reads it back (docs/utmstack.md, 1.6).
#[derive(Debug)]
pub struct NoteFlow {
    dialect: Dialect,
    id: String,
    typed: String,
    /// Who and when, where the text is added to what is there.
    append: Option<(Option<String>, Timestamp)>,
    note: String,
    stage: Stage,
    report: Option<NoteReport>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Account,
    Read,
    Write,
    ReadBack,
    Done,
}

impl NoteFlow {
    /// Replaces the note.
    pub(super) fn set(dialect: Dialect, id: &str, note: &str) -> Result<Self, Error> {
        if note.is_empty() && dialect.is_real() {
            return Err(Error::Unsupported(format!(
                "{dialect} cannot clear a note: it would store the text \"null\". A single space is the nearest to nothing."
            )));
        }
        let note = note.to_owned();
        Self::new(dialect, id, note.clone(), None, note, Stage::Write)
    }

    /// Adds to the note, with time and user before it.
    pub(super) fn append(
        dialect: Dialect,
        id: &str,
        typed: &str,
        user: Option<&str>,
        now: Timestamp,
    ) -> Result<Self, Error> {
        if typed.trim().is_empty() {
            return Err(Error::InvalidArgument("There is nothing to add to the note.".to_owned()));
        }
        let stage = match (user, dialect.is_real()) {
            (Some(_), _) => Stage::Read,
            (None, true) => Stage::Account,
            (None, false) => {
                return Err(Error::InvalidArgument(
                    "This API version does not tell who is signed in: say who writes the note.".to_owned(),
                ));
            }
        };
        let append = Some((user.map(str::to_owned), now));
        Self::new(dialect, id, typed.to_owned(), append, String::new(), stage)
    }

    fn new(
        dialect: Dialect,
        id: &str,
        typed: String,
        append: Option<(Option<String>, Timestamp)>,
        note: String,
        stage: Stage,
    ) -> Result<Self, Error> {
        if id.is_empty() {
            return Err(Error::InvalidArgument("An alert's id is expected; it is empty.".to_owned()));
        }
        Ok(Self { dialect, id: id.to_owned(), typed, append, note, stage, report: None })
    }

    /// Puts the new text behind what is there.
    fn compose(&mut self, present: Option<&str>) {
        let Some((user, now)) = &self.append else { return };
        let entry = format!("[{now} {}] {}", user.as_deref().unwrap_or("unknown"), self.typed);
        let break_of_lines = if self.dialect.is_real() { " | " } else { "\n" };
        self.note = match present.map(str::trim).filter(|present| !present.is_empty()) {
            Some(present) => format!("{present}{break_of_lines}{entry}"),
            None => entry,
        };
    }

    fn write(&self) -> Call {
        // What the server will probably not store is sent once: its refusal is a 500, which is no reason to insist.
        let is_sure = !self.dialect.is_real() || text::is_plain(&self.note);
        let safety = if is_sure { Safety::IdempotentWrite } else { Safety::UnsafeWrite };
        let mut call = Call::write(Method::Post, "/api/utm-alerts/notes", safety, WRITING)
            .with("alertId", self.id.as_str());
        call.payload = if self.dialect.is_real() {
            let bytes = self.note.as_bytes().to_vec();
            Payload::Other { content_type: "text/plain; charset=utf-8".to_owned(), bytes }
        } else {
            Payload::Json(serde_json::Value::from(self.note.as_str()).to_string())
        };
        call
    }

    fn finish(&mut self, outcome: Outcome, stored: Option<String>) {
        let suggestion = if outcome.is_success() || !self.dialect.is_real() {
            None
        } else {
            text::plain_form(&self.typed)
        };
        self.report = Some(NoteReport { outcome, sent: self.note.clone(), stored, suggestion });
        self.stage = Stage::Done;
    }

    fn check(&mut self, alert: Option<&Alert>) {
        let Some(alert) = alert else { return self.finish(missing(), None) };
        let stored = alert.field("notes").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        let outcome = if stored == self.note {
            Outcome::Applied
        } else if text::is_plain(&self.note) || !self.dialect.is_real() {
            Outcome::Collision(format!(
                "Somebody else changed the note at the same time; it now reads {stored:?}."
            ))
        } else {
            Outcome::NotApplied(format!("The note now reads {stored:?}."))
        };
        self.finish(outcome, Some(stored));
    }
}

impl Procedure for NoteFlow {
    type Page = Infallible;
    type Report = NoteReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Infallible, NoteReport>, Error> {
        let ids = core::slice::from_ref(&self.id);
        Ok(match self.stage {
            Stage::Account => Intent::Call(Call::get("/api/account", "asking who is signed in")),
            Stage::Read => Intent::Call(read_back::call(self.dialect, ids, READING)?),
            Stage::Write => Intent::Call(self.write()),
            Stage::ReadBack => Intent::Call(read_back::call(self.dialect, ids, CHECKING)?),
            Stage::Done => match self.report.take() {
                Some(report) => Intent::Done(report),
                None => return Err(Error::Misuse("The note was written and reported already.")),
            },
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Account {
            login: String,
        }
        match self.stage {
            Stage::Account => {
                let account: Account = serde_json::from_slice(&response.body).map_err(|cause| {
                    let doing = "asking who is signed in";
                    Unexpected::body(Platform::Utmstack, doing, &response, "an account", &cause)
                })?;
                if let Some((user, _)) = &mut self.append {
                    *user = Some(account.login);
                }
                self.stage = Stage::Read;
            }
            Stage::Read => {
                let alerts = read_back::alerts(&response, READING)?;
                match alerts.get(&self.id) {
                    Some(alert) => {
                        self.compose(alert.note());
                        self.stage = Stage::Write;
                    }
                    None => self.finish(missing(), None),
                }
            }
            Stage::Write => self.stage = Stage::ReadBack,
            Stage::ReadBack => {
                let alerts = read_back::alerts(&response, CHECKING)?;
                self.check(alerts.get(&self.id));
            }
            Stage::Done => {}
        }
        Ok(())
    }

    /// A refusal of a text that the server probably cannot store comes with the text that it can.
    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        let is_about_the_text =
            matches!(error.status(), Some(400 | 500)) && text::plain_form(&self.note).is_some();
        if self.stage == Stage::Write && self.dialect.is_real() && is_about_the_text {
            self.finish(Outcome::Failed(error), None);
            return Ok(());
        }
        Err(error)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::utmstack::pretend::{Pretend, run};

    const NOW: Timestamp = Timestamp::from_unix_seconds(1_795_295_555);

    #[test]
    fn a_note_is_stored_as_it_was_typed() {
        for dialect in Dialect::ALL {
            let mut server = Pretend::new(dialect, &["a"]);
            let mut flow = NoteFlow::set(dialect, "a", "Asked \"Jim\": fine.").expect("a note");
            let report = run(&mut flow, &mut server).expect("ends");
            assert_eq!((report.outcome, report.suggestion), (Outcome::Applied, None), "{dialect}");
            assert_eq!(server.alert("a")["notes"], "Asked \"Jim\": fine.", "{dialect}");
        }
    }

    #[test]
    fn what_the_server_cannot_store_is_tried_once_and_a_plain_form_is_offered() {
        let mut server = Pretend::new(Dialect::V10, &["a"]);
        let mut flow = NoteFlow::set(Dialect::V10, "a", "für Jörg\nfertig").expect("a note");
        let Ok(Intent::Call(call)) = flow.next(NOW) else { panic!("a call") };
        assert_eq!(call.safety, Safety::UnsafeWrite, "a 500 is not repeated");
        let report = run(&mut flow, &mut server).expect("ends");
        assert_eq!(report.outcome.code(), "failed");
        assert_eq!(report.suggestion.as_deref(), Some("fuer Joerg | fertig"));
        assert_eq!(server.alert("a")["notes"], "", "nothing was put in its place");

        let mut server = Pretend::new(Dialect::Documented, &["a"]);
        let mut flow = NoteFlow::set(Dialect::Documented, "a", "für Jörg\nfertig").expect("a note");
        assert_eq!(run(&mut flow, &mut server).expect("ends").outcome, Outcome::Applied);
    }

    #[test]
    fn an_entry_is_added_with_time_and_user() {
        let mut server = Pretend::new(Dialect::V11, &["a"]);
        for (text, user) in [("one", Some("bob")), ("two", None)] {
            let mut flow = NoteFlow::append(Dialect::V11, "a", text, user, NOW).expect("a note");
            assert_eq!(run(&mut flow, &mut server).expect("ends").outcome, Outcome::Applied);
        }
        assert_eq!(
            server.alert("a")["notes"],
            "[2026-11-21T21:12:35.000Z bob] one | [2026-11-21T21:12:35.000Z ada] two"
        );
        assert!(NoteFlow::append(Dialect::Documented, "a", "x", None, NOW).is_err(), "nobody says who");
    }

    #[test]
    fn no_alert_and_no_text_are_said() {
        let mut server = Pretend::new(Dialect::V11, &[]);
        let mut flow = NoteFlow::set(Dialect::V11, "a", "x").expect("a note");
        assert_eq!(run(&mut flow, &mut server).expect("ends").outcome, missing());
        assert_eq!(
            NoteFlow::set(Dialect::V11, "a", "").map_err(|error| error.code()).err(),
            Some("unsupported")
        );
        assert!(NoteFlow::set(Dialect::Documented, "a", "").is_ok());
    }
}
