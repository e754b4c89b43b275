//! `POST /api/utm-alerts/notes?alertId=` (docs/utmstack.md, 1.6).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::{Action, Change, Record, Set, of_ids};
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::parameter;
use crate::utmstack::painless::compile_escaped;

const PLACE: &str = "UtmAlertResource.updateAlertNotes";

/// Overwrites the notes with the raw body, whatever its content type says it is.
pub(crate) async fn update_notes(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Query(pairs): Query<Vec<(String, String)>>,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let failed = |cause: &str| Failure::internal(PLACE, cause);
    let id = parameter(&pairs, "alertId").ok_or_else(|| Failure::missing_parameter("String", "alertId"))?;
    let ids = vec![id.to_owned()];
    // An empty body is null to Spring, and null is a word once it is concatenated.
    let notes = if body.is_empty() { "null".to_owned() } else { String::from_utf8_lossy(&body).into_owned() };
    compile_escaped(&notes, false).map_err(|cause| failed(&cause))?;
    let now = UtcInstant::now();
    demo.utmstack
        .writing(move |db| {
            let seqs = of_ids(db, &ids, false)?;
            let record = Record::before(db, &seqs)?;
            Change::default().with("$.notes", None, Set::Text(notes.clone())).apply(db, &seqs, now)?;
            let login = claims.sub;
            let message = |_: &str| format!("The {login} user updated the alert notes with: <br>{notes}");
            record.after(db, Action::Notes, &login, message, now)
        })
        .await
        .map_err(|error| failed(&error.to_string()))?;
    Ok(StatusCode::OK)
}
