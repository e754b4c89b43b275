use super::status::AlertStatus;
use crate::error::Error;
use serde_json::{Map, Value, json};

/// What is written to alerts or detections.
///
/// ```
/// use triagekit::uptycs::{AlertChange, AlertStatus};
///
/// let change = AlertChange::status(AlertStatus::Closed).with_note("Known scanner");
/// assert_eq!(change.note.as_deref(), Some("Known scanner"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlertChange {
    /// The status to set.
    pub status: Option<AlertStatus>,
    /// A note to add.
    pub note: Option<String>,
    /// The id of the user to assign it to.
    pub assigned_to: Option<String>,
}

impl AlertChange {
    /// Sets the status.
    pub fn status(status: AlertStatus) -> Self {
        Self { status: Some(status), ..Self::default() }
    }

    /// Adds a note.
    pub fn with_note(mut self, note: impl Into<String>) -> Self {
        self.note = Some(note.into());
        self
    }

    /// Assigns it to a user, by id.
    pub fn assigned_to(mut self, user_id: impl Into<String>) -> Self {
        self.assigned_to = Some(user_id.into());
        self
    }

    /// Says what is wrong with it: nothing to write, or a note without text.
    pub(crate) fn check(&self) -> Result<(), Error> {
        let problem = if self.note.as_deref().is_some_and(|note| note.trim().is_empty()) {
            "A note needs text."
        } else if self.assigned_to.as_deref().is_some_and(|user| user.trim().is_empty()) {
            "An assignee is given by the id of a user."
        } else if *self == Self::default() {
            "There is nothing to write: give a status, a note or an assignee."
        } else {
            return Ok(());
        };
        Err(Error::InvalidArgument(problem.to_owned()))
    }

    /// The body of the bulk call, without its filters (docs/uptycs.md, 3.3).
    pub(crate) fn body(&self, filters: &Map<String, Value>) -> Value {
        let mut body = json!({ "filters": filters });
        if let Some(status) = self.status {
            body["status"] = status.word().into();
        }
        if let Some(note) = &self.note {
            body["note"] = json!({ "memo": note });
        }
        if let Some(user) = &self.assigned_to {
            body["assignedTo"] = user.as_str().into();
        }
        body
    }

    /// The fields that reading back should show.
    pub(crate) fn wanted(&self) -> Map<String, Value> {
        let mut wanted = Map::new();
        if let Some(status) = self.status {
            wanted.insert("status".to_owned(), status.word().into());
        }
        if let Some(note) = &self.note {
            wanted.insert("note".to_owned(), note.as_str().into());
        }
        if let Some(user) = &self.assigned_to {
            wanted.insert("assignedTo".to_owned(), user.as_str().into());
        }
        wanted
    }
}
