//! Changes of alerts, detections and assets.

use serde_json::{Value, json};
use triagekit_demo::Server;

use crate::asking::{encoded, get, small, sorted_ids, truth, uptycs};

fn first(server: &Server, path: &str) -> Value {
    uptycs(server, "GET", path, None).json()["items"][0].clone()
}

fn path_of(list: &str, row: &Value) -> String {
    format!("{list}/{}", row["id"].as_str().unwrap())
}

#[test]
fn an_alert_takes_a_status_everywhere_at_once() {
    let server = small();
    let alert =
        first(&server, &format!("/alerts?filters={}", encoded(&json!({ "status": { "equals": "open" } }))));
    let path = path_of("/alerts", &alert);
    let changed = uptycs(&server, "PUT", &path, Some(&json!({ "status": "resolved" })));
    assert_eq!(changed.status, 200, "{}", changed.body);
    let changed = changed.json();
    assert_eq!(changed["status"], "resolved");
    assert!(
        changed["updatedByUser"]["email"].is_string()
            && changed["updatedAt"].as_str() > alert["updatedAt"].as_str()
    );
    assert_eq!(uptycs(&server, "GET", &path, None).json(), changed);
    let filters = encoded(&json!({ "id": { "equals": alert["id"] }, "status": { "equals": "resolved" } }));
    assert_eq!(first(&server, &format!("/alerts?filters={filters}"))["id"], alert["id"]);
    assert_eq!(first(&server, &format!("/alertsReporting?filters={filters}"))["status"], "resolved");
    let sql = format!("SELECT status FROM upt_alerts WHERE id = '{}'", alert["id"].as_str().unwrap());
    let seen = uptycs(&server, "POST", "/query", Some(&json!({ "query": sql }))).json();
    assert_eq!(seen["items"][0]["status"], "resolved");
    assert_eq!(truth(&server, "uptycs").len(), 300);
}

#[test]
fn new_is_another_word_for_open_and_other_words_are_refused() {
    let server = small();
    let path = path_of("/alerts", &first(&server, "/alerts"));
    assert_eq!(uptycs(&server, "PUT", &path, Some(&json!({ "status": "new" }))).json()["status"], "open");
    for body in [json!({ "status": "done" }), json!({}), json!({ "severity": "low" }), json!([])] {
        assert_eq!(uptycs(&server, "PUT", &path, Some(&body)).status, 400, "{body}");
    }
    let missing = "/alerts/00000000-0000-4000-8000-000000000000";
    assert_eq!(uptycs(&server, "PUT", missing, Some(&json!({ "status": "open" }))).status, 404);
}

#[test]
fn reporting_rows_are_flat_with_eighty_columns_and_a_thousand_a_page() {
    let server = small();
    let page = uptycs(&server, "GET", "/alertsReporting?limit=5000&sort=alertTime:desc", None).json();
    assert_eq!((page["limit"].as_u64(), page["items"].as_array().unwrap().len()), (Some(1_000), 300));
    assert_eq!(sorted_ids(page["items"].as_array().unwrap()), truth(&server, "uptycs"));
    let row = &page["items"][0];
    assert_eq!(row.as_object().unwrap().len(), 80);
    assert!(
        row["assetHostName"].is_string() && row["alertRuleName"].is_string() && row.get("asset").is_none()
    );
    let rich = uptycs(&server, "GET", &path_of("/alertsReporting", row), None).json();
    assert_eq!(rich["asset"]["hostName"], row["assetHostName"]);
    assert!(rich["asset"]["interfaces"].is_array() && rich["metaDataMap"].is_object());
}

#[test]
fn detections_are_wrapped_and_changed_in_bulk() {
    let server = small();
    let detection = first(&server, "/detections?sort=lastOccurredAt:desc");
    let path = path_of("/detections", &detection);
    let whole = uptycs(&server, "GET", &path, None).json();
    assert_eq!(whole["detection"]["displayName"], detection["displayName"]);
    let alerts = whole["alerts"]["items"].as_array().unwrap();
    assert_eq!(json!(alerts.len()), detection["signals"]);
    assert_eq!(whole["attackMatrix"]["items"].as_object().unwrap().len(), 14);
    let body = json!({ "filters": { "id": { "equals": detection["id"] } }, "note": { "memo": "seen" }, "status": "closed" });
    assert_eq!(uptycs(&server, "PUT", "/detections", Some(&body)).status, 200);
    let whole = uptycs(&server, "GET", &path, None).json();
    assert_eq!(
        (&whole["detection"]["status"], &whole["detection"]["note"]),
        (&json!("closed"), &json!("seen"))
    );
    assert_eq!(uptycs(&server, "PUT", "/detections", Some(&json!({ "status": "closed" }))).status, 400);
}

#[test]
fn tags_of_an_asset_are_replaced_and_one_is_taken_off_many() {
    let server = small();
    let asset = first(&server, "/assets");
    let path = path_of("/assets", &asset);
    let changed = uptycs(&server, "PUT", &path, Some(&json!({ "tags": ["all", "site=fra", "k=v"] })));
    assert_eq!(changed.json()["tags"], json!(["all", "site=fra", "k=v"]));
    assert_eq!(uptycs(&server, "PUT", &path, Some(&json!({ "tags": "all" }))).status, 400);
    let tag = first(&server, "/tags?key=site&value=fra");
    let body = json!({ "tagId": tag["id"], "filters": { "id": { "in": [asset["id"]] } } });
    assert_eq!(uptycs(&server, "DELETE", "/assets/tags", Some(&body)).status, 200);
    assert_eq!(uptycs(&server, "GET", &path, None).json()["tags"], json!(["all", "k=v"]));
    let users = uptycs(&server, "GET", &format!("{path}/user"), None);
    assert_eq!(users.status, 200, "{}", users.body);
}

#[test]
fn a_deleted_asset_is_gone_from_lists_sql_and_counts() {
    let server = small();
    let asset = first(&server, "/assets");
    let path = path_of("/assets", &asset);
    let deleted = uptycs(&server, "DELETE", &path, None);
    assert_eq!((deleted.status, deleted.json()), (200, json!({})));
    assert_eq!(uptycs(&server, "GET", &path, None).status, 404);
    assert_eq!(uptycs(&server, "GET", "/assets/count", None).json(), json!({ "count": 239 }));
    let state: Value = serde_json::from_str(&get(&server, "/_demo/state").body).unwrap();
    assert_eq!(state["rows"]["uptycs"]["asset"], 239);
    assert_eq!(uptycs(&server, "DELETE", &path, None).status, 404);
}
