//! The headers that tell what became of a record (docs/utmstack.md, 1.11).

use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use crate::utmstack::search::json_text;

/// 201 with the record and where it is.
pub(crate) fn created(path: &str, entity: &str, id: i64, record: String) -> Response {
    let mut headers = told(&format!("A new {entity} is created with identifier {id}"));
    if let Ok(location) = HeaderValue::from_str(&format!("{path}/{id}")) {
        headers.insert(header::LOCATION, location);
    }
    (StatusCode::CREATED, headers, json_text(record)).into_response()
}

/// 200 with the record.
pub(crate) fn updated(entity: &str, id: i64, record: String) -> Response {
    (told(&format!("A {entity} is updated with identifier {id}")), json_text(record)).into_response()
}

/// 200 with nothing.
pub(crate) fn deleted(entity: &str, id: i64) -> Response {
    (StatusCode::OK, told(&format!("A {entity} is deleted with identifier {id}"))).into_response()
}

fn told(message: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    let message = HeaderValue::from_str(message).unwrap_or(HeaderValue::from_static(""));
    headers.insert(HeaderName::from_static("x-utmstack-alert"), message);
    headers.insert(HeaderName::from_static("x-utmstack-params"), HeaderValue::from_static(""));
    headers
}
