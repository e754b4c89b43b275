//! The paths of `/_demo`.

use std::sync::Arc;

use axum::Router;
use axum::routing::{get, post};

use crate::control::{connections, faults, forget_tokens, ids, live, review, second_factor, state};
use crate::demo::Demo;

/// Everything under `/_demo`.
pub(crate) fn router(demo: &Arc<Demo>) -> Router {
    Router::new()
        .route("/_demo/connections", get(connections::connections))
        .route("/_demo/ids", get(ids::ids))
        .route("/_demo/state", get(state::state))
        .route("/_demo/faults", post(faults::order).delete(faults::clear))
        .route("/_demo/review", post(review::review_now))
        .route("/_demo/second-factor", get(second_factor::second_factor))
        .route("/_demo/live", post(live::live))
        .route("/_demo/forget-tokens", post(forget_tokens::forget_tokens))
        .with_state(Arc::clone(demo))
}
