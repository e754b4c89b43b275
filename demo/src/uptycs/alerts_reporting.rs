//! `/alertsReporting`: alerts as flat rows of 80 columns (docs/uptycs.md, "Models").

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use rusqlite::{OptionalExtension as _, Row};
use serde_json::{Map, Value, json};

use crate::demo::Demo;
use crate::uptycs::alerts::ALERTS;
use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;
use crate::uptycs::list::{self, View};
use crate::uptycs::resource::{Field, Kind, Resource};

/// The columns that an alert may have of its own; what it lacks is null.
const OF_ALERT: &[&str] = &[
    "id",
    "customerId",
    "uptId",
    "alertId",
    "eventId",
    "ruleId",
    "eventRuleId",
    "code",
    "displayName",
    "description",
    "severity",
    "status",
    "key",
    "value",
    "grouping",
    "groupingL2",
    "groupingL3",
    "groupingL4",
    "alertTime",
    "createdAt",
    "updatedAt",
    "updatedBy",
    "lastActiveAt",
    "lastOccurredAt",
    "resolvedAt",
    "resolutionDays",
    "rowCount",
    "score",
    "assetId",
    "agentId",
    "agentType",
    "resourceType",
    "kubeAssetId",
    "isContainer",
    "isTask",
    "noisy",
    "hashKey",
    "groupId",
    "groupName",
    "metadata",
    "internalMetadata",
    "exceptionMetadata",
    "metaDataMap",
    "assignedTo",
    "assignedToUser",
    "note",
    "noteId",
    "noteCreatedAt",
    "noteCreatedBy",
    "alertStatusReasonId",
    "alertStatusReason",
    "updatedByUser",
    "alertTags",
    "cloudType",
    "cloudTenantId",
    "cloudTenantName",
    "cloudRegion",
    "cloudRegionCode",
    "cloudResourceId",
    "serviceValue",
    "resourceValue",
    "alertTimeSuppresionStart",
    "alertTimeSuppresionDuration",
    "attackType",
    "source",
    "custom",
    "remediationActions",
    "links",
];

/// The columns that come from the asset. The last five are reconstructed, after those of detections.
const OF_ASSET: &[(&str, &str)] = &[
    ("assetHostName", "hostName"),
    ("assetOs", "os"),
    ("assetOsVersion", "osVersion"),
    ("assetLive", "live"),
    ("assetStatus", "status"),
    ("assetLocation", "location"),
    ("assetOsFlavor", "osFlavor"),
    ("assetOsKey", "osKey"),
    ("assetOsqueryVersion", "osqueryVersion"),
    ("assetTags", "tags"),
];

static ALERTS_REPORTING: LazyLock<Resource> = LazyLock::new(|| {
    let mut fields = ALERTS.fields.to_vec();
    fields.extend([
        Field::new("assetHostName", "alert.host_name", Kind::Text),
        Field::new("alertRuleId", "alert.rule_id", Kind::Text),
    ]);
    Resource {
        path: "alertsReporting",
        title: Cow::Borrowed("Alerts reporting information"),
        table: "alert",
        fields: Cow::Owned(fields),
        plain: &[],
        extra_link: None,
    }
});

/// `GET /alertsReporting`. One of its clients says that a page has 1,000 rows at most.
pub(crate) async fn list(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let view = View {
        columns: "body.body, asset_body.body, alert.rule_id",
        joins: "CROSS JOIN alert_body AS body ON body.seq = page.seq CROSS JOIN alert ON alert.seq = page.seq
            LEFT JOIN asset ON asset.id = alert.asset_id LEFT JOIN asset_body ON asset_body.seq = asset.seq",
        show,
        most: 1_000,
    };
    list::page_as(demo, call, &ALERTS_REPORTING, view).await
}

fn show(row: &Row<'_>, text: &mut String) -> rusqlite::Result<()> {
    text.push_str(
        &Value::Object(flat(&read(row, 0)?, &read(row, 1)?, &row.get::<_, String>(2)?)).to_string(),
    );
    Ok(())
}

