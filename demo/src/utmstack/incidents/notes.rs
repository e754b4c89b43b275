//! `POST /api/utm-incident-notes` (docs/utmstack.md, 5.4).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use rusqlite::types::Value as Sql;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::incidents::NOTES;
use crate::utmstack::incidents::history::Deed;
use crate::utmstack::records::created;

/// A note by whoever is logged in: 201.
pub(crate) async fn create_note(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = NOTES.place("createUtmIncidentNote");
    let body = Body::read(&headers, &body)?;
    let mut values = NOTES.values("newIncidentNoteDTO", &body)?;
    let incident = body.int("incidentId")?.unwrap_or_default();
    let now = UtcInstant::now();
    // When and by whom is the server's to say.
    values.truncate(2);
    values.extend([Sql::from(now.iso()), Sql::from(claims.sub.clone())]);
    let written = demo.utmstack.writing(move |db| {
        let id = NOTES.insert(db, &values)?;
        Deed { login: &claims.sub, now }.note(
            db,
            incident,
            "INCIDENT_NOTE_ADD",
            "Note added",
            "New note added",
        )?;
        Ok((id, NOTES.record(db, id)?.unwrap_or_default()))
    });
    let (id, record) = written.await.map_err(|error| Failure::internal(&place, &error.to_string()))?;
    Ok(created(NOTES.path, NOTES.entity, id, record))
}
