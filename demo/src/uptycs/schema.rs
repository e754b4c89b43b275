//! `/schema`, `/schema/global`, `/schema/realtime`, `/schema/timemachine`: the tables that SQL finds, as `tables`
//! and not as `items` (docs/uptycs.md, "SQL tables").

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::store::{LAKE, Place};
use crate::uptycs::failure::Failure;

/// The catalogue of a realm; the global one when none is named.
pub(crate) fn get(realm: &str) -> Result<Response, Failure> {
    let is_there: fn(Place) -> bool = match realm {
        "global" => |place| place != Place::Audit,
        "realtime" | "timemachine" => |place| matches!(place, Place::Snapshot | Place::Event),
        other => return Err(Failure::not_found(format!("there is no schema/{other}"))),
    };
    let tables: Vec<Value> = LAKE
        .iter()
        .filter(|table| is_there(table.place))
        .map(|table| {
            let columns: Vec<Value> = if realm == "realtime" {
                table.own_columns().map(|one| json!({ "name": one.name, "type": one.kind })).collect()
            } else {
                table.all_columns().map(|one| json!({ "name": one.name, "type": one.kind })).collect()
            };
            json!({ "name": table.name, "description": table.description, "columns": columns })
        })
        .collect();
    Ok(Json(json!({ "tables": tables })).into_response())
}
