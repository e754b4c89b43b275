use crate::error::Error;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// How far a job is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct JobProgress {
    /// The job's id.
    pub id: String,
    /// `QUEUED`, `RUNNING` or `FINISHED`, as the vendor writes it.
    pub status: String,
    /// How many rows the result has, once known.
    pub row_count: Option<u64>,
}

/// What is read of a job's object; it has many more fields (docs/uptycs.md, 4.1).
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Job {
    pub(super) id: String,
    pub(super) status: String,
    #[serde(default)]
    row_count: Option<Value>,
    #[serde(default)]
    error: Option<Value>,
}

/// Where a job stands, as far as following it is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Underway,
    Finished,
    Failed,
}

impl Job {
    pub(super) fn stage(&self) -> Stage {
        match self.status.as_str() {
            "QUEUED" | "RUNNING" => Stage::Underway,
            "FINISHED" => Stage::Finished,
            // ERROR and CANCELLED, and any word that is not known: other clients take it for an end as well.
            _ => Stage::Failed,
        }
    }

    pub(super) fn progress(&self) -> JobProgress {
        // Some jobs carry their numbers as text.
        let row_count = match &self.row_count {
            Some(Value::Number(number)) => number.as_u64(),
            Some(Value::String(text)) => text.parse().ok(),
            _ => None,
        };
        JobProgress { id: self.id.clone(), status: self.status.clone(), row_count }
    }

    pub(super) fn failure(&self) -> Error {
        let part = |name: &str| {
            let text = self.error.as_ref().and_then(|error| error.pointer(&format!("/message/{name}")));
            text.and_then(Value::as_str).unwrap_or_default().trim().to_owned()
        };
        Error::JobFailed { status: self.status.clone(), brief: part("brief"), detail: part("detail") }
    }
}
