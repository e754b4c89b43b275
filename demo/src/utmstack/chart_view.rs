//! `POST /api/log-analyzer/chart-view`: alerts over time (docs/utmstack.md, 5.5; documented only), and
//! `POST /api/soc-ai/alerts`, which takes alerts and says no more.

use std::sync::Arc;

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use rusqlite::params_from_iter;
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::utmstack::body::{Body, read_json};
use crate::utmstack::failure::Failure;
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::selection::Selection;

const PLACE: &str = "LogAnalyzerResource.chartView";

/// How many alerts fall into each interval.
pub(crate) async fn chart_view(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let failed = |cause: &str| Failure::internal(PLACE, cause);
    let body = Body::read(&headers, &body)?;
    let pattern = body.text("indexPattern")?.ok_or_else(|| failed("indexPattern is null"))?;
    let filters = FilterType::read_field(&body, "filters", demo.utmstack.personality)?;
    let format = match body.text("interval")?.as_deref() {
        Some("Second") => "%Y-%m-%dT%H:%M:%S.000Z",
        Some("Minute") => "%Y-%m-%dT%H:%M:00.000Z",
        Some("Hour") | None => "%Y-%m-%dT%H:00:00.000Z",
        Some("Day" | "Week") => "%Y-%m-%dT00:00:00.000Z",
        Some("Month" | "Quarter") => "%Y-%m-01T00:00:00.000Z",
        Some("Year") => "%Y-01-01T00:00:00.000Z",
        Some(_) => return Err(Failure::bad_request("JSON parse error: no such interval")),
    };
    let selection =
        Selection::new(&filters, &pattern, demo.utmstack.meaning()).map_err(|cause| failed(&cause))?;
    let counted = demo.utmstack.database.reading(move |db| {
        let sql = format!(
            "SELECT strftime('{format}', at / 1000, 'unixepoch') AS slot, count(*) FROM alert WHERE {}
                GROUP BY slot ORDER BY slot",
            selection.condition
        );
        let mut statement = db.prepare(&sql)?;
        let rows = statement
            .query_map(params_from_iter(&selection.parameters), |row| Ok((row.get(0)?, row.get(1)?)))?;
        rows.collect::<rusqlite::Result<Vec<(String, i64)>>>()
    });
    let counted = counted.await.map_err(|error| failed(&error.to_string()))?;
    let (categories, values): (Vec<String>, Vec<i64>) = counted.into_iter().unzip();
    Ok(Json(json!({ "categories": categories, "values": values })))
}

/// Says that alerts are being looked at; nothing is.
pub(crate) async fn soc_ai(headers: HeaderMap, body: Bytes) -> Result<Json<Value>, Failure> {
    read_json(&headers, &body)?;
    Ok(Json(json!({ "status": "success", "message": "Processing successful" })))
}
