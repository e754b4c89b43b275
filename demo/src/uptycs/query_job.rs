//! One SQL job: its life and how it is shown (docs/uptycs.md, "queryJobs lifecycle").

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use rusqlite::InterruptHandle;
use serde::Deserialize;
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::instant::UtcInstant;
use crate::uptycs::sql::{Column, Realm, SqlError, Table};

/// How long the poll that would finish a job waits for its statement.
const PATIENCE: Duration = Duration::from_millis(250);

/// What a caller asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Wish {
    /// The statement.
    pub(crate) query: Option<String>,
    /// `global`, `realtime` or `timemachine`.
    #[serde(rename = "type")]
    pub(crate) kind: Option<String>,
    name: Option<String>,
    /// Which assets and which span of time.
    pub(crate) filters: Option<Value>,
    parameters: Option<Value>,
    /// The values of `:from`, `:to` and others.
    pub(crate) parameter_values: Option<Value>,
    agent_type: Option<String>,
}

/// How a statement ended.
pub(crate) type Outcome = Arc<Result<Table, SqlError>>;

/// Where a job stands, as callers see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    /// Until the first poll.
    Queued,
    /// From the first poll on.
    Running,
    /// The statement gave a table.
    Finished,
    /// The statement failed. Mistakes in SQL show here, not as an answer with 400.
    Error,
    /// Somebody cancelled it.
    Cancelled,
}

impl Status {
    /// The vendor's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Queued => "QUEUED",
            Self::Running => "RUNNING",
            Self::Finished => "FINISHED",
            Self::Error => "ERROR",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// A job.
pub(crate) struct Job {
    /// Its id.
    pub(crate) id: String,
    wish: Wish,
    customer_id: String,
    created: UtcInstant,
    outcome: watch::Receiver<Option<Outcome>>,
    /// Absent when the statement never ran.
    interrupt: Option<InterruptHandle>,
    /// How many assets are asked, of realtime jobs only.
    asked: Option<usize>,
    progress: Mutex<Progress>,
}

/// What polls have moved.
#[derive(Debug, Clone, Copy)]
struct Progress {
    status: Status,
    ended: Option<UtcInstant>,
}

impl std::fmt::Debug for Job {
    /// The handle that interrupts a statement cannot be shown.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Job")
            .field("id", &self.id)
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}

impl Job {
    /// A job whose statement runs already.
    pub(crate) fn new(
        id: String,
        wish: Wish,
        customer_id: &str,
        outcome: watch::Receiver<Option<Outcome>>,
        interrupt: Option<InterruptHandle>,
        asked: Option<usize>,
    ) -> Self {
        let progress = Mutex::new(Progress { status: Status::Queued, ended: None });
        let customer_id = customer_id.to_owned();
        Self { id, wish, customer_id, created: UtcInstant::now(), outcome, interrupt, asked, progress }
    }

    /// Where it stands.
    pub(crate) fn status(&self) -> Status {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner).status
    }

    /// The table of a job that has finished.
    pub(crate) fn table(&self) -> Option<Outcome> {
        (self.status() == Status::Finished).then(|| self.outcome.borrow().clone()).flatten()
    }

    /// One poll: queued jobs run, running jobs end once their statement has.
    pub(crate) async fn poll(&self) {
        match self.status() {
            Status::Queued => self.move_to(Status::Running),
            Status::Running => {
                let mut outcome = self.outcome.clone();
                let ended = tokio::time::timeout(PATIENCE, outcome.wait_for(Option::is_some)).await;
                if let Ok(Ok(outcome)) = ended
                    && let Some(outcome) = outcome.as_ref()
                {
                    self.move_to(if outcome.is_ok() { Status::Finished } else { Status::Error });
                }
            }
            Status::Finished | Status::Error | Status::Cancelled => {}
        }
    }

    /// Stops the statement, unless the job has ended.
    pub(crate) fn cancel(&self) {
        if let Some(interrupt) = &self.interrupt {
            interrupt.interrupt();
        }
        self.move_to(Status::Cancelled);
    }

    fn move_to(&self, status: Status) {
        let mut progress = self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        // A poll and a cancellation may meet: what has ended stays as it ended.
        if progress.ended.is_none() {
            progress.status = status;
            progress.ended = (!matches!(status, Status::Queued | Status::Running)).then(UtcInstant::now);
        }
    }

