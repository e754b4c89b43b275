use serde::Serialize;
use triagekit::http::Request;
use triagekit::page::{Link, Page, Total};
use triagekit::uptycs::JobProgress;

/// What the driver in `npm/js` is told to do next, as a plain object.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub(crate) enum Step {
    /// Send this and hand over what came.
    Send { method: &'static str, url: String, headers: Vec<(String, String)>, body: Option<String> },
    /// Come back after this long.
    Wait { ms: u64 },
    /// Come back when something was received on the same connection.
    Park,
    /// The last answer holds rows.
    Page(PageStep),
    /// A SQL job went on.
    Progress(JobProgress),
    /// It is finished. Where the result is a document, it is the last answer as a whole.
    Done { report: Report },
}

/// Which rows of the last answer count, and what stood around them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PageStep {
    /// The places of the rows in the answer; `null` for all of them.
    rows: Option<Vec<usize>>,
    /// How long the answer is, by which JavaScript sees that it holds the same one.
    bytes: usize,
    offset: u64,
    limit: u64,
    links: Vec<Link>,
    total: Option<Total>,
}

/// What stands at the end of an operation.
#[derive(Serialize)]
#[serde(untagged, rename_all_fields = "camelCase")]
pub(crate) enum Report {
    /// The last answer is the result.
    Document {},
    /// A list was read.
    Rows { rows: u64, pages: u64, duplicates: u64 },
    /// A SQL job was run.
    Sql { rows: u64, job: String, query: String },
    /// Something was counted.
    Count(Total),
}

impl From<Request> for Step {
    fn from(request: Request) -> Self {
        Self::Send {
            method: request.method.as_str(),
            url: request.url,
            headers: request
                .headers
                .iter()
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .collect(),
            // All bodies are JSON text; an empty one is what `fetch` sends for none.
            body: request.body.and_then(|bytes| String::from_utf8(bytes).ok()),
        }
    }
}

impl From<Page> for PageStep {
    fn from(page: Page) -> Self {
        let all = page.rows.len() == page.received;
        Self {
            rows: (!all).then(|| page.rows.iter().map(|row| row.index).collect()),
            bytes: page.body.len(),
            offset: page.offset,
            limit: page.limit,
            links: page.links,
            total: page.total,
        }
    }
}
