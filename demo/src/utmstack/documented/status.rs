//! `POST /api/utm-alerts/status` as documented (docs/utmstack.md, A.3.3).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::{Action, Record, add_tag, of_ids, set_status};
use crate::utmstack::body::Body;
use crate::utmstack::documented::ids::{bad_request, first_unknown, internal, needed, unknown};
use crate::utmstack::failure::Failure;
use crate::utmstack::status_code::{COMPLETED, FALSE_POSITIVE, IN_REVIEW, OPEN};

/// Sets 2, 3 or 5, and with any of them the tag. One unknown id is 404, and nothing is changed.
pub(crate) async fn update_status(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let body = Body::read(&headers, &body)?;
    let ids = needed(&body, "alertIds")?;
    let status = body.int("status")?.filter(|status| [OPEN, IN_REVIEW, COMPLETED].contains(status));
    let status = status.ok_or_else(|| bad_request("Invalid request", "status must be 2, 3 or 5"))?;
    let observation = body.text("statusObservation")?.unwrap_or_default();
    let adds_tag = body.flag("addFalsePositiveTag")?.unwrap_or(false);
    let (now, personality) = (UtcInstant::now(), demo.utmstack.personality);
    let written = demo.utmstack.writing(move |db| {
        if let Some(id) = first_unknown(db, &ids)? {
            return Ok(Some(id));
        }
        let seqs = of_ids(db, &ids, false)?;
        let record = Record::before(db, &seqs)?;
        set_status(db, personality, &ids, status, &observation, now)?;
        if adds_tag {
            add_tag(db, &seqs, FALSE_POSITIVE, now)?;
        }
        let login = claims.sub;
        let message =
            |before: &str| format!("{login} changed the status from {before} to {status}: {observation}");
        record.after(db, Action::Status, &login, message, now)?;
        Ok(None)
    });
    match written.await {
        Ok(None) => Ok(StatusCode::OK),
        Ok(Some(id)) => Err(unknown(&id)),
        Err(error) => Err(internal(&error)),
    }
}
