//! Lists, counts and single records.

use std::sync::Arc;

use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use rusqlite::params_from_iter;

use crate::demo::Demo;
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::Pageable;
use crate::utmstack::paged::page_of;
use crate::utmstack::records::Table;
use crate::utmstack::records::criteria::{condition, order};
use crate::utmstack::search::json_text;

/// `GET` of a table: an array with its total and its links.
pub(crate) fn list(table: &'static Table) -> MethodRouter<Arc<Demo>> {
    get(move |State(demo): State<Arc<Demo>>, Query(pairs): Query<Vec<(String, String)>>| async move {
        listed(table, &demo, &pairs).await
    })
}

/// `GET` of a table's count: a bare number.
pub(crate) fn count(table: &'static Table) -> MethodRouter<Arc<Demo>> {
    get(move |State(demo): State<Arc<Demo>>, Query(pairs): Query<Vec<(String, String)>>| async move {
        let (condition, parameters) = condition(table, &pairs)?;
        let sql = format!("SELECT count(*) FROM {} WHERE {condition}", table.name);
        let counted = demo
            .utmstack
            .database
            .reading(move |db| db.query_row(&sql, params_from_iter(parameters), |row| row.get::<_, i64>(0)));
        let counted = counted.await;
        counted.map(|count| json_text(count.to_string())).map_err(|error| failed(table, "count", &error))
    })
}

/// `GET` of a record, or 404 with nothing in it.
pub(crate) fn by_id(table: &'static Table) -> MethodRouter<Arc<Demo>> {
    get(move |State(demo): State<Arc<Demo>>, Path(id): Path<String>| async move {
        let id: i64 = id.parse().map_err(|_| {
            Failure::bad_request(format!("Failed to convert value of type String to Long: \"{id}\""))
        })?;
        let found = demo.utmstack.database.reading(move |db| table.record(db, id)).await;
        match found.map_err(|error| failed(table, "get", &error))? {
            Some(record) => Ok(json_text(record)),
            None => Err(Failure::handled(StatusCode::NOT_FOUND, &table.place("get"), "Not found")),
        }
    })
}

async fn listed(table: &'static Table, demo: &Demo, pairs: &[(String, String)]) -> Result<Response, Failure> {
    let pageable = Pageable::of(pairs);
    let (condition, parameters) = condition(table, pairs)?;
    let Some(order) = order(table, &pageable) else {
        return Err(Failure::internal(&table.place("getAll"), "No property found to sort by"));
    };
    let (size, from) = (pageable.size, pageable.page.saturating_mul(pageable.size));
    let page = demo.utmstack.database.reading(move |db| {
        let count = format!("SELECT count(*) FROM {} WHERE {condition}", table.name);
        let total: i64 = db.query_row(&count, params_from_iter(&parameters), |row| row.get(0))?;
        let sql = format!(
            "SELECT {} FROM {} WHERE {condition} ORDER BY {order} LIMIT {size} OFFSET {from}",
            table.json(),
            table.name
        );
        let mut statement = db.prepare(&sql)?;
        let rows = statement.query_map(params_from_iter(&parameters), |row| row.get::<_, String>(0))?;
        Ok((total, rows.collect::<rusqlite::Result<Vec<_>>>()?))
    });
    let (total, rows) = page.await.map_err(|error| failed(table, "getAll", &error))?;
    Ok(page_of(table.path, &pageable, total, format!("[{}]", rows.join(","))))
}

fn failed(table: &Table, method: &str, error: &rusqlite::Error) -> Failure {
    Failure::internal(&table.place(method), &error.to_string())
}
