use super::source::{Answer, PageQuery, Partition, Source, TimedRow};
use super::timed::time_of;
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Channel};
use crate::page::read_envelope;
use crate::platform::Platform;
use core::time::Duration;
use serde_json::{Map, Value, json};

const MILLISECOND: Duration = Duration::from_millis(1);
/// Sizes that servers are known to cap a page at; a page of such a size may have been cut (docs/uptycs.md, 3.1).
const KNOWN_CAP: usize = 1_000;
/// Fields that people change while a pull runs: a filter on one of them moves rows in and out of it.
const MUTABLE: [&str; 7] =
    ["status", "assignedTo", "note", "noteId", "alertStatusReasonId", "updatedAt", "live"];

/// A list of Uptycs that has a time of creation, such as `alerts`, `detections` or `assets`.
#[derive(Debug, Clone)]
pub struct UptycsSource {
    channel: Channel,
    path: String,
    time_field: &'static str,
    filters: Map<String, Value>,
}

impl UptycsSource {
    /// A list at `path`, placed by `createdAt`, with further filters of the form `{"field":{"operator":value}}`.
    pub(crate) fn new(channel: &Channel, path: String, filters: Map<String, Value>) -> Self {
        Self { channel: channel.clone(), path, time_field: "createdAt", filters }
    }
}

impl Source for UptycsSource {
    fn platform(&self) -> Platform {
        Platform::Uptycs
    }

    fn channel(&self) -> &Channel {
        &self.channel
    }

    fn largest_page(&self) -> u64 {
        10_000
    }

    fn call(&self, query: &PageQuery) -> Call {
        // Whether `between` includes its ends is not known: a millisecond more at both ends serves either way.
        let from = query.window.from.before(MILLISECOND);
        let to = query.window.to;
        let mut filters = self.filters.clone();
        filters.insert(self.time_field.to_owned(), json!({ "between": [from.to_string(), to.to_string()] }));
        let order = if query.is_newest_first { "desc" } else { "asc" };
        Call::get(&self.path, "pulling rows")
            .with("sort", format!("{}:{order}", self.time_field))
            .with("filters", Value::Object(filters).to_string())
            .with("limit", query.size.to_string())
            .with("offset", query.offset.to_string())
    }

    fn read(&self, query: &PageQuery, response: Response) -> Result<Answer, Error> {
        let envelope = read_envelope(&response.body).map_err(|cause| {
            let expected = "a JSON object with a list \"items\"";
            Unexpected::body(Platform::Uptycs, "pulling rows", &response, expected, &cause)
        })?;
        let came = envelope.rows.len();
        let has_next = envelope.links.iter().any(|link| link.rel == "next");
        let asked = envelope.limit.unwrap_or(query.size).min(query.size);
        let is_full = u64::try_from(came).is_ok_and(|came| came >= asked) || came.is_multiple_of(KNOWN_CAP);
        let rows = envelope.rows.into_iter().map(|row| {
            let at = response.body.get(row.bytes.clone()).and_then(|bytes| time_of(bytes, self.time_field));
            TimedRow { row, at }
        });
        let rows = rows.collect();
        Ok(Answer { rows, is_cut: came > 0 && (has_next || is_full), body: response.body })
    }

    fn split(&self, _partition: &Partition) -> Vec<Partition> {
        Vec::new()
    }

    fn weakness(&self) -> Option<String> {
        let mutable = self.filters.keys().find(|field| MUTABLE.contains(&field.as_str()))?;
        Some(format!("the filter on {mutable} lets rows move in and out while the pull runs"))
    }
}
