//! `POST /api/utm-alerts/notes` as documented: one JSON string (docs/utmstack.md, A.3.5).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde_json::Value;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::{Action, Change, Record, Set, of_ids};
use crate::utmstack::documented::ids::{bad_request, internal, is_uuid, unknown};
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::parameter;

/// Overwrites the notes; the empty text clears them. One page shows a message in the answer, the overview and the
/// vendor's collection an empty body, which is what the collection's own tests insist on.
pub(crate) async fn update_notes(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Query(pairs): Query<Vec<(String, String)>>,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let id = parameter(&pairs, "alertId").filter(|id| is_uuid(id));
    let id = id.ok_or_else(|| bad_request("Invalid request", "alertId must be a UUID"))?.to_owned();
    let Ok(Value::String(notes)) = serde_json::from_slice(&body) else {
        return Err(bad_request("Invalid request", "The body must be a JSON string"));
    };
    let now = UtcInstant::now();
    let asked = id.clone();
    let written = demo.utmstack.writing(move |db| {
        let seqs = of_ids(db, &[asked], false)?;
        let record = Record::before(db, &seqs)?;
        Change::default().with("$.notes", None, Set::Text(notes.clone())).apply(db, &seqs, now)?;
        let login = claims.sub;
        record.after(db, Action::Notes, &login, |_| format!("{login} updated the notes: {notes}"), now)?;
        Ok(!seqs.is_empty())
    });
    match written.await {
        Ok(true) => Ok(StatusCode::OK),
        Ok(false) => Err(unknown(&id)),
        Err(error) => Err(internal(&error)),
    }
}
