//! `/detections/{id}` and the bulk change of detections (docs/uptycs.md, "Alerts and detections", "Models"). The
//! list is one of `collections`.

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use rusqlite::{OptionalExtension as _, params, params_from_iter};
use serde_json::{Map, Value, json};

use crate::demo::Demo;
use crate::uptycs::alert_update::{By, Change};
use crate::uptycs::alerts_reporting::event_id;
use crate::uptycs::call::Call;
use crate::uptycs::collection::Collection;
use crate::uptycs::failure::Failure;
use crate::uptycs::filter;

/// The tactics of ATT&CK, each a column of the matrix.
const TACTICS: [&str; 14] = [
    "Reconnaissance",
    "Resource Development",
    "Initial Access",
    "Execution",
    "Persistence",
    "Privilege Escalation",
    "Defense Evasion",
    "Credential Access",
    "Discovery",
    "Lateral Movement",
    "Collection",
    "Command and Control",
    "Exfiltration",
    "Impact",
];

/// `GET /detections/{id}`: the detection is wrapped, beside its alerts, its events and empty graphs.
pub(crate) async fn get(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    let wanted = id.to_owned();
    let found = demo.uptycs.database.reading(move |db| {
        let body: Option<String> = db
            .query_row("SELECT body FROM object WHERE kind = 'detections' AND id = ?1", [wanted], |row| {
                row.get(0)
            })
            .optional()?;
        let Some(body) = body else { return Ok(None) };
        let body: Map<String, Value> = serde_json::from_str(&body).unwrap_or_default();
        let word = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        let sql = |name: &str| word(name).replace('T', " ").trim_end_matches('Z').to_owned();
        let alerts = db
            .prepare_cached(
                "SELECT body FROM alert JOIN alert_body USING (seq)
                    WHERE asset_id = ?1 AND alert_time BETWEEN ?2 AND ?3 ORDER BY alert_time, seq LIMIT 100",
            )?
            .query_map([word("assetId"), sql("createdAt"), sql("lastOccurredAt")], |row| {
                row.get::<_, String>(0)
            })?
            .map(|text| Ok(serde_json::from_str(&text?).unwrap_or_default()))
            .collect::<rusqlite::Result<Vec<Map<String, Value>>>>()?;
        Ok(Some((body, alerts)))
    });
    let (body, alerts) =
        found.await?.ok_or_else(|| Failure::not_found(format!("there is no {id} in detections")))?;
    Ok(Json(wrapped(body, &alerts)).into_response())
}

fn wrapped(mut body: Map<String, Value>, alerts: &[Map<String, Value>]) -> Value {
    let id = body.get("id").cloned().unwrap_or_default();
    let customer = body.get("customerId").cloned().unwrap_or_default();
    let of = |alert: &Map<String, Value>, name: &str| alert.get(name).cloned().unwrap_or_default();
    let events: Vec<Value> = alerts
        .iter()
        .map(|alert| {
            json!({
                "id": event_id(alert.get("id").and_then(Value::as_str).unwrap_or_default()),
                "event_time": of(alert, "alertTime"),
                "event_name": of(alert, "code"),
                "eventRule": of(alert, "alertRule"),
                "score": of(alert, "score"),
                "severity": of(alert, "severity"),
                "key": of(alert, "key"),
                "value": of(alert, "value"),
            })
        })
        .collect();
    let mut matrix = Map::new();
    for tactic in TACTICS {
        let here =
            alerts.iter().filter(|alert| alert.get("grouping").and_then(Value::as_str) == Some(tactic));
        matrix.insert(tactic.to_owned(), here.map(|alert| of(alert, "alertTags")).collect());
    }
    let graph = json!({ "id": id, "customerId": customer, "detectionId": id, "count": events.len(),
        "status": "FINISHED", "error": null, "createdAt": body.get("createdAt"), "updatedAt": body.get("updatedAt") });
    for (name, value) in [
        ("notes", json!([])),
        ("incidentSummary", json!(format!("## Summary\n\n{} signals on one asset.", events.len()))),
        ("alertStatusReasonId", Value::Null),
        ("tags", json!([])),
        ("graphId", id.clone()),
        ("graphJob", graph),
        ("tenantId", Value::Null),
        ("tenantName", Value::Null),
        ("region", Value::Null),
        ("resourceType", json!("asset")),
        ("hasLateralMovement", json!(false)),
        ("lateralMovementAssets", json!([])),
        ("isToolkitPresent", json!(false)),
        ("toolKitProfiles", json!([])),
        ("isAnomalyPresent", json!(false)),
        ("anomalyProfiles", json!([])),
        ("threatGroupProfiles", json!([])),
        ("isContainer", json!(false)),
        ("kubeAssetId", Value::Null),
        ("containerId", Value::Null),
        ("previousId", Value::Null),
        ("nextId", Value::Null),
        ("actionable", json!(true)),
        ("attackType", json!([])),
        // The vendor's spelling.
        ("autoRemediationAppiled", json!(false)),
        ("cloudResourceIdentifier", Value::Null),
    ] {
        body.insert(name.to_owned(), value);
    }
    json!({
        "detection": body,
        "incidentFromStore": null,
        "alerts": { "items": alerts },
        "events": { "items": events, "error": null },
        "processTree": { "error": null },
        "attackMatrix": { "items": matrix },
        "transientTree": { "items": { "root_node_id": null, "request_node_ids": [], "nodes": [], "edges": [] } },
    })
}

/// `PUT /detections` with `filters`: the one bulk change that a public client makes.
pub(crate) fn update(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let body: Map<String, Value> = call.json()?;
    let change = Change::of_body(&body)?;
    let filters = body
        .get("filters")
        .and_then(Value::as_object)
        .filter(|filters| !filters.is_empty())
        .ok_or_else(|| Failure::bad_request("\"filters\" is required"))?;
    let resource = Collection::at("detections")
        .and_then(Collection::resource)
        .ok_or_else(|| Failure::internal("detections cannot be listed"))?;
    let condition = filter::compile(resource, filters)?;
    let by = By::caller(demo);
    let count = demo.uptycs.database.write(|db| {
        let sql = format!("SELECT seq, body FROM object WHERE {} AND {}", resource.own_rows(), condition.sql);
        let rows: Vec<(i64, String)> = db
            .prepare(&sql)?
            .query_map(params_from_iter(&condition.parameters), |row| Ok((row.get(0)?, row.get(1)?)))?
            .collect::<rusqlite::Result<_>>()?;
        for (seq, text) in &rows {
            let mut body: Map<String, Value> = serde_json::from_str(text).unwrap_or_default();
            change.apply(&mut body, &by);
            db.prepare_cached("UPDATE object SET body = ?2 WHERE seq = ?1")?
                .execute(params![seq, Value::Object(body).to_string()])?;
        }
        Ok(rows.len())
    })?;
    Ok(Json(json!({ "count": count })).into_response())
}
