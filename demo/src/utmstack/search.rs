//! `POST /api/elasticsearch/search` and its sibling `generic-search` (docs/utmstack.md, 1.3).

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rusqlite::Connection;
use serde_json::Value;

use crate::config::Personality;
use crate::demo::Demo;
use crate::utmstack::body::{Body, read_json};
use crate::utmstack::failure::Failure;
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::pageable::{Pageable, parameter};
use crate::utmstack::selection::{Selection, order};

const PATH: &str = "/api/elasticsearch/search";
const PLACE: &str = "ElasticsearchResource.search";
/// OpenSearch's `index.max_result_window`, and how far it counts.
pub(crate) const WINDOW: i64 = 10_000;

/// Searches. The answer is an array of documents, its total is in a header.
pub(crate) async fn search(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let top = parameter(&pairs, "top").ok_or_else(|| Failure::missing_parameter("Integer", "top"))?;
    let top: i32 = top.trim().parse().map_err(|_| {
        Failure::bad_request(format!("Failed to convert value of type String to Integer: \"{top}\""))
    })?;
    let pattern = parameter(&pairs, "indexPattern")
        .ok_or_else(|| Failure::missing_parameter("String", "indexPattern"))?;
    let with_children = demo.utmstack.personality == Personality::V11
        && parameter(&pairs, "includeChildren").is_some_and(|value| value == "true");
    // The filters may be left out, with their content type.
    let filters = if body.is_empty() { Value::Null } else { read_json(&headers, &body)? };
    let filters = FilterType::read_all(&filters, demo.utmstack.personality)?;
    let asked = Asked { path: PATH, top: i64::from(top), pageable: Pageable::of(&pairs), with_children };
    let found = asked.find(&demo, &filters, pattern).await?;
    Ok(found.unwrap_or_else(|| json_text("[]".to_owned())))
}

/// The same with all in the body; its answer is empty when nothing is found.
pub(crate) async fn generic_search(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let body = Body::read(&headers, &body)?;
    let not_null = |field: &'static str| Failure::invalid("genericSearchBody", field, "must not be null");
    let pattern = body.text("index")?.ok_or_else(|| not_null("index"))?;
    let top = body.int("top")?.ok_or_else(|| not_null("top"))?;
    let filters = FilterType::read_field(&body, "filters", demo.utmstack.personality)?;
    let path = "/api/elasticsearch/generic-search";
    let asked = Asked { path, top, pageable: Pageable::of(&pairs), with_children: false };
    let found = asked.find(&demo, &filters, &pattern).await?;
    Ok(found.unwrap_or_else(|| StatusCode::OK.into_response()))
}

/// What a search asks for beside its filters.
#[derive(Debug)]
struct Asked {
    path: &'static str,
    top: i64,
    pageable: Pageable,
    with_children: bool,
}

impl Asked {
    /// The page with its headers. `None` when nothing at all was found: total and links are left out then.
    async fn find(
        &self,
        demo: &Demo,
        filters: &[FilterType],
        pattern: &str,
    ) -> Result<Option<Response>, Failure> {
        let window = window(&self.pageable, self.top)?;
        let meaning = demo.utmstack.meaning();
        let failed = |cause: String| Failure::internal(PLACE, &cause);
        let selection = Selection::new(filters, pattern, meaning).map_err(failed)?;
        let order = order(&self.pageable.sort, meaning).map_err(failed)?;
        let with_children = self.with_children;
        let found = demo
            .utmstack
            .database
            .reading(move |db| {
                if selection.lacks_index(db)? {
                    return Ok(None);
                }
                let total = selection.count(db, WINDOW)?;
                let body = page(db, &selection, &order, window, with_children)?;
                Ok(Some((total, body)))
            })
            .await
            .map_err(|error| Failure::internal(PLACE, &error.to_string()))?;
        let Some((total, body)) = found else {
            return Err(Failure::internal(PLACE, "[index_not_found_exception] no such index"));
        };
        if total == 0 {
            return Ok(None);
        }
        let total = total.min(self.top);
        let link = HeaderValue::from_str(&self.pageable.link(self.path, total))
            .unwrap_or(HeaderValue::from_static(""));
        let totals =
            [(HeaderName::from_static("x-total-count"), HeaderValue::from(total)), (header::LINK, link)];
        Ok(Some((totals, json_text(body)).into_response()))
    }
}

/// The part of the hits that is asked for: where it begins and how long it is. Pages count from 1, and page 0 is
/// page 1. The size is cut so that the window ends at `top`, even to less than nothing, which OpenSearch
/// refuses; it also refuses what ends behind its own window.
fn window(pageable: &Pageable, top: i64) -> Result<(i64, i64), Failure> {
    let from = pageable.size.saturating_mul(pageable.page.max(1) - 1);
    let size = pageable.size.min(top.saturating_sub(from));
    if size < 0 {
        return Err(Failure::internal(PLACE, "[size] parameter cannot be negative"));
    }
    if from.saturating_add(size) > WINDOW {
        return Err(Failure::internal(
            PLACE,
            "Result window is too large, from + size must be less than or equal to: [10000]",
        ));
    }
    Ok((from, size))
}

/// The documents of a page as a JSON array.
pub(crate) fn page(
    db: &Connection,
    selection: &Selection,
    order: &str,
    window: (i64, i64),
    with_children: bool,
) -> rusqlite::Result<String> {
    let mut echoes = db.prepare_cached("SELECT count(*) FROM alert WHERE parent_id = ?")?;
    let mut page = String::from("[");
    selection.documents(db, order, window, |id, body| {
        if page.len() > 1 {
            page.push(',');
        }
        if with_children {
            let echoes: i64 = echoes.query_row([id], |row| row.get(0))?;
            page.push_str(body.strip_suffix('}').unwrap_or(body));
            let _ = write!(page, ",\"hasChildren\":{},\"echoes\":{echoes}}}", echoes > 0);
        } else {
            page.push_str(body);
        }
        Ok(())
    })?;
    page.push(']');
    Ok(page)
}

/// An answer of ready JSON.
pub(crate) fn json_text(body: String) -> Response {
    ([(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(page: i64, size: i64, top: i64) -> Option<(i64, i64)> {
        window(&Pageable { page, size, sort: vec![] }, top).ok()
    }

    #[test]
    fn pages_zero_and_one_are_the_first() {
        assert_eq!(asked(0, 25, 100_000), Some((0, 25)));
        assert_eq!(asked(1, 25, 100_000), Some((0, 25)));
        assert_eq!(asked(2, 25, 100_000), Some((25, 25)));
    }

    #[test]
    fn the_window_ends_at_top_and_at_ten_thousand() {
        assert_eq!(asked(2, 25, 40), Some((25, 15)));
        assert_eq!(asked(2, 25, 25), Some((25, 0)));
        assert_eq!(asked(3, 25, 40), None);
        assert_eq!(asked(5, 2_000, 100_000), Some((8_000, 2_000)));
        assert_eq!(asked(6, 2_000, 100_000), None);
    }
}
