//! `POST /api/elasticsearch/search` (docs/utmstack.md, "List and search").

use std::fmt::Write as _;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::condition;
use crate::utmstack::failure::Failure;
use crate::utmstack::field::{Field, Kind};
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::index_pattern::{INDEX_OF_ALERT, Reach, is_concrete, reach};
use crate::utmstack::pageable::Pageable;

const PATH: &str = "/api/elasticsearch/search";
const PLACE: &str = "ElasticsearchResource.search";
/// OpenSearch's `index.max_result_window`, and how far it counts.
const WINDOW: i64 = 10_000;

/// Searches. The answer is an array of documents, its total is in a header.
pub(crate) async fn search(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let value = |name: &str| pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let missing = |kind: &str, name: &str| {
        let detail =
            format!("Required request parameter '{name}' for method parameter type {kind} is not present");
        Failure::bad_request(PATH, &detail)
    };
    let top = value("top").ok_or_else(|| missing("Integer", "top"))?;
    let top: i32 = top.trim().parse().map_err(|_| {
        Failure::bad_request(PATH, &format!("Failed to convert value of type String to Integer: \"{top}\""))
    })?;
    let pattern = value("indexPattern").ok_or_else(|| missing("String", "indexPattern"))?;
    let pageable = Pageable::of(&pairs);
    let window = Window::of(&pageable, i64::from(top))?;
    let filters = read_filters(&headers, &body)?;
    let statement = Statement::new(&filters, pattern, &pageable, UtcInstant::now())
        .map_err(|cause| Failure::internal(PLACE, &cause))?;
    let pattern_is_concrete = is_concrete(pattern);
    let found = demo
        .utmstack
        .database
        .reading(move |db| statement.run(db, &window, pattern_is_concrete))
        .await
        .map_err(|error| Failure::internal(PLACE, &error.to_string()))?;
    let Some(found) = found else {
        return Err(Failure::internal(PLACE, "[index_not_found_exception] no such index"));
    };
    let json = [(header::CONTENT_TYPE, HeaderValue::from_static("application/json"))];
    if found.total == 0 {
        // Nothing at all: the total and the links are left out with the documents.
        return Ok((json, "[]").into_response());
    }
    let total = found.total.min(i64::from(top));
    let link = HeaderValue::from_str(&pageable.link(PATH, total)).unwrap_or(HeaderValue::from_static(""));
    let totals = [(HeaderName::from_static("x-total-count"), HeaderValue::from(total)), (header::LINK, link)];
    Ok((StatusCode::OK, json, totals, found.body).into_response())
}

/// The part of the hits that is asked for.
#[derive(Debug, PartialEq, Eq)]
struct Window {
    from: i64,
    size: i64,
}

impl Window {
    /// Pages count from 1, and page 0 is page 1. The size is cut so that the window ends at `top`, even to
    /// less than nothing, which OpenSearch refuses; it also refuses what ends behind its own window.
    fn of(pageable: &Pageable, top: i64) -> Result<Self, Failure> {
        let from = pageable.size * (pageable.page.max(1) - 1);
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
        Ok(Self { from, size })
    }
}

/// The filters of a body, which may be missing.
fn read_filters(headers: &HeaderMap, body: &[u8]) -> Result<Vec<FilterType>, Failure> {
    if body.is_empty() {
        return Ok(Vec::new());
    }
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().contains("json") {
        let detail = format!("Content type '{content_type}' not supported");
        return Err(Failure::with_message(StatusCode::UNSUPPORTED_MEDIA_TYPE, PATH, &detail));
    }
    serde_json::from_slice::<Option<Vec<FilterType>>>(body)
        .map(Option::unwrap_or_default)
        .map_err(|error| Failure::bad_request(PATH, &format!("JSON parse error: {error}")))
}

/// What was found.
#[derive(Debug)]
struct Found {
    /// The number of hits, counted no further than the window.
    total: i64,
    /// The documents of the page as a JSON array.
    body: String,
}

/// A search as SQL.
#[derive(Debug)]
struct Statement {
    condition: String,
    order: String,
    parameters: Vec<Sql>,
}

