use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An incident as the server keeps it, with all that came.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Incident(pub(super) Map<String, Value>);

/// How far an incident is worked on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum IncidentStatus {
    /// Nobody has taken it up.
    Open,
    /// Somebody works on it.
    InReview,
    /// It is done.
    Completed,
    /// It became part of another; servers set that, clients do not.
    Merged,
}

impl IncidentStatus {
    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "OPEN",
            Self::InReview => "IN_REVIEW",
            Self::Completed => "COMPLETED",
            Self::Merged => "MERGED",
        }
    }

    /// Reads the word, in any case.
    ///
    /// ```
    /// use triagekit::utmstack::IncidentStatus;
    ///
    /// assert_eq!(IncidentStatus::parse("in_review"), Some(IncidentStatus::InReview));
    /// ```
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Open, Self::InReview, Self::Completed, Self::Merged]
            .into_iter()
            .find(|status| status.word().eq_ignore_ascii_case(word))
    }
}

/// Who an incident can be given to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentUser {
    /// The user's id.
    pub id: u64,
    /// The name that the user signs in with.
    pub login: String,
}

/// A note on an incident.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IncidentNote {
    /// The note's id.
    pub id: Option<u64>,
    /// The incident.
    pub incident_id: Option<u64>,
    /// The text.
    pub note_text: Option<String>,
    /// When it was written, as the server writes it.
    pub note_send_date: Option<String>,
    /// Who wrote it.
    pub note_send_by: Option<String>,
}

impl Incident {
    /// Its id.
    pub fn id(&self) -> Option<u64> {
        self.0.get("id").and_then(Value::as_u64)
    }

    /// Its name.
    pub fn name(&self) -> Option<&str> {
        self.text("incidentName")
    }

    /// What it is about.
    pub fn description(&self) -> Option<&str> {
        self.text("incidentDescription")
    }

    /// How far it is worked on.
    pub fn status(&self) -> Option<IncidentStatus> {
        self.text("incidentStatus").and_then(IncidentStatus::parse)
    }

    /// The highest severity of its alerts, 1 to 3.
    pub fn severity(&self) -> Option<u64> {
        self.0.get("incidentSeverity").and_then(Value::as_u64)
    }

    /// When it was made.
    pub fn created(&self) -> Option<Timestamp> {
        self.text("incidentCreatedDate").and_then(Timestamp::parse)
    }

    /// How it was solved.
    pub fn solution(&self) -> Option<&str> {
        self.text("incidentSolution")
    }

    /// Who it is given to. Servers keep text, in which the vendor's own interface writes a JSON list; other text is
    /// taken for one name.
    pub fn assigned_to(&self) -> Vec<String> {
        let Some(text) = self.text("incidentAssignedTo") else { return Vec::new() };
        match serde_json::from_str::<Vec<IncidentUser>>(text) {
            Ok(users) => users.into_iter().map(|user| user.login).collect(),
            Err(_) => vec![text.to_owned()],
        }
    }

    /// All fields.
    pub const fn fields(&self) -> &Map<String, Value> {
        &self.0
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }
}
