//! What can be done to assets (docs/uptycs.md, "Assets").

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};
use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::uptycs::assets::ASSETS;
use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;
use crate::uptycs::filter;

/// `PUT /assets/{id}`: `tags` replaces all of them. `disabled` is reconstructed.
pub(crate) fn update(demo: &Arc<Demo>, call: &Call, id: &str) -> Result<Response, Failure> {
    let given: Map<String, Value> = call.json()?;
    for (name, value) in &given {
        let is_fine = match name.as_str() {
            "tags" => value.as_array().is_some_and(|tags| tags.iter().all(Value::is_string)),
            "disabled" => value.is_boolean(),
            other => return Err(Failure::bad_request(format!("\"{other}\" is not allowed"))),
        };
        if !is_fine {
            return Err(Failure::bad_request(format!(
                "\"{name}\" must be {}",
                if name == "tags" { "an array of strings" } else { "a boolean" }
            )));
        }
    }
    let changed = demo.uptycs.database.write(|db| {
        let Some((seq, mut body)) = read(db, id)? else { return Ok(None) };
        body.extend(given);
        write(db, seq, &mut body)?;
        Ok(Some(body))
    })?;
    let body = changed.ok_or_else(|| missing(id))?;
    Ok(Json(Value::Object(body)).into_response())
}

/// `DELETE /assets/{id}`. Reconstructed: the permission for it exists, a public call does not.
pub(crate) fn delete(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    let count = demo.uptycs.database.write(|db| {
        db.execute("DELETE FROM asset_body WHERE seq = (SELECT seq FROM asset WHERE id = ?1)", [id])?;
        db.execute("DELETE FROM asset WHERE id = ?1", [id])
    })?;
    if count == 0 { Err(missing(id)) } else { Ok(Json(json!({})).into_response()) }
}

/// One tag and the assets that lose it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Removal {
    tag_id: Option<String>,
    filters: Option<Map<String, Value>>,
}

/// `DELETE /assets/tags` with a body.
pub(crate) fn remove_tag(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let removal: Removal = call.json()?;
    let tag_id = removal.tag_id.ok_or_else(|| Failure::bad_request("\"tagId\" is required"))?;
    let filters = removal.filters.ok_or_else(|| Failure::bad_request("\"filters\" is required"))?;
    let condition = filter::compile(&ASSETS, &filters)?;
    let removed = demo.uptycs.database.write(|db| {
        let tag: Option<Option<String>> = db
            .query_row(
                "SELECT body ->> '$.tag' FROM object WHERE kind IN ('tags', 'assetTags') AND id = ?1",
                [&tag_id],
                |row| row.get(0),
            )
            .optional()?;
        let Some(Some(tag)) = tag else { return Ok(None) };
        let sql = format!("SELECT asset.id FROM asset WHERE {}", condition.sql);
        let ids: Vec<String> = db
            .prepare(&sql)?
            .query_map(params_from_iter(&condition.parameters), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in ids {
            if let Some((seq, mut body)) = read(db, &id)?
                && let Some(Value::Array(tags)) = body.get_mut("tags")
            {
                tags.retain(|one| one.as_str() != Some(tag.as_str()));
                write(db, seq, &mut body)?;
            }
        }
        Ok(Some(()))
    })?;
    removed.ok_or_else(|| Failure::not_found(format!("there is no {tag_id} in tags")))?;
    Ok(Json(json!({})).into_response())
}

/// `GET /assets/{id}/user`: who is logged in.
pub(crate) async fn user(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    let wanted = id.to_owned();
    let users = demo.uptycs.database.reading(move |db| {
        if read(db, &wanted)?.is_none() {
            return Ok(None);
        }
        let users = db
            .prepare_cached("SELECT user, tty, host, time FROM logged_in_users WHERE upt_asset_id = ?1")?
            .query_map([&wanted], |row| {
                let (user, tty): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
                let (host, time): (Option<String>, Option<i64>) = (row.get(2)?, row.get(3)?);
                Ok(json!({ "user": user, "tty": tty, "host": host, "time": time }))
            })?
            .collect::<rusqlite::Result<Vec<Value>>>()?;
        Ok(Some(users))
    });
    let users = users.await?.ok_or_else(|| missing(id))?;
    Ok(Json(json!({ "items": users })).into_response())
}

fn missing(id: &str) -> Failure {
    Failure::not_found(format!("there is no {id} in assets"))
}

fn read(db: &Connection, id: &str) -> rusqlite::Result<Option<(i64, Map<String, Value>)>> {
    db.prepare_cached("SELECT seq, body FROM asset JOIN asset_body USING (seq) WHERE id = ?1")?
        .query_row([id], |row| {
            let text: String = row.get(1)?;
            Ok((row.get(0)?, serde_json::from_str(&text).unwrap_or_default()))
        })
        .optional()
}

fn write(db: &Connection, seq: i64, body: &mut Map<String, Value>) -> rusqlite::Result<()> {
    let now = UtcInstant::now();
    body.insert("updatedAt".to_owned(), json!(now.iso()));
    let is_disabled = body.get("disabled").and_then(Value::as_bool).unwrap_or(false);
    db.prepare_cached("UPDATE asset SET updated_at = ?2, disabled = ?3 WHERE seq = ?1")?.execute(params![
        seq,
        now.sql(),
        is_disabled
    ])?;
    db.prepare_cached("UPDATE asset_body SET body = ?2 WHERE seq = ?1")?
        .execute(params![seq, Value::Object(body.clone()).to_string()])?;
    Ok(())
}
