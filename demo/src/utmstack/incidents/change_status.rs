//! `PUT /api/utm-incidents/change-status`: the whole incident is written anew, and its alerts follow
//! (docs/utmstack.md, 5.4).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::set_status;
use crate::utmstack::body::{Body, parse_error};
use crate::utmstack::failure::Failure;
use crate::utmstack::incidents::INCIDENTS;
use crate::utmstack::incidents::history::Deed;
use crate::utmstack::painless::compile_escaped;
use crate::utmstack::search::json_text;
use crate::utmstack::status_code::{COMPLETED, IN_REVIEW, OPEN};

/// What is left out becomes null, or breaks a rule of the database: 500.
pub(crate) async fn change_status(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = "UtmIncidentResource.changeStatus";
    let failed = |cause: &str| Failure::internal(place, cause);
    let body = Body::read(&headers, &body)?;
    let values = INCIDENTS.values("utmIncident", &body)?;
    let id = body.int("id")?.ok_or_else(|| failed("Invalid id"))?;
    let name = body.text("incidentStatus")?;
    let status = match name.as_deref() {
        Some("OPEN") => Some(OPEN),
        Some("IN_REVIEW") => Some(IN_REVIEW),
        Some("COMPLETED") => Some(COMPLETED),
        Some("MERGED") | None => None,
        Some(other) => {
            return Err(parse_error(&format!("not one of the values accepted for Enum class: {other}")));
        }
    };
    // A solution that is not there is written into the alerts as a word.
    let solution = body.text("incidentSolution")?.unwrap_or_else(|| "null".to_owned());
    compile_escaped(&solution, true).map_err(|cause| failed(&cause))?;
    let personality = demo.utmstack.personality;
    let written = demo.utmstack.writing(move |db| {
        INCIDENTS.replace(db, id, &values)?;
        let deed = Deed { login: &claims.sub, now: UtcInstant::now() };
        if let Some(status) = status {
            let ids: Vec<String> = db
                .prepare_cached("SELECT alert_id FROM incident_alert WHERE incident_id = ?")?
                .query_map([id], |row| row.get(0))?
                .collect::<Result<_, _>>()?;
            db.execute("UPDATE incident_alert SET alert_status = ? WHERE incident_id = ?", [status, id])?;
            set_status(db, personality, &ids, status, &solution, deed.now)?;
        }
        let kind = if status == Some(COMPLETED) { "INCIDENT_COMPLETED" } else { "INCIDENT_STATUS_CHANGE" };
        let detail = format!("Incident status changed to {}", name.unwrap_or_default());
        deed.note(db, id, kind, "Incident status changed", &detail)?;
        Ok(INCIDENTS.record(db, id)?.unwrap_or_default())
    });
    written.await.map(json_text).map_err(|error| failed(&error.to_string()))
}
