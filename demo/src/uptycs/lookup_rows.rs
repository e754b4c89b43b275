//! The rows of a lookup table (docs/uptycs.md, "Lookup tables"). The tables themselves are among `collections`.

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use rusqlite::{OptionalExtension as _, params};
use serde_json::{Map, Value, json};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::uptycs::call::Call;
use crate::uptycs::collection::Collection;
use crate::uptycs::failure::Failure;
use crate::uptycs::{csv, multipart, objects};

/// `GET /lookupTables/{id}/data`: a bare array, as the one client reads it that was compiled against the service;
/// another expects `items`.
pub(crate) async fn list(demo: &Arc<Demo>, call: &Call, id: &str) -> Result<Response, Failure> {
    id_field(demo, id)?;
    let (limit, offset) = (call.number("limit", 1_000)?.min(demo.uptycs.page_cap), call.number("offset", 0)?);
    let wanted = id.to_owned();
    let rows = demo.uptycs.database.reading(move |db| {
        db.prepare_cached(
            "SELECT id, id_field_value, data, created_at FROM lookup_row WHERE lookup_table_id = ?1
                ORDER BY seq LIMIT ?2 OFFSET ?3",
        )?
        .query_map(
            params![wanted, i64::try_from(limit).unwrap_or(0), i64::try_from(offset).unwrap_or(i64::MAX)],
            |row| {
                let data: String = row.get(2)?;
                Ok(json!({
                    "id": row.get::<_, String>(0)?, "lookupTableId": wanted, "idFieldValue": row.get::<_, String>(1)?,
                    "data": serde_json::from_str::<Value>(&data).unwrap_or_default(),
                    "createdAt": format!("{}Z", row.get::<_, String>(3)?.replace(' ', "T")),
                }))
            },
        )?
        .collect::<rusqlite::Result<Vec<Value>>>()
    });
    Ok(Json(rows.await?).into_response())
}

/// `POST /lookupTables/{id}/data`: an array of rows, each with the field that identifies it.
pub(crate) fn add(demo: &Arc<Demo>, call: &Call, id: &str) -> Result<Response, Failure> {
    let rows: Vec<Map<String, Value>> = call.json()?;
    put(demo, id, rows)
}

/// `POST /lookupTables/{id}/csvdata`: a file whose first row names the columns.
pub(crate) fn add_csv(demo: &Arc<Demo>, call: &Call, id: &str) -> Result<Response, Failure> {
    let file = multipart::parts(call)?
        .into_iter()
        .find(|part| part.name == "file")
        .ok_or_else(|| Failure::bad_request("\"file\" is required"))?;
    let mut rows = csv::rows(&file.text).into_iter();
    let names = rows.next().unwrap_or_default();
    let rows = rows.map(|row| names.iter().cloned().zip(row.into_iter().map(Value::String)).collect());
    put(demo, id, rows.collect())
}

/// `DELETE /lookupTables/{id}/data/{rowId}`.
pub(crate) fn delete(demo: &Arc<Demo>, id: &str, row: &str) -> Result<Response, Failure> {
    id_field(demo, id)?;
    let count = demo
        .uptycs
        .database
        .write(|db| db.execute("DELETE FROM lookup_row WHERE lookup_table_id = ?1 AND id = ?2", [id, row]))?;
    if count == 0 {
        return Err(Failure::not_found(format!("there is no {row} in the data of {id}")));
    }
    counted(demo, id)?;
    Ok(Json(json!({})).into_response())
}

/// Writes rows; one with a value that is there already replaces the older one. Answers with the table, which is
/// reconstructed: no client reads the answer.
fn put(demo: &Demo, id: &str, rows: Vec<Map<String, Value>>) -> Result<Response, Failure> {
    let field = id_field(demo, id)?;
    let now = UtcInstant::now().sql();
    let mut keyed = Vec::with_capacity(rows.len());
    for row in rows {
        let key = match row.get(&field) {
            Some(Value::String(text)) => text.clone(),
            Some(value @ (Value::Number(_) | Value::Bool(_))) => value.to_string(),
            _ => return Err(Failure::bad_request(format!("\"{field}\" is required"))),
        };
        keyed.push((demo.uptycs.new_id(), key, Value::Object(row).to_string()));
    }
    demo.uptycs.database.write(|db| {
        let mut insert = db.prepare_cached(
            "INSERT INTO lookup_row (id, lookup_table_id, id_field_value, data, created_at)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (lookup_table_id, id_field_value) DO UPDATE SET data = excluded.data",
        )?;
        for (row, key, data) in &keyed {
            insert.execute(params![row, id, key, data, now])?;
        }
        Ok(())
    })?;
    Ok(Json(Value::Object(counted(demo, id)?)).into_response())
}

/// The field that identifies the rows of a table.
fn id_field(demo: &Demo, id: &str) -> Result<String, Failure> {
    let field: Option<Option<String>> = demo.uptycs.database.read(|db| {
        db.query_row(
            "SELECT body ->> '$.idField' FROM object WHERE kind = 'lookupTables' AND id = ?1",
            [id],
            |row| row.get(0),
        )
        .optional()
    })?;
    field
        .map(Option::unwrap_or_default)
        .ok_or_else(|| Failure::not_found(format!("there is no {id} in lookupTables")))
}

/// Writes down how many rows a table has.
fn counted(demo: &Demo, id: &str) -> Result<Map<String, Value>, Failure> {
    let count: i64 = demo.uptycs.database.read(|db| {
        db.query_row("SELECT count(*) FROM lookup_row WHERE lookup_table_id = ?1", [id], |row| row.get(0))
    })?;
    let tables =
        Collection::at("lookupTables").ok_or_else(|| Failure::internal("there is no lookupTables"))?;
    objects::change(demo, tables, id, |body| {
        body.insert("rowCount".to_owned(), json!(count));
    })
}
