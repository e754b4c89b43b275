//! Runs of threat books (docs/uptycs.md, "Threat intelligence"). A run is over as soon as it is asked for, and
//! finds nothing: its sections are attested, what they find is not.

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use crate::demo::Demo;
use crate::random::Random;
use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;

/// `POST /threatBooks/{id}/runs`.
pub(crate) fn run(demo: &Arc<Demo>, call: &Call, book: &str) -> Result<Response, Failure> {
    let body: Map<String, Value> = call.json()?;
    for name in ["windowStartTime", "windowEndTime"] {
        if !body.contains_key(name) {
            return Err(Failure::bad_request(format!("\"{name}\" is required")));
        }
    }
    Ok(Json(json!({ "id": demo.uptycs.new_id(), "threatBookId": book, "status": "QUEUED" })).into_response())
}

/// `GET /threatBooks/{id}/runs/{runId}`.
pub(crate) fn get(book: &str, run: &str) -> Response {
    let mut random = Random::stream(0, run);
    let sections: Vec<Value> = ["ALERTS", "EVENTS", "THREATS"]
        .map(|kind| json!({ "id": random.uuid(), "status": "FINISHED", "threatBookSectionType": kind }))
        .into();
    Json(json!({ "id": run, "threatBookId": book, "status": "FINISHED", "sectionRuns": sections }))
        .into_response()
}

/// `GET /threatBooks/{id}/runs/{runId}/sectionResults/{sectionId}`.
pub(crate) fn section(id: &str) -> Response {
    Json(json!({ "id": id, "items": [] })).into_response()
}
