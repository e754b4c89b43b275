//! `POST /api/utm-alerts/convert-to-incident` as documented: it makes an incident under the caller's number
//! (docs/utmstack.md, A.3.6).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::{of_ids, stamp};
use crate::utmstack::body::Body;
use crate::utmstack::documented::ids::{bad_request, first_unknown, internal, needed, unknown};
use crate::utmstack::failure::Failure;

enum Outcome {
    Made(usize),
    Taken,
    Unknown(String),
}

/// A number that is taken is 400.
pub(crate) async fn convert_to_incident(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let body = Body::read(&headers, &body)?;
    let ids = needed(&body, "eventIds")?;
    let text = |field: &'static str| {
        let value = body.text(field)?.filter(|text| !text.trim().is_empty());
        value.ok_or_else(|| bad_request("Invalid request", format!("{field} is required")))
    };
    let (name, source) = (text("incidentName")?, text("incidentSource")?);
    let incident = body.int("incidentId")?;
    let incident = incident.ok_or_else(|| bad_request("Invalid request", "incidentId is required"))?;
    let written = demo.utmstack.writing(move |db| {
        if let Some(id) = first_unknown(db, &ids)? {
            return Ok(Outcome::Unknown(id));
        }
        let now = UtcInstant::now();
        if !make(db, incident, &name, &ids, now)? {
            return Ok(Outcome::Taken);
        }
        let seqs = of_ids(db, &ids, false)?;
        stamp(&name, incident, &source, &claims.sub, now).apply(db, &seqs, now)?;
        Ok(Outcome::Made(seqs.len()))
    });
    match written.await {
        Ok(Outcome::Made(count)) => Ok(Json(json!({
            "success": true,
            "incidentId": incident,
            "message": "Incident created successfully",
            "alertsConverted": count,
        }))),
        Ok(Outcome::Taken) => Err(bad_request(
            "Incident ID already exists",
            format!("Incident with ID {incident} already exists"),
        )),
        Ok(Outcome::Unknown(id)) => Err(unknown(&id)),
        Err(error) => Err(internal(&error)),
    }
}

/// Writes the incident with its alerts; `false` when the number is taken.
fn make(
    db: &Connection,
    incident: i64,
    name: &str,
    ids: &[String],
    now: UtcInstant,
) -> rusqlite::Result<bool> {
    let made = db.execute(
        "INSERT INTO incident (id, incident_name, incident_description, incident_status, incident_severity,
            incident_created_date) VALUES (?1, ?2, ?2, 'OPEN',
            (SELECT max(severity) FROM alert WHERE id IN (SELECT value FROM json_each(?3))), ?4)
         ON CONFLICT DO NOTHING",
        params![incident, name, Value::from(ids).to_string(), now.iso()],
    )?;
    db.execute(
        "INSERT INTO incident_alert (incident_id, alert_id, alert_name, alert_status, alert_severity)
            SELECT ?1, id, name, status, severity FROM alert
            WHERE ?2 AND id IN (SELECT value FROM json_each(?3))",
        params![incident, made > 0, Value::from(ids).to_string()],
    )?;
    Ok(made > 0)
}
