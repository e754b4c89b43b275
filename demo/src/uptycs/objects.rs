//! The verbs of collections. Success is HTTP 200 for every one of them (docs/uptycs.md, "Conventions").

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
use crate::uptycs::{list, object_body};

/// Answers a verb on a collection or on one of its things, or `None` when it has no such verb.
pub(crate) async fn answer(
    demo: &Arc<Demo>,
    call: &Call,
    collection: &'static Collection,
    id: Option<&str>,
) -> Result<Option<Response>, Failure> {
    let resource = collection.resource().ok_or_else(|| Failure::internal("a collection has no resource"))?;
    Ok(Some(match (call.method.as_str(), id) {
        ("GET", None) if collection.has('L') => list::page(demo, call, resource).await?,
        ("GET", Some(id)) if collection.has('G') => list::row(demo, id, resource).await?,
        ("POST", None) if collection.has('C') => create(demo, call.json()?, collection)?,
        ("PUT", Some(id)) if collection.has('U') => update(demo, call.json()?, collection, id)?,
        ("DELETE", Some(id)) if collection.has('D') => delete(demo, collection, id)?,
        _ => return Ok(None),
    }))
}

fn create(
    demo: &Demo,
    given: Map<String, Value>,
    collection: &'static Collection,
) -> Result<Response, Failure> {
    object_body::check(collection, &given, true)?;
    if collection.path == "queries" {
        refuse_double(demo, given.get("name").and_then(Value::as_str).unwrap_or_default())?;
    }
    let mut body = new_body(demo, collection, given);
    if collection.path == "lookupTables" {
        let id = body.get("id").and_then(Value::as_str).unwrap_or_default();
        let query = format!("SELECT id_field_value,data FROM upt_lookup_rows WHERE lookup_table_id='{id}'");
        body.insert("fetchRowsquery".to_owned(), json!(query));
        body.insert("rowCount".to_owned(), json!(0));
    }
    insert(demo, collection, &body)?;
    Ok(Json(Value::Object(body)).into_response())
}

/// A complete body with an id of its own.
pub(crate) fn new_body(
    demo: &Demo,
    collection: &Collection,
    given: Map<String, Value>,
) -> Map<String, Value> {
    let file = &demo.uptycs.key_file;
    object_body::complete(
        collection,
        &file.customer_id,
        &demo.uptycs.new_id(),
        given,
        (UtcInstant::now(), &file.user_id),
    )
}

/// Stores a body under its id.
pub(crate) fn insert(demo: &Demo, collection: &Collection, body: &Map<String, Value>) -> Result<(), Failure> {
    let id = body.get("id").and_then(Value::as_str).unwrap_or_default();
    let text = serde_json::to_string(body).map_err(|error| Failure::internal(error.to_string()))?;
    demo.uptycs.database.write(|db| {
        db.prepare_cached("INSERT INTO object (kind, id, body) VALUES (?1, ?2, ?3)")?.execute(params![
            collection.path,
            id,
            text
        ])
    })?;
    Ok(())
}

/// A second saved query of a name is met with 500 and a `status` at the top, as XSOAR's code expects.
fn refuse_double(demo: &Demo, name: &str) -> Result<(), Failure> {
    let there: bool = demo.uptycs.database.read(|db| {
        db.query_row(
            "SELECT EXISTS (SELECT 1 FROM object WHERE kind = 'queries' AND body ->> '$.name' = ?1)",
            [name],
            |row| row.get(0),
        )
    })?;
    if there { Err(Failure::internal(format!("Query with name {name} already exists"))) } else { Ok(()) }
}

fn update(
    demo: &Demo,
    given: Map<String, Value>,
    collection: &'static Collection,
    id: &str,
) -> Result<Response, Failure> {
    object_body::check(collection, &given, false)?;
    let body = change(demo, collection, id, |body| object_body::merge(collection, body, given))?;
    Ok(Json(Value::Object(body)).into_response())
}

/// Changes a stored body in one transaction and gives the new one.
pub(crate) fn change(
    demo: &Demo,
    collection: &Collection,
    id: &str,
    work: impl FnOnce(&mut Map<String, Value>),
) -> Result<Map<String, Value>, Failure> {
    let user = &demo.uptycs.key_file.user_id;
    let changed =
        demo.uptycs.database.write(|db| {
            let Some(text) = db
                .prepare_cached("SELECT body FROM object WHERE kind = ?1 AND id = ?2")?
                .query_row([collection.path, id], |row| row.get::<_, String>(0))
                .optional()?
            else {
                return Ok(None);
            };
            let mut body: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
            work(&mut body);
            body.insert("updatedAt".to_owned(), json!(UtcInstant::now().iso()));
            body.insert("updatedBy".to_owned(), json!(user));
            db.prepare_cached("UPDATE object SET body = ?3 WHERE kind = ?1 AND id = ?2")?
                .execute(params![collection.path, id, Value::Object(body.clone()).to_string()])?;
            Ok(Some(body))
        })?;
    changed.ok_or_else(|| missing(collection, id))
}

fn delete(demo: &Demo, collection: &'static Collection, id: &str) -> Result<Response, Failure> {
    let count = demo.uptycs.database.write(|db| {
        if collection.path == "lookupTables" {
            db.execute("DELETE FROM lookup_row WHERE lookup_table_id = ?1", [id])?;
        }
        db.execute("DELETE FROM object WHERE kind = ?1 AND id = ?2", [collection.path, id])
    })?;
    match (count, collection.path) {
        (0, _) => Err(missing(collection, id)),
        // A captured answer of this one is no JSON.
        (_, "cloudAccounts") => Ok("OK".into_response()),
        _ => Ok(Json(json!({})).into_response()),
    }
}

/// 404 of a thing that is not there.
pub(crate) fn missing(collection: &Collection, id: &str) -> Failure {
    Failure::not_found(format!("there is no {id} in {}", collection.path))
}
