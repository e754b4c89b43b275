//! `POST /_demo/review`: UTMStack's automatic review, now instead of at its next turn.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::utmstack::review;

/// How many alerts are out of review now that were in it before.
pub(crate) async fn review_now(State(demo): State<Arc<Demo>>) -> Result<Json<Value>, (StatusCode, String)> {
    let meaning = demo.utmstack.meaning();
    let reviewed = demo.utmstack.writing(move |db| review(db, meaning)).await;
    reviewed
        .map(|count| Json(json!({ "reviewed": count })))
        .map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}