fn read(row: &Row<'_>, index: usize) -> rusqlite::Result<Map<String, Value>> {
    let text: Option<String> = row.get(index)?;
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// `GET /alertsReporting/{id}`: the rich record, with the asset and the rule nested.
pub(crate) async fn get(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    let wanted = id.to_owned();
    let found = demo.uptycs.database.reading(move |db| {
        db.query_row(
            "SELECT alert_body.body, asset_body.body, alert.rule_id FROM alert JOIN alert_body USING (seq)
                LEFT JOIN asset ON asset.id = alert.asset_id LEFT JOIN asset_body ON asset_body.seq = asset.seq
                WHERE alert.id = ?1",
            [wanted],
            |row| {
                let (alert, asset) = (read(row, 0)?, read(row, 1)?);
                let mut record = flat(&alert, &asset, &row.get::<_, String>(2)?);
                record.retain(|name, _| !OF_ASSET.iter().any(|(column, _)| column == name));
                let part = |name: &str| asset.get(name).cloned().unwrap_or_default();
                record.insert(
                    "asset".to_owned(),
                    json!({ "id": part("id"), "hostName": part("hostName"), "interfaces": part("interfaces") }),
                );
                record.insert("alertRule".to_owned(), alert.get("alertRule").cloned().unwrap_or_default());
                Ok(record)
            },
        )
        .optional()
    });
    let record =
        found.await?.ok_or_else(|| Failure::not_found(format!("there is no {id} in alertsReporting")))?;
    Ok(Json(Value::Object(record)).into_response())
}

fn flat(alert: &Map<String, Value>, asset: &Map<String, Value>, rule_id: &str) -> Map<String, Value> {
    let mut row = Map::new();
    for &name in OF_ALERT {
        row.insert(name.to_owned(), alert.get(name).cloned().unwrap_or_default());
    }
    for &(column, name) in OF_ASSET {
        row.insert(column.to_owned(), asset.get(name).cloned().unwrap_or_default());
    }
    let id = alert.get("id").and_then(Value::as_str).unwrap_or_default();
    let asset_id = alert.get("assetId").cloned().unwrap_or_default();
    let grouping = alert.get("grouping").cloned().unwrap_or_default();
    for (name, value) in [
        ("alertRuleId", json!(rule_id)),
        (
            "alertRuleName",
            alert.get("alertRule").and_then(|rule| rule.get("name")).cloned().unwrap_or_default(),
        ),
        ("uptId", json!(id)),
        ("alertId", json!(id)),
        ("eventId", json!(event_id(id))),
        ("ruleId", json!(rule_id)),
        ("lastActiveAt", alert.get("lastOccurredAt").cloned().unwrap_or_default()),
        ("rowCount", json!(1)),
        ("agentId", asset_id.clone()),
        ("resourceType", json!("asset")),
        ("isTask", json!(false)),
        ("noisy", json!(false)),
        ("custom", json!(false)),
        ("attackType", json!([grouping])),
        ("source", json!("uptycs")),
        ("internalMetadata", json!({ "upt_hash": id.replace('-', "") })),
        (
            "exceptionMetadata",
            json!({ "assetTags": asset.get("tags"), "assetId": asset_id, "alertGrouping": grouping,
                "assetObjectGroupId": asset.get("objectGroupId") }),
        ),
        ("metaDataMap", meta_data_map(alert)),
        ("remediationActions", json!([])),
    ] {
        row.insert(name.to_owned(), value);
    }
    row
}

/// The id of the event behind an alert, as `upt_events` has it.
pub(crate) fn event_id(alert_id: &str) -> String {
    format!("e{}", alert_id.get(1..).unwrap_or_default())
}

/// The labels of the metadata; `orginalName` is the vendor's spelling.
fn meta_data_map(alert: &Map<String, Value>) -> Value {
    let metadata = alert.get("metadata").and_then(Value::as_object);
    metadata
        .into_iter()
        .flat_map(Map::keys)
        .map(|name| (name.replace('_', " "), json!({ "orginalName": name, "pivot": null })))
        .collect::<Map<String, Value>>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_has_eighty_columns() {
        assert_eq!(flat(&Map::new(), &Map::new(), "rule").len(), 80);
    }
}
