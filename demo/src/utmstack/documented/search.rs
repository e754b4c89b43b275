//! `POST /api/elasticsearch/search` as documented: a bare array and no headers (docs/utmstack.md, A.3.2).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::Value;

use crate::demo::Demo;
use crate::utmstack::body::read_json;
use crate::utmstack::documented::ids::{bad_request, internal};
use crate::utmstack::failure::Failure;
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::pageable::{Pageable, parameter};
use crate::utmstack::search::{json_text, page};
use crate::utmstack::selection::{Selection, order};

const TITLE: &str = "Invalid filter syntax";

/// Pages count from 1. `top` and the pattern may be left out, as the vendor's own collection leaves `top` out.
pub(crate) async fn search(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let number = |name: &'static str| match parameter(&pairs, name) {
        None => Ok(None),
        Some(text) => text
            .trim()
            .parse::<i64>()
            .map(Some)
            .map_err(|_| bad_request("Invalid request", format!("{name} must be an integer"))),
    };
    let (asked_page, size, top) =
        (number("page")?.unwrap_or(1), number("size")?.unwrap_or(25), number("top")?);
    if asked_page < 1 || size < 1 || top.is_some_and(|top| top < 0) {
        return Err(bad_request("Invalid request", "page and size begin at 1"));
    }
    let filters = if body.is_empty() { Value::Null } else { read_json(&headers, &body)? };
    let filters = read_filters(&demo, &filters)?;
    let pattern = parameter(&pairs, "indexPattern").unwrap_or("alert-*");
    let meaning = demo.utmstack.meaning();
    let wrong = |cause: String| bad_request(TITLE, cause);
    let selection = Selection::new(&filters, pattern, meaning).map_err(wrong)?;
    let order = order(&Pageable::of(&pairs).sort, meaning).map_err(wrong)?;
    let from = size.saturating_mul(asked_page - 1);
    let size = size.min(top.map_or(i64::MAX, |top| top.saturating_sub(from).max(0)));
    let found = demo.utmstack.database.reading(move |db| page(db, &selection, &order, (from, size), false));
    found.await.map(json_text).map_err(|error| internal(&error))
}

/// Filters, where what cannot be read is told as a mistake in their syntax.
pub(crate) fn read_filters(demo: &Demo, filters: &Value) -> Result<Vec<FilterType>, Failure> {
    FilterType::read_all(filters, demo.utmstack.personality).map_err(|failure| match failure {
        Failure::Unreadable { detail, .. } => bad_request(TITLE, detail),
        other => other,
    })
}
