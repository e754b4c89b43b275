//! `POST /api/utm-alerts/convert-to-incident`, which makes no incident (docs/utmstack.md, 1.7).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::{Change, Set, of_ids};
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;

const PLACE: &str = "UtmAlertResource.convertToIncident";
const OBJECT: &str = "convertToIncidentRequestBody";

/// Stamps alerts that are in no incident yet. Whether there is such an incident nobody asks; nothing of it is
/// told in the history, because the query of the log runs after the update and finds nothing any more.
pub(crate) async fn convert_to_incident(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let failed = |cause: &str| Failure::internal(PLACE, cause);
    let not_null = |field: &'static str| Failure::invalid(OBJECT, field, "must not be null");
    let body = Body::read(&headers, &body)?;
    let ids = body.texts("eventIds")?.ok_or_else(|| not_null("eventIds"))?;
    let name = body.text("incidentName")?.ok_or_else(|| not_null("incidentName"))?;
    let incident = body.int("incidentId")?.ok_or_else(|| not_null("incidentId"))?;
    let source = body.text("incidentSource")?.ok_or_else(|| not_null("incidentSource"))?;
    if name.contains('"') {
        return Err(Failure::invalid(OBJECT, "incidentName", "Double quotes are not allowed"));
    }
    if ids.is_empty() {
        return Err(failed("Parameter eventIds must not be null or empty"));
    }
    if name.trim().is_empty() {
        return Err(failed("Parameter incidentName must not be null or empty"));
    }
    let now = UtcInstant::now();
    let change = stamp(&name, incident, &source, &claims.sub, now);
    demo.utmstack
        .writing(move |db| {
            let mut seqs = of_ids(db, &ids, false)?;
            let mut is_free = db.prepare_cached("SELECT is_incident = 0 FROM alert WHERE seq = ?")?;
            seqs.retain(|seq| is_free.query_row([seq], |row| row.get(0)).unwrap_or(false));
            change.apply(db, &seqs, now)
        })
        .await
        .map_err(|error| failed(&error.to_string()))?;
    Ok(StatusCode::OK)
}

/// What is written into an alert: the number of the incident as a text.
pub(crate) fn stamp(name: &str, incident: i64, source: &str, login: &str, now: UtcInstant) -> Change {
    Change::default()
        .with("$.isIncident", Some("is_incident"), Set::Json("true".to_owned()))
        .with("$.incidentDetail.incidentName", None, Set::Text(name.to_owned()))
        .with("$.incidentDetail.incidentId", None, Set::Text(incident.to_string()))
        .with("$.incidentDetail.creationDate", None, Set::Text(now.iso()))
        .with("$.incidentDetail.createdBy", None, Set::Text(login.to_owned()))
        .with("$.incidentDetail.source", None, Set::Text(source.to_owned()))
}
