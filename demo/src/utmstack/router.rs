//! The paths of UTMStack.

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post};

use crate::demo::Demo;
use crate::utmstack::account::account;
use crate::utmstack::authenticate::{authenticate, who_is_authenticated};
use crate::utmstack::cors::cors;
use crate::utmstack::count_open_alerts::count_open_alerts;
use crate::utmstack::failure::Failure;
use crate::utmstack::guard::guard;
use crate::utmstack::search::search;

/// Everything under `/api`: first CORS, then the token, then the path, as Spring orders them.
pub(crate) fn router(demo: &Arc<Demo>) -> Router {
    Router::new()
        .route("/api/ping", get(|| async { "OK" }))
        .route("/api/authenticate", post(authenticate).get(who_is_authenticated))
        .route("/api/account", get(account))
        .route("/api/elasticsearch/search", post(search))
        .route("/api/utm-alerts/count-open-alerts", get(count_open_alerts))
        .method_not_allowed_fallback(wrong_method)
        .fallback(unknown_path)
        .layer(from_fn_with_state(Arc::clone(demo), guard))
        .layer(from_fn(cors))
        .with_state(Arc::clone(demo))
}

async fn unknown_path(request: Request) -> Failure {
    Failure::Uncaught { status: StatusCode::NOT_FOUND, path: request.uri().path().to_owned() }
}

async fn wrong_method(request: Request) -> Failure {
    let detail = format!("Request method '{}' not supported", request.method());
    Failure::with_message(StatusCode::METHOD_NOT_ALLOWED, request.uri().path(), &detail)
}
