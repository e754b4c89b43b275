//! `POST /_demo/faults`: orders faults; `DELETE` takes back those that were not met yet.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::fault::Fault;

/// The faults of the next requests, one each.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Order {
    next: Vec<Fault>,
}

/// Puts faults into the queue and says how many wait there.
pub(crate) async fn order(State(demo): State<Arc<Demo>>, Json(order): Json<Order>) -> Json<Value> {
    Json(json!({ "waiting": demo.faults.add(order.next) }))
}

/// Empties the queue.
pub(crate) async fn clear(State(demo): State<Arc<Demo>>) -> StatusCode {
    demo.faults.clear();
    StatusCode::NO_CONTENT
}
