//! `POST /api/elasticsearch/count` of UTMStack 11, which counts no further than one (docs/utmstack.md, 1.3).

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use serde_json::Value;

use crate::demo::Demo;
use crate::utmstack::body::read_json;
use crate::utmstack::failure::Failure;
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::pageable::parameter;
use crate::utmstack::selection::Selection;

/// Whether any alert meets the filters: a bare boolean.
pub(crate) async fn exists(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<bool>, Failure> {
    let failed = |cause: &str| Failure::internal("ElasticsearchResource.count", cause);
    let pattern = parameter(&pairs, "indexPattern")
        .ok_or_else(|| Failure::missing_parameter("String", "indexPattern"))?;
    let filters = if body.is_empty() { Value::Null } else { read_json(&headers, &body)? };
    let filters = FilterType::read_all(&filters, demo.utmstack.personality)?;
    let selection =
        Selection::new(&filters, pattern, demo.utmstack.meaning()).map_err(|cause| failed(&cause))?;
    let found = demo.utmstack.database.reading(move |db| {
        if selection.lacks_index(db)? { Ok(None) } else { selection.count(db, 1).map(Some) }
    });
    match found.await.map_err(|error| failed(&error.to_string()))? {
        Some(count) => Ok(Json(count > 0)),
        None => Err(failed("[index_not_found_exception] no such index")),
    }
}
