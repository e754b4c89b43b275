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
    /// How many assets have answered, where assets are asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assets: Option<AssetCounts>,
}

/// How far the assets of a realtime job are (docs/uptycs.md, 4.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct AssetCounts {
    /// Those that are asked, as far as the service says.
    pub total: u64,
    /// Those that wait to be asked.
    pub queued: u64,
    /// Those that are at it.
    pub running: u64,
    /// Those that have answered.
    pub finished: u64,
    /// Those that failed.
    pub error: u64,
    /// Those that were not asked any more.
    pub cancelled: u64,
}

impl AssetCounts {
    /// Reads the counts, which may be text.
    fn read(counts: &Value) -> Self {
        let of = |name: &str| counts.get(name).and_then(number).unwrap_or(0);
        Self {
            total: of("total"),
            queued: of("queued"),
            running: of("running"),
            finished: of("finished"),
            error: of("error"),
            cancelled: of("cancelled"),
        }
    }

    /// Whether nothing is left to wait for: some have ended, none is waited for, and all that were asked have ended. (The
    /// vendor's own scripts go by all but `finished` being zero, which this includes.)
    fn is_over(self) -> bool {
        let ended = self.finished + self.error + self.cancelled;
        ended > 0 && self.queued == 0 && self.running == 0 && ended >= self.total
    }
}

fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Number(number) => number.as_u64(),
        Value::String(text) => text.trim().parse().ok(),
        _ => None,
    }
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
    #[serde(default, rename = "queryJobAssetCounts")]
    asset_counts: Option<Value>,
}

/// Where a job stands, as far as following it is concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    Underway,
    Finished,
    Failed,
}

impl Job {
    pub(super) fn stage(&self) -> Standing {
        match self.status.as_str() {
            "RUNNING" if self.counts().is_some_and(AssetCounts::is_over) => Standing::Finished,
            "QUEUED" | "RUNNING" => Standing::Underway,
            "FINISHED" => Standing::Finished,
            // ERROR and CANCELLED, and any word that is not known: other clients take it for an end as well.
            _ => Standing::Failed,
        }
    }

    pub(super) fn progress(&self) -> JobProgress {
        // Some jobs carry their numbers as text.
        let row_count = self.row_count.as_ref().and_then(number);
        JobProgress { id: self.id.clone(), status: self.status.clone(), row_count, assets: self.counts() }
    }

    fn counts(&self) -> Option<AssetCounts> {
        self.asset_counts.as_ref().filter(|counts| counts.is_object()).map(AssetCounts::read)
    }

    pub(super) fn failure(&self) -> Error {
        let part = |name: &str| {
            let text = self.error.as_ref().and_then(|error| error.pointer(&format!("/message/{name}")));
            text.and_then(Value::as_str).unwrap_or_default().trim().to_owned()
        };
        Error::JobFailed { status: self.status.clone(), brief: part("brief"), detail: part("detail") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn standing(job: &str) -> Standing {
        serde_json::from_str::<Job>(job).expect("a job").stage()
    }

    #[test]
    fn a_realtime_job_is_over_when_no_asset_is_waited_for() {
        for (counts, expected) in [
            (
                r#"{"total":"0","queued":0,"running":0,"error":0,"cancelled":0,"finished":"3"}"#,
                Standing::Finished,
            ),
            (
                r#"{"total":3,"queued":0,"running":0,"error":1,"cancelled":0,"finished":2}"#,
                Standing::Finished,
            ),
            (
                r#"{"total":3,"queued":1,"running":0,"error":0,"cancelled":0,"finished":2}"#,
                Standing::Underway,
            ),
            (
                r#"{"total":0,"queued":0,"running":0,"error":0,"cancelled":0,"finished":0}"#,
                Standing::Underway,
            ),
            ("null", Standing::Underway),
        ] {
            let job = format!(r#"{{"id":"j","status":"RUNNING","queryJobAssetCounts":{counts}}}"#);
            assert_eq!(standing(&job), expected, "{counts}");
        }
    }

    #[test]
    fn a_status_that_is_not_known_is_an_end() {
        assert_eq!(standing(r#"{"id":"j","status":"PURGED"}"#), Standing::Failed);
    }
}
