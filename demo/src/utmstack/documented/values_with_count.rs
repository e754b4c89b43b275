//! `POST /api/elasticsearch/property/values-with-count` as documented: an array of pairs (docs/utmstack.md, A.3.8).

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::utmstack::body::Body;
use crate::utmstack::documented::ids::{bad_request, internal};
use crate::utmstack::documented::search::read_filters;
use crate::utmstack::failure::Failure;
use crate::utmstack::field::{Field, Kind};
use crate::utmstack::property_values::Counting;
use crate::utmstack::selection::Selection;

/// Ten values, the commonest first, unless something else is asked for. Values are texts, numbers too.
pub(crate) async fn values_with_count(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let body = Body::read(&headers, &body)?;
    let required = |field: &'static str| {
        body.text(field)?.ok_or_else(|| bad_request("Invalid request", format!("{field} is required")))
    };
    let (name, pattern) = (required("field")?, required("index")?);
    let filters = read_filters(&demo, body.value("filters").unwrap_or(&Value::Null))?;
    let counting = Counting {
        top: body.int("top")?.unwrap_or(10),
        by_count: body.flag("orderByCount")?.unwrap_or(true),
        upwards: body.flag("sortAsc")?.unwrap_or(false),
    };
    if counting.top < 1 {
        return Err(bad_request("Invalid request", "top must be positive"));
    }
    // Without an order by count it is alphabetical, which is upwards.
    let counting = Counting { upwards: counting.upwards || !counting.by_count, ..counting };
    let mut field = Field::named(&name, demo.utmstack.personality)
        .ok_or_else(|| bad_request("Invalid field", format!("Unknown field '{name}'")))?;
    if field.kind == Kind::Text {
        field.kind = Kind::Keyword;
    }
    let selection = Selection::new(&filters, &pattern, demo.utmstack.meaning())
        .map_err(|cause| bad_request("Invalid filter syntax", cause))?;
    let counted = demo.utmstack.database.reading(move |db| counting.count(db, &field, &selection)).await;
    let counted = counted.map_err(|error| internal(&error))?;
    Ok(Json(counted.into_iter().map(|(value, count)| json!({ "value": value, "count": count })).collect()))
}
