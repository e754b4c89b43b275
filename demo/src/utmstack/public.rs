//! What is answered without a login (docs/utmstack.md, 0 and 2.4).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::config::Personality;
use crate::demo::Demo;

/// `GET /api/ping` and `GET /api/healthcheck`: the name of a status, as JSON.
pub(crate) async fn ping() -> Json<&'static str> {
    Json("OK")
}

/// `GET /api/date-format`: how the UI shows instants.
pub(crate) async fn date_format() -> Json<Value> {
    Json(json!({ "dateFormat": "yyyy-MM-dd HH:mm:ss", "timezone": "UTC" }))
}

/// `GET /api/releaseInfo`: which version this is. Only that it is public is known; its fields are guessed.
pub(crate) async fn release_info(State(demo): State<Arc<Demo>>) -> Json<Value> {
    let version = match demo.utmstack.personality {
        Personality::V10 => "10.8.1",
        Personality::V11 => "11.0.1",
        Personality::Documented => "10.9.0",
    };
    Json(json!({ "version": version, "build": { "version": version, "name": "utmstack" } }))
}

/// `GET /api/images/all`: the pictures that can be changed.
pub(crate) async fn images() -> Json<Value> {
    let names = ["LOGIN", "HEADER", "REPORT", "REPORT_COVER"];
    let images =
        names.map(|name| json!({ "shortName": name, "tooltipText": name, "systemImg": "", "userImg": "" }));
    Json(json!(images))
}

/// `POST /api/account/reset-password/init` and `/finish`: taken, and nothing is mailed.
pub(crate) async fn reset_password() -> StatusCode {
    StatusCode::OK
}
