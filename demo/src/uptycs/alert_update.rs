//! `PUT /alerts/{id}` and, by analogy with detections, `PUT /alerts` (docs/uptycs.md, "Alerts and detections").

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use rusqlite::{Connection, OptionalExtension as _, params, params_from_iter};
use serde_json::{Map, Value, json};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::uptycs::alerts::ALERTS;
use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;
use crate::uptycs::filter;

/// What a caller changes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Change {
    /// `open`, `assigned`, `resolved` or `closed`.
    status: Option<&'static str>,
    /// The text of the note; attested on detections only.
    note: Option<String>,
    /// The id of the user who takes it on, or null for nobody; reconstructed.
    assigned_to: Option<Value>,
}

impl Change {
    /// Reads a body. What it does not know it refuses.
    pub(crate) fn of_body(body: &Map<String, Value>) -> Result<Self, Failure> {
        let mut change = Self::default();
        for (name, value) in body {
            match name.as_str() {
                "filters" => {}
                "status" => change.status = Some(status(value)?),
                "note" => {
                    let memo = value.get("memo").unwrap_or(value).as_str();
                    let memo = memo.ok_or_else(|| Failure::bad_request("\"note.memo\" must be a string"))?;
                    change.note = Some(memo.to_owned());
                }
                "assignedTo" => {
                    if !value.is_string() && !value.is_null() {
                        return Err(Failure::bad_request("\"assignedTo\" must be a string"));
                    }
                    change.assigned_to = Some(value.clone());
                }
                other => return Err(Failure::bad_request(format!("\"{other}\" is not allowed"))),
            }
        }
        if change == Self::default() {
            return Err(Failure::bad_request("\"status\" is required"));
        }
        Ok(change)
    }

    /// Changes the JSON of an alert or a detection.
    pub(crate) fn apply(&self, body: &mut Map<String, Value>, by: &By<'_>) {
        let now = by.at.iso();
        if let Some(status) = self.status {
            body.insert("status".to_owned(), json!(status));
            body.insert("resolvedAt".to_owned(), json!((status == "resolved").then_some(&now)));
        }
        if let Some(note) = &self.note {
            body.insert("note".to_owned(), json!(note));
            body.insert("noteId".to_owned(), json!(by.note_id));
            body.insert("noteCreatedAt".to_owned(), json!(now));
            body.insert("noteCreatedBy".to_owned(), json!(by.user_id));
        }
        if let Some(assigned_to) = &self.assigned_to {
            body.insert("assignedTo".to_owned(), assigned_to.clone());
        }
        body.insert("updatedAt".to_owned(), json!(now));
        body.insert("updatedBy".to_owned(), json!(by.user_id));
        body.insert(
            "updatedByUser".to_owned(),
            json!({ "name": "Demo API", "email": "api@demo.example", "admin": true }),
        );
    }
}

/// Who changes something, and when.
#[derive(Debug)]
pub(crate) struct By<'a> {
    /// When.
    pub(crate) at: UtcInstant,
    /// The user of the key.
    pub(crate) user_id: &'a str,
    /// The id of a new note.
    pub(crate) note_id: String,
}

impl<'a> By<'a> {
    /// The caller, now.
    pub(crate) fn caller(demo: &'a Demo) -> Self {
        Self { at: UtcInstant::now(), user_id: &demo.uptycs.key_file.user_id, note_id: demo.uptycs.new_id() }
    }
}

/// `new` is another word for `open`.
fn status(value: &Value) -> Result<&'static str, Failure> {
    match value.as_str() {
        Some("open" | "new") => Ok("open"),
        Some("assigned") => Ok("assigned"),
        Some("resolved") => Ok("resolved"),
        Some("closed") => Ok("closed"),
        _ => Err(Failure::bad_request("\"status\" must be one of [open, assigned, resolved, closed]")),
    }
}

/// `PUT /alerts/{id}`: the changed alert.
pub(crate) fn one(demo: &Arc<Demo>, call: &Call, id: &str) -> Result<Response, Failure> {
    let change = Change::of_body(&call.json()?)?;
    let by = By::caller(demo);
    let changed = demo.uptycs.database.write(|db| write(db, id, &change, &by))?;
    let body = changed.ok_or_else(|| Failure::not_found(format!("there is no {id} in alerts")))?;
    Ok(Json(Value::Object(body)).into_response())
}

/// `PUT /alerts` with `filters`. Reconstructed: only detections are known to be changed this way.
pub(crate) fn many(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let body: Map<String, Value> = call.json()?;
    let change = Change::of_body(&body)?;
    let filters = body
        .get("filters")
        .and_then(Value::as_object)
        .filter(|filters| !filters.is_empty())
        .ok_or_else(|| Failure::bad_request("\"filters\" is required"))?;
    let condition = filter::compile(&ALERTS, filters)?;
    let by = By::caller(demo);
    let count = demo.uptycs.database.write(|db| {
        let sql = format!("SELECT alert.id FROM alert WHERE {}", condition.sql);
        let ids: Vec<String> = db
            .prepare(&sql)?
            .query_map(params_from_iter(&condition.parameters), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for id in &ids {
            write(db, id, &change, &by)?;
        }
        Ok(ids.len())
    })?;
    Ok(Json(json!({ "count": count })).into_response())
}

/// The row, its JSON, and the demo's own account of changes, which `/_demo/ids` goes by.
fn write(
    db: &Connection,
    id: &str,
    change: &Change,
    by: &By<'_>,
) -> rusqlite::Result<Option<Map<String, Value>>> {
    let found: Option<(i64, String)> = db
        .prepare_cached("SELECT alert.seq, body FROM alert JOIN alert_body USING (seq) WHERE id = ?1")?
        .query_row([id], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((seq, text)) = found else { return Ok(None) };
    let mut body: Map<String, Value> = serde_json::from_str(&text).unwrap_or_default();
    change.apply(&mut body, by);
    let word = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
    db.prepare_cached(
        "UPDATE alert SET status = ?2, assigned_to = ?3, updated_at = ?4, changed = ?5 WHERE seq = ?1",
    )?
    .execute(params![
        seq,
        word("status").unwrap_or_default(),
        word("assignedTo"),
        by.at.sql(),
        by.at.millis()
    ])?;
    db.prepare_cached("UPDATE alert_body SET body = ?2 WHERE seq = ?1")?
        .execute(params![seq, Value::Object(body.clone()).to_string()])?;
    Ok(Some(body))
}
