use super::reading::Reading;
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::Call;
use crate::page::{Page, read_any};
use crate::platform::Platform;

/// Makes one call whose answer holds rows, and gives them all at once: `{"items":[…]}`, a bare array or `{"tables":[…]}`.
pub type Rows = Reading<Page>;

/// Prepares such a call.
pub(crate) fn rows(call: Call) -> Rows {
    Reading::new(call, understand)
}

fn understand(call: &Call, response: Response) -> Result<Page, Error> {
    let (envelope, _) = read_any(&response.body).map_err(|cause| {
        Unexpected::body(Platform::Uptycs, call.doing, &response, "rows as a list or an array", &cause)
    })?;
    let received = envelope.rows.len();
    Ok(Page {
        body: response.body,
        rows: envelope.rows,
        received,
        offset: envelope.offset.unwrap_or(0),
        limit: envelope.limit.unwrap_or_else(|| u64::try_from(received).unwrap_or(u64::MAX)),
        links: envelope.links,
        total: None,
    })
}
