//! Lists that count their pages from 0 and whose links are right (docs/utmstack.md, 1.1).

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use crate::utmstack::pageable::Pageable;
use crate::utmstack::search::json_text;

/// A page of a list that is there as a whole.
pub(crate) fn paged(path: &str, pageable: &Pageable, all: &[Value]) -> Response {
    let total = i64::try_from(all.len()).unwrap_or(i64::MAX);
    let position = |number: i64| usize::try_from(number).unwrap_or(usize::MAX);
    let from = position(pageable.page.saturating_mul(pageable.size));
    let page: Vec<String> =
        all.iter().skip(from).take(position(pageable.size)).map(Value::to_string).collect();
    page_of(path, pageable, total, format!("[{}]", page.join(",")))
}

/// A page that has been cut out already, with its total and its links.
pub(crate) fn page_of(path: &str, pageable: &Pageable, total: i64, body: String) -> Response {
    let link = HeaderValue::from_str(&pageable.link(path, total)).unwrap_or(HeaderValue::from_static(""));
    let headers =
        [(HeaderName::from_static("x-total-count"), HeaderValue::from(total)), (header::LINK, link)];
    (headers, json_text(body)).into_response()
}
