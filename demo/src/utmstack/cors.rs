//! UTMStack lets browsers of any origin in (docs/utmstack.md, 6).

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

const EXPOSED: HeaderValue = HeaderValue::from_static(
    "Authorization, Link, X-Total-Count, X-UtmStack-alert, X-UtmStack-error, X-UtmStack-params",
);
const VARY: HeaderValue =
    HeaderValue::from_static("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");

/// Adds the CORS headers, and answers preflights before anybody asks for a token.
pub(crate) async fn cors(request: Request, next: Next) -> Response {
    if !request.headers().contains_key(header::ORIGIN) {
        return next.run(request).await;
    }
    let wanted_method = request.headers().get(header::ACCESS_CONTROL_REQUEST_METHOD).cloned();
    let mut answer = match wanted_method {
        Some(method) if request.method() == Method::OPTIONS => preflight(method, request.headers()),
        _ => next.run(request).await,
    };
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    headers.insert(header::VARY, VARY);
    answer
}

fn preflight(method: HeaderValue, asked: &HeaderMap) -> Response {
    let mut answer = StatusCode::OK.into_response();
    let headers = answer.headers_mut();
    headers.insert(header::ACCESS_CONTROL_ALLOW_METHODS, method);
    if let Some(names) = asked.get(header::ACCESS_CONTROL_REQUEST_HEADERS) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_HEADERS, names.clone());
    }
    headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from_static("1800"));
    answer
}
