//! The values of a field: `property/values-with-count` and `property/values` (docs/utmstack.md, 1.9).

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use crate::demo::Demo;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::field::{Field, Kind};
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::pageable::parameter;
use crate::utmstack::search::json_text;
use crate::utmstack::selection::Selection;

/// How many values are told when nobody says how many.
const DEFAULT_TOP: i64 = 5;
/// How many values `property/values` tells.
const MOST_VALUES: i64 = 10_000;

/// Counts the values of a field: an object in the order that was asked for.
pub(crate) async fn values_with_count(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = "ElasticsearchResource.searchPropertyValuesWithCount";
    let body = Body::read(&headers, &body)?;
    let pattern = body
        .text("index")?
        .ok_or_else(|| Failure::invalid("propertyValuesWithCountRequest", "index", "must not be null"))?;
    let name = body.text("field")?.ok_or_else(|| Failure::internal(place, "field is null"))?;
    let filters = FilterType::read_field(&body, "filters", demo.utmstack.personality)?;
    let counting = Counting {
        top: body.int("top")?.unwrap_or(DEFAULT_TOP),
        by_count: body.flag("orderByCount")?.unwrap_or(false),
        upwards: body.flag("sortAsc")?.unwrap_or(false),
    };
    let buckets = counting.buckets(&demo, &filters, &pattern, &name).await;
    let buckets = buckets.map_err(|cause| Failure::internal(place, &cause))?;
    let pairs: Vec<String> =
        buckets.iter().map(|(value, count)| format!("{}:{count}", Value::from(value.as_str()))).collect();
    Ok(json_text(format!("{{{}}}", pairs.join(","))))
}

/// The values of a field in a whole index, the commonest first.
pub(crate) async fn values(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Vec<String>>, Failure> {
    let needed = |name| parameter(&pairs, name).ok_or_else(|| Failure::missing_parameter("String", name));
    let (name, pattern) = (needed("keyword")?, needed("indexPattern")?);
    let counting = Counting { top: MOST_VALUES, by_count: true, upwards: false };
    let buckets = counting.buckets(&demo, &[], pattern, name).await;
    let buckets =
        buckets.map_err(|cause| Failure::internal("ElasticsearchResource.getFieldValues", &cause))?;
    Ok(Json(buckets.into_iter().map(|bucket| bucket.0).collect()))
}

/// A `terms` aggregation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Counting {
    /// How many values are wanted.
    pub(crate) top: i64,
    /// Ordered by their counts, else by the values themselves.
    pub(crate) by_count: bool,
    /// The smallest first.
    pub(crate) upwards: bool,
}

impl Counting {
    /// The values with their counts, or why OpenSearch refuses.
    pub(crate) async fn buckets(
        self,
        demo: &Demo,
        filters: &[FilterType],
        pattern: &str,
        name: &str,
    ) -> Result<Vec<(String, i64)>, String> {
        let meaning = demo.utmstack.meaning();
        if self.top < 1 {
            return Err(format!("[size] must be greater than 0. Found [{}] in [{name}]", self.top));
        }
        let selection = Selection::new(filters, pattern, meaning)?;
        let field = Field::named(name, meaning.personality);
        if field.as_ref().is_some_and(|field| field.kind == Kind::Text) {
            return Err(format!("Text fields are not optimised for aggregations: [{name}]"));
        }
        let counted = demo
            .utmstack
            .database
            .reading(move |db| {
                if selection.lacks_index(db)? {
                    return Ok(None);
                }
                // A field that no document has gives no buckets.
                field.map_or(Ok(Vec::new()), |field| self.count(db, &field, &selection)).map(Some)
            })
            .await
            .map_err(|error| error.to_string())?;
        counted.ok_or_else(|| "[index_not_found_exception] no such index".to_owned())
    }

    pub(crate) fn count(
        self,
        db: &Connection,
        field: &Field,
        selection: &Selection,
    ) -> rusqlite::Result<Vec<(String, i64)>> {
        let direction = if self.upwards { "ASC" } else { "DESC" };
        let order = if self.by_count {
            // Ties are broken by the value, upwards, as OpenSearch breaks them.
            format!("amount {direction}, value ASC")
        } else {
            format!("value {direction}")
        };
        let condition = &selection.condition;
        let values = if field.is_array {
            // A document counts once for each value that it holds.
            format!(
                "SELECT DISTINCT alert.seq, element.value AS value FROM alert, json_each({}) AS element WHERE {condition}",
                field.sql
            )
        } else {
            format!("SELECT {} AS value FROM alert WHERE {condition}", field.sql)
        };
        let sql = format!(
            "SELECT value, count(*) AS amount FROM ({values}) WHERE value IS NOT NULL GROUP BY value ORDER BY {order}
                LIMIT {}",
            self.top
        );
        let mut statement = db.prepare_cached(&sql)?;
        let rows = statement.query_map(params_from_iter(&selection.parameters), |row| {
            Ok((key(row.get::<_, Sql>(0)?), row.get(1)?))
        })?;
        rows.collect()
    }
}

/// The text of a bucket's key. What a boolean looks like here is not known for sure; 0 and 1 are what its bucket
/// holds as a number (docs/utmstack.md, 1.9).
fn key(value: Sql) -> String {
    match value {
        Sql::Text(text) => text,
        Sql::Integer(number) => number.to_string(),
        Sql::Real(number) => number.to_string(),
        Sql::Null | Sql::Blob(_) => String::new(),
    }
}
