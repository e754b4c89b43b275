//! `/api/utm-incident-alerts`: the links themselves (docs/utmstack.md, 5.4).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use rusqlite::params;
use serde_json::Value;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::incidents::LINKS;
use crate::utmstack::incidents::history::Deed;
use crate::utmstack::records::{created, updated};

/// A new link: 201.
pub(crate) async fn create_link(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = LINKS.place("createUtmIncidentAlert");
    let body = Body::read(&headers, &body)?;
    let values = LINKS.values("utmIncidentAlert", &body)?;
    if body.int("id")?.is_some() {
        return Err(Failure::internal(&place, "A new utmIncidentAlert cannot already have an ID"));
    }
    let written = demo.utmstack.writing(move |db| {
        let id = LINKS.insert(db, &values)?;
        Ok((id, LINKS.record(db, id)?.unwrap_or_default()))
    });
    let (id, record) = written.await.map_err(|error| Failure::internal(&place, &error.to_string()))?;
    Ok(created(LINKS.path, LINKS.entity, id, record))
}

/// Rewrites a link.
pub(crate) async fn update_link(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = LINKS.place("updateUtmIncidentAlert");
    let body = Body::read(&headers, &body)?;
    let values = LINKS.values("utmIncidentAlert", &body)?;
    let id = body.int("id")?.ok_or_else(|| Failure::internal(&place, "Invalid id"))?;
    let written = demo.utmstack.writing(move |db| {
        LINKS.replace(db, id, &values)?;
        Ok(LINKS.record(db, id)?.unwrap_or_default())
    });
    let record = written.await.map_err(|error| Failure::internal(&place, &error.to_string()))?;
    Ok(updated(LINKS.entity, id, record))
}

/// Sets the status in the copies of an incident; the alerts themselves are left as they are.
pub(crate) async fn update_link_status(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let object = "alertIncidentStatusChangeDTO";
    let not_null = |field: &'static str| Failure::invalid(object, field, "must not be null");
    let body = Body::read(&headers, &body)?;
    let incident = body.int("incidentId")?.ok_or_else(|| not_null("incidentId"))?;
    let ids = body.texts("alertIds")?.ok_or_else(|| not_null("alertIds"))?;
    let status = body.int("status")?.ok_or_else(|| not_null("status"))?;
    let written = demo.utmstack.writing(move |db| {
        let count = db.execute(
            "UPDATE incident_alert SET alert_status = ? WHERE incident_id = ?
                AND alert_id IN (SELECT value FROM json_each(?))",
            params![status, incident, Value::from(ids).to_string()],
        )?;
        let deed = Deed { login: &claims.sub, now: UtcInstant::now() };
        let detail = format!("{count} alerts changed to status {status}");
        deed.note(db, incident, "INCIDENT_ALERT_STATUS_CHANGED", "Alert status changed", &detail)
    });
    let written = written.await;
    written
        .map(|()| StatusCode::OK)
        .map_err(|error| Failure::internal(&LINKS.place("updateStatus"), &error.to_string()))
}
