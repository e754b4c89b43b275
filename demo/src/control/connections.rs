//! `GET /_demo/connections`: what a client needs to connect to both vendors.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::utmstack::{PASSWORD, USERNAME};

/// The address, the user and the key file.
pub(crate) async fn connections(State(demo): State<Arc<Demo>>) -> Json<Value> {
    Json(json!({
        "utmstack": { "url": demo.base_url, "username": USERNAME, "password": PASSWORD },
        "uptycs": demo.uptycs.key_file,
    }))
}
