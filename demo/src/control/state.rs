//! `GET /_demo/state`: what has been asked, and what is there.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::request_log::Vendor;
use crate::store::Database;

/// Requests by vendor and route, rows by vendor and table.
pub(crate) async fn state(State(demo): State<Arc<Demo>>) -> Result<Json<Value>, (StatusCode, String)> {
    let failed = |error: rusqlite::Error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string());
    let utmstack = rows(&demo.utmstack.database, &["alert"]).await.map_err(failed)?;
    let uptycs = rows(&demo.uptycs.database, &["alert", "asset"]).await.map_err(failed)?;
    let requests = |vendor: Vendor| demo.requests.of(vendor);
    Ok(Json(json!({
        "requests": {
            Vendor::UtmStack.name(): requests(Vendor::UtmStack),
            Vendor::Uptycs.name(): requests(Vendor::Uptycs),
        },
        "rows": { Vendor::UtmStack.name(): utmstack, Vendor::Uptycs.name(): uptycs },
        "queryJobs": demo.uptycs.jobs.len(),
    })))
}

async fn rows(database: &Database, tables: &'static [&'static str]) -> rusqlite::Result<Value> {
    database
        .reading(move |db| {
            let counts = tables.iter().map(|&table| {
                let count: i64 =
                    db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0))?;
                Ok((table.to_owned(), json!(count)))
            });
            counts.collect::<rusqlite::Result<serde_json::Map<_, _>>>().map(Value::Object)
        })
        .await
}
