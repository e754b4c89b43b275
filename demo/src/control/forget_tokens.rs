//! `POST /_demo/forget-tokens`: UTMStack's tokens die, as they do when it restarts.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;

use crate::demo::Demo;

/// Changes the signing secret.
pub(crate) async fn forget_tokens(State(demo): State<Arc<Demo>>) -> StatusCode {
    demo.utmstack.forget_tokens();
    StatusCode::NO_CONTENT
}