impl Statement {
    fn new(
        filters: &[FilterType],
        pattern: &str,
        pageable: &Pageable,
        now: UtcInstant,
    ) -> Result<Self, String> {
        let (mut condition, mut parameters) = condition::all(filters, now)?;
        if let Reach::Some(glob) = reach(pattern) {
            let _ = write!(condition, " AND {INDEX_OF_ALERT} GLOB ?");
            parameters.push(Sql::from(glob));
        }
        let mut order = String::new();
        for (name, downwards) in &pageable.sort {
            let field = Field::named(name)
                .ok_or_else(|| format!("No mapping found for [{name}] in order to sort on"))?;
            if field.kind == Kind::Text {
                return Err(format!(
                    "Text fields are not optimised for operations that require sorting: [{name}]"
                ));
            }
            if !field.is_always_there {
                // What lacks the field comes last, whatever the direction.
                let _ = write!(order, "{} IS NULL, ", field.sql);
            }
            let _ = write!(order, "{}{}, ", field.sql, if *downwards { " DESC" } else { "" });
        }
        // Ties, and everything when there is no sort, come as they lie in the index.
        order.push_str("alert.position");
        Ok(Self { condition, order, parameters })
    }

    /// `None` when the pattern names one index and there is no such index.
    fn run(
        &self,
        db: &Connection,
        window: &Window,
        pattern_is_concrete: bool,
    ) -> rusqlite::Result<Option<Found>> {
        if pattern_is_concrete && let Some(Sql::Text(_)) = self.parameters.last() {
            let sql = format!("SELECT EXISTS (SELECT 1 FROM alert WHERE {INDEX_OF_ALERT} GLOB ?)");
            let is_there: bool = db.query_row(&sql, [self.parameters.last()], |row| row.get(0))?;
            if !is_there {
                return Ok(None);
            }
        }
        let Self { condition, order, .. } = self;
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM alert WHERE {condition} LIMIT {WINDOW})");
        let total =
            db.prepare_cached(&sql)?.query_row(params_from_iter(&self.parameters), |row| row.get(0))?;
        // The page is chosen on narrow rows first, then its documents are fetched.
        let sql = format!(
            "SELECT alert_body.body FROM (SELECT alert.seq FROM alert WHERE {condition} ORDER BY {order}
                LIMIT {} OFFSET {}) AS page CROSS JOIN alert_body ON alert_body.seq = page.seq",
            window.size, window.from
        );
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&self.parameters))?;
        let mut body = String::from("[");
        while let Some(row) = rows.next()? {
            if body.len() > 1 {
                body.push(',');
            }
            body.push_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
        }
        body.push(']');
        Ok(Some(Found { total, body }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(page: i64, size: i64, top: i64) -> Option<(i64, i64)> {
        let pageable = Pageable { page, size, sort: vec![] };
        Window::of(&pageable, top).ok().map(|window| (window.from, window.size))
    }

    #[test]
    fn pages_zero_and_one_are_the_first() {
        assert_eq!(window(0, 25, 100_000), Some((0, 25)));
        assert_eq!(window(1, 25, 100_000), Some((0, 25)));
        assert_eq!(window(2, 25, 100_000), Some((25, 25)));
    }

    #[test]
    fn the_window_ends_at_top_and_at_ten_thousand() {
        assert_eq!(window(2, 25, 40), Some((25, 15)));
        assert_eq!(window(2, 25, 25), Some((25, 0)));
        assert_eq!(window(3, 25, 40), None);
        assert_eq!(window(5, 2_000, 100_000), Some((8_000, 2_000)));
        assert_eq!(window(6, 2_000, 100_000), None);
    }

    #[test]
    fn sorting_by_an_analysed_text_or_an_unknown_field_fails() {
        for name in ["name", "source.hostname", "status.keyword"] {
            let pageable = Pageable { page: 0, size: 1, sort: vec![(name.to_owned(), true)] };
            assert!(Statement::new(&[], "alert-*", &pageable, UtcInstant::now()).is_err(), "{name}");
        }
    }
}
