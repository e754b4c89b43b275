//! `POST /_demo/live`: alerts come, change and go at both vendors, at once and without a timer.

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use crate::demo::Demo;
use crate::live::{Moved, Order};

/// Carries out the order and gives the ids by vendor.
pub(crate) async fn live(
    State(demo): State<Arc<Demo>>,
    Json(order): Json<Order>,
) -> Result<Json<BTreeMap<&'static str, Moved>>, (StatusCode, String)> {
    let failed = |words: String| (StatusCode::INTERNAL_SERVER_ERROR, words);
    tokio::task::spawn_blocking(move || demo.live(order))
        .await
        .map_err(|error| failed(error.to_string()))?
        .map(Json)
        .map_err(|error| failed(error.to_string()))
}
