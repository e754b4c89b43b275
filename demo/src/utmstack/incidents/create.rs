//! `POST /api/utm-incidents` and `/add-alerts` (docs/utmstack.md, 5.4).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use rusqlite::params;

use crate::config::Personality;
use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::incidents::INCIDENTS;
use crate::utmstack::incidents::history::Deed;
use crate::utmstack::incidents::link::Link;
use crate::utmstack::search::json_text;

/// How a write ended.
enum Outcome {
    Written(String),
    Taken(String),
    NoIncident,
}

/// A new incident, answered with 200. An alert can be in one incident only: 409.
pub(crate) async fn create_incident(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = "UtmIncidentResource.createUtmIncident";
    let object = "newIncidentDTO";
    let body = Body::read(&headers, &body)?;
    let name = body.text("incidentName")?;
    let name = name.ok_or_else(|| Failure::invalid(object, "incidentName", "must not be null"))?;
    if name.contains('"') {
        return Err(Failure::invalid(object, "incidentName", "Double quotes are not allowed"));
    }
    let (description, assigned_to) = (body.text("incidentDescription")?, body.text("incidentAssignedTo")?);
    if description.as_deref().is_some_and(|text| text.chars().count() > 2_000) || name.chars().count() > 250 {
        return Err(Failure::internal(place, "value too long for type character varying"));
    }
    let links = Link::read_all(object, &body)?.ok_or_else(|| {
        Failure::handled(
            StatusCode::BAD_REQUEST,
            place,
            "A new incident has to have at least one alert related",
        )
    })?;
    let severity = links.iter().map(|link| link.severity).max();
    let outcome = demo.utmstack.writing(move |db| {
        if let Some(id) = Link::first_taken(db, &links)? {
            return Ok(Outcome::Taken(id));
        }
        let deed = Deed { login: &claims.sub, now: UtcInstant::now() };
        db.execute(
            "INSERT INTO incident (incident_name, incident_description, incident_status, incident_assigned_to,
                incident_severity, incident_created_date) VALUES (?, ?, 'OPEN', ?, ?, ?)",
            params![name, description, assigned_to, severity, deed.now.iso()],
        )?;
        let id = db.last_insert_rowid();
        for link in &links {
            link.insert(db, id)?;
        }
        let detail = format!("Incident {name} created by {} with {} alerts", claims.sub, links.len());
        deed.note(db, id, "INCIDENT_CREATED", "Incident created", &detail)?;
        Ok(Outcome::Written(INCIDENTS.record(db, id)?.unwrap_or_default()))
    });
    let record = finished(outcome.await, place)?;
    Ok(json_text(record))
}

/// More alerts for an incident: 201 with the incident.
pub(crate) async fn add_alerts(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = "UtmIncidentResource.addAlertsToUtmIncident";
    let object = "addToIncidentDTO";
    let body = Body::read(&headers, &body)?;
    let incident = body.int("incidentId")?;
    let incident = incident.ok_or_else(|| Failure::invalid(object, "incidentId", "must not be null"))?;
    let links = Link::read_all(object, &body)?.ok_or_else(|| {
        // UTMStack 10 lets this fall through to its catch-all.
        let status = if demo.utmstack.personality == Personality::V10 {
            StatusCode::INTERNAL_SERVER_ERROR
        } else {
            StatusCode::BAD_REQUEST
        };
        Failure::handled(status, place, "Add utmIncident cannot already have an empty related alerts")
    })?;
    let outcome = demo.utmstack.writing(move |db| {
        if let Some(id) = Link::first_taken(db, &links)? {
            return Ok(Outcome::Taken(id));
        }
        let Some(record) = INCIDENTS.record(db, incident)? else { return Ok(Outcome::NoIncident) };
        let deed = Deed { login: &claims.sub, now: UtcInstant::now() };
        for link in &links {
            link.insert(db, incident)?;
        }
        let detail = format!("{} new alerts added to incident", links.len());
        deed.note(db, incident, "INCIDENT_ALERT_ADD", "New alerts added to incident", &detail)?;
        Ok(Outcome::Written(record))
    });
    let record = finished(outcome.await, place)?;
    Ok((StatusCode::CREATED, json_text(record)).into_response())
}

fn finished(outcome: rusqlite::Result<Outcome>, place: &str) -> Result<String, Failure> {
    match outcome {
        Ok(Outcome::Written(record)) => Ok(record),
        Ok(Outcome::Taken(id)) => {
            let cause = format!("Some alerts are already linked to another incident. Alert IDs: {id}");
            Err(Failure::handled(StatusCode::CONFLICT, place, &cause))
        }
        Ok(Outcome::NoIncident) => Err(Failure::internal(place, "Incident not found")),
        Err(error) => Err(Failure::internal(place, &error.to_string())),
    }
}
