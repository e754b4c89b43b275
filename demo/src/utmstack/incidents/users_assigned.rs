//! `GET /api/utm-incidents/users-assigned` (docs/utmstack.md, 5.4).

use std::collections::BTreeMap;
use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::utmstack::failure::Failure;

/// Who has incidents: out of the text that the UI keeps in each, which is JSON of logins with their ids.
pub(crate) async fn users_assigned(State(demo): State<Arc<Demo>>) -> Result<Json<Vec<Value>>, Failure> {
    let found = demo.utmstack.database.reading(|db| {
        let mut statement = db.prepare("SELECT DISTINCT incident_assigned_to FROM incident")?;
        let rows = statement.query_map([], |row| row.get::<_, Option<String>>(0))?;
        rows.collect::<rusqlite::Result<Vec<_>>>()
    });
    let found = found
        .await
        .map_err(|error| Failure::internal("UtmIncidentResource.getAllUserAssigned", &error.to_string()))?;
    let mut users = BTreeMap::new();
    for text in found.into_iter().flatten() {
        let assigned: Vec<Value> = serde_json::from_str(&text).unwrap_or_default();
        for user in assigned {
            if let (Some(id), Some(login)) = (user["id"].as_i64(), user["login"].as_str()) {
                users.insert(id, login.to_owned());
            }
        }
    }
    Ok(Json(users.into_iter().map(|(id, login)| json!({ "id": id, "login": login })).collect()))
}
