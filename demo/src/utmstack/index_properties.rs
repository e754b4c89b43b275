//! What is in OpenSearch: `index/properties`, `index/all`, `cluster/status` (docs/utmstack.md, 1.9).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::utmstack::failure::Failure;
use crate::utmstack::field::Field;
use crate::utmstack::index_pattern::index_of_alert;
use crate::utmstack::pageable::{Pageable, parameter};
use crate::utmstack::paged::paged;
use crate::utmstack::selection::Selection;

/// The fields of an index with their types.
pub(crate) async fn index_properties(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Json<Vec<Value>>, Failure> {
    let place = "ElasticsearchResource.getIndexProperties";
    let pattern = parameter(&pairs, "indexPattern")
        .ok_or_else(|| Failure::missing_parameter("String", "indexPattern"))?;
    let failed = |cause: String| Failure::internal(place, &cause);
    let selection = Selection::new(&[], pattern, demo.utmstack.meaning()).map_err(failed)?;
    let found = demo.utmstack.database.reading(move |db| selection.count(db, 1)).await;
    if found.map_err(|error| failed(error.to_string()))? == 0 {
        let cause = format!("No index found with pattern {pattern}");
        return Err(Failure::handled(StatusCode::NOT_FOUND, place, &cause));
    }
    let fields = Field::all(demo.utmstack.personality).into_iter();
    Ok(Json(fields.map(|(name, kind)| json!({ "name": name, "type": kind.name() })).collect()))
}

/// The indexes, paged from 0.
pub(crate) async fn index_all(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let pattern =
        parameter(&pairs, "pattern").filter(|pattern| !pattern.is_empty()).unwrap_or("*").to_owned();
    let with_system = parameter(&pairs, "includeSystemIndex").is_some_and(|value| value == "true");
    let name = index_of_alert(demo.utmstack.personality);
    let indexes = demo
        .utmstack
        .database
        .reading(move |db| {
            let sql = format!(
                "SELECT {name} AS index_name, count(*), sum(length(body)), min(at) / 86400000 * 86400000
                    FROM alert JOIN alert_body USING (seq) GROUP BY index_name HAVING index_name GLOB ? ORDER BY index_name"
            );
            let mut statement = db.prepare(&sql)?;
            let rows = statement.query_map([&pattern], |row| {
                Ok(Index {
                    name: row.get(0)?,
                    documents: row.get(1)?,
                    bytes: row.get(2)?,
                    created: row.get(3)?,
                })
            })?;
            let mut indexes: Vec<Index> = rows.collect::<Result<_, _>>()?;
            if with_system && pattern == "*" {
                indexes.push(Index {
                    name: ".opendistro_security".into(),
                    documents: 10,
                    bytes: 70_000,
                    created: 0,
                });
            }
            Ok(indexes)
        })
        .await
        .map_err(|error| Failure::internal("ElasticsearchResource.getAllIndexes", &error.to_string()))?;
    let pageable = Pageable::of(&pairs);
    Ok(paged("/api/elasticsearch/index/all", &pageable, &sorted(indexes, &pageable)))
}

#[derive(Debug)]
struct Index {
    name: String,
    documents: i64,
    bytes: i64,
    created: i64,
}

fn sorted(mut indexes: Vec<Index>, pageable: &Pageable) -> Vec<Value> {
    if let Some((field, downwards)) = pageable.sort.first() {
        match field.as_str() {
            "docsCount" | "docs.count" => indexes.sort_by_key(|index| index.documents),
            "size" | "store.size" => indexes.sort_by_key(|index| index.bytes),
            "creationDate" | "creation.date" => indexes.sort_by_key(|index| index.created),
            _ => indexes.sort_by(|one, other| one.name.cmp(&other.name)),
        }
        if *downwards {
            indexes.reverse();
        }
    }
    indexes
        .into_iter()
        .map(|index| {
            json!({
                "health": "green",
                "status": "open",
                "index": index.name,
                "docsCount": index.documents,
                "size": format!("{}kb", index.bytes / 1_024),
                "creationDate": crate::UtcInstant::from_millis(index.created).iso(),
            })
        })
        .collect()
}

/// The machine that OpenSearch runs on: figures of no meaning in the right places.
pub(crate) async fn cluster_status() -> Json<Value> {
    let figures = json!({
        "cpuPercent": 12.0,
        "diskTotal": 512.0, "diskUsed": 128.0, "diskAvailable": 384.0, "diskUsedPercent": 25.0,
        "ramMax": 32.0, "ramCurrent": 24.0, "ramPercent": 75.0,
        "heapMax": 16.0, "heapCurrent": 8.0, "heapPercent": 50.0,
    });
    let mut node = figures.clone();
    node["ip"] = json!("10.0.0.2");
    node["name"] = json!("node-1");
    Json(json!({ "resume": figures, "nodes": [node] }))
}