    /// The job object.
    pub(crate) fn to_json(&self) -> Value {
        let progress = *self.progress.lock().unwrap_or_else(PoisonError::into_inner);
        let outcome = progress.ended.and_then(|_| self.outcome.borrow().clone());
        let table = outcome.as_ref().and_then(|outcome| outcome.as_ref().as_ref().ok());
        let error = outcome.as_ref().and_then(|outcome| outcome.as_ref().as_ref().err());
        let columns =
            table.filter(|_| progress.status == Status::Finished).map(|table| columns(&table.columns));
        let (id, customer) = (&self.id, &self.customer_id);
        let mut job = json!({
            "id": id,
            "customerId": customer,
            "type": self.wish.kind.as_deref().unwrap_or("global"),
            "name": self.wish.name.clone().unwrap_or_else(|| hexadecimal_name(id)),
            "query": self.wish.query,
            "parameters": self.wish.parameters,
            "parameterValues": self.wish.parameter_values,
            "filters": self.wish.filters,
            "queryId": null,
            "status": progress.status.word(),
            "rowCount": table.map_or(0, |table| table.rows.len()),
            "startTime": self.created.iso(),
            "endTime": progress.ended.map(UtcInstant::iso),
            "error": error.map(error_json),
            "purged": false,
            "incompleteResults": false,
            "alertId": null,
            "createdBy": null,
            "updatedBy": null,
            "createdAt": self.created.iso(),
            "updatedAt": progress.ended.unwrap_or(self.created).iso(),
            "source": null,
            "resultStore": null,
            "agentType": self.wish.agent_type.as_deref().unwrap_or("asset"),
            "resourceType": "asset",
            "queryStats": table.map(|table| query_stats(table.rows.len())),
            "sessionProperties": null,
            "links": [
                { "rel": "self", "title": "Query job information", "href": format!("/api/customers/{customer}/queryJobs/{id}") },
                { "rel": "parent", "title": "Customer information", "href": format!("/api/customers/{customer}") },
            ],
        });
        if let Some(job) = job.as_object_mut() {
            // Clients that show tables take the order of the columns from here.
            job.extend(columns.map(|columns| ("columns".to_owned(), columns)));
            job.extend(
                self.asset_counts(progress.status).map(|counts| ("queryJobAssetCounts".to_owned(), counts)),
            );
        }
        job
    }

    /// Where the asked assets stand. What is left to do counts down to 0, also in `total`, for so the vendor's own
    /// scripts tell the end.
    fn asset_counts(&self, status: Status) -> Option<Value> {
        let asked = self.asked?;
        let at = |this: Status| if status == this { asked } else { 0 };
        let left = if matches!(status, Status::Queued | Status::Running) { asked } else { 0 };
        Some(json!({
            "total": left,
            "queued": at(Status::Queued),
            "running": at(Status::Running),
            "finished": at(Status::Finished),
            "error": at(Status::Error),
            "cancelled": at(Status::Cancelled),
        }))
    }

    /// The realm of its statement.
    pub(crate) fn realm(&self) -> Realm {
        Realm::of_word(self.wish.kind.as_deref()).unwrap_or(Realm::Global)
    }

    /// When it began and ended, as its results say.
    pub(crate) fn times(&self) -> (String, Option<String>) {
        let ended = self.progress.lock().unwrap_or_else(PoisonError::into_inner).ended;
        (self.created.iso(), ended.map(UtcInstant::iso))
    }
}

/// Columns as jobs and results show them.
pub(crate) fn columns(columns: &[Column]) -> Value {
    columns
        .iter()
        .map(|column| json!({ "name": column.name, "type": column.kind, "originalName": column.original_name, "link": null }))
        .collect()
}

/// Nobody measures, but clients show it.
pub(crate) fn query_stats(rows: usize) -> Value {
    json!({ "cpuTimeMillis": 1, "processedRows": rows, "processedBytes": rows * 64, "elapsedTimeMillis": 1 })
}

/// What stands for the MD5 sum that the vendor gives as the name of a job without one.
fn hexadecimal_name(id: &str) -> String {
    id.chars().filter(char::is_ascii_hexdigit).collect()
}

fn error_json(error: &SqlError) -> Value {
    json!({ "message": { "brief": error.brief, "detail": error.detail } })
}
