//! UTMStack as its documentation has it, asked as its own Postman collection asks.

use serde_json::{Value, json};
use triagekit_demo::Personality;

use crate::asking::{Answer, get, send};
use crate::utmstack_desk::{Desk, desk};

const A: &str = "c1c4e32c-dd9f-4a15-98c4-0dac2af40740";
const B: &str = "d2f5e12a-b5a4-4bcd-91d0-2a8f5b6d9e1f";
const C: &str = "7a12c4f3-894c-4e2a-9f1b-c7c7a0b84522";
const SEARCH: &str = "/api/elasticsearch/search?page=1&size=25&indexPattern=alert-*";

fn documented() -> Desk {
    desk(Personality::Documented)
}

fn assert_error(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{answer:?}");
    let body = answer.json();
    assert!(body["error"].is_string() && body["message"].is_string(), "{body}");
    assert_eq!(body["status"], status);
    assert!(body["timestamp"].as_str().unwrap().ends_with('Z') && body.get("path").is_none(), "{body}");
}

#[test]
fn a_search_is_a_bare_array_with_ids_and_no_headers() {
    let desk = documented();
    let filters = json!([
        { "field": "status", "operator": "IS_NOT", "value": 1 },
        { "field": "tags", "operator": "IS_NOT", "value": "False positive" },
        { "field": "@timestamp", "operator": "IS_BETWEEN", "value": ["now-7d", "now"] },
    ]);
    let answer = desk.post(&format!("{SEARCH}&top=100000000&sort=@timestamp,desc"), &filters);
    assert!(answer.header("x-total-count").is_none() && answer.header("link").is_none());
    let rows = answer.json();
    let row = &rows[0];
    assert!(row["id"].is_string() && row["source"]["hostname"].is_string() && row.get("logs").is_none());
    let page = |number: u32| {
        desk.post(
            &format!("/api/elasticsearch/search?page={number}&size=25&indexPattern=alert-*"),
            &json!([]),
        )
    };
    assert_ne!(page(1).json(), page(2).json());
    assert_eq!(page(13).json(), json!([]));
    assert_error(&page(0), 400);
}

#[test]
fn the_twelve_operators_and_five_severities_are_there() {
    let desk = documented();
    let count = |field: &str, operator: &str, value: Value| {
        let filters = json!([{ "field": field, "operator": operator, "value": value }]);
        let path = "/api/elasticsearch/search?page=1&size=1000&indexPattern=alert-*";
        desk.post(path, &filters).json().as_array().unwrap().len()
    };
    assert_eq!(count("severity", "GREATER_EQUAL", json!(3)) + count("severity", "LESS_THAN", json!(3)), 300);
    assert_eq!(count("severity", "GREATER_THAN", json!(3)) + count("severity", "LESS_EQUAL", json!(3)), 300);
    assert_eq!(count("severity", "IS_IN", json!([4, 5])), count("severityLabel", "IS", json!("Critical")));
    assert_eq!(count("status", "IS_IN", json!([2, 3])) + count("status", "IS_NOT_IN", json!([2, 3])), 300);
    assert!(count("name", "CONTAINS", json!("eep from")) > 0, "any part of the text");
    assert!(
        count("name", "STARTS_WITH", json!("Port")) > 0 && count("name", "ENDS_WITH", json!("(Windows)")) > 0
    );
    assert_eq!(count("status", "EQUALS", json!("2")), count("status", "IS", json!(2)));
    let filter =
        |field: &str, operator: &str| json!([{ "field": field, "operator": operator, "value": "x" }]);
    assert_error(&desk.post(SEARCH, &filter("no.such.field", "IS")), 400);
    assert_error(&desk.post(SEARCH, &filter("name", "CONTAIN")), 400);
    assert_error(&desk.raw("POST", SEARCH, Some("{")), 400);
}

#[test]
fn the_collection_s_status_requests_succeed_and_unknown_ids_are_404() {
    let desk = documented();
    let path = "/api/utm-alerts/status";
    let set = |ids: Value, status: i64, tags: bool| {
        desk.post(path, &json!({ "alertIds": ids, "status": status, "statusObservation": "x\ny", "addFalsePositiveTag": tags }))
    };
    for (ids, status, tags) in
        [(json!([A]), 3, false), (json!([A]), 5, false), (json!([A]), 3, true), (json!([A, B, C]), 5, false)]
    {
        let answer = set(ids, status, tags);
        assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    }
    let alert = desk.alert(A);
    assert!(
        alert["tags"].as_array().unwrap().contains(&json!("False positive")),
        "the flag counts with any status"
    );
    assert_error(&set(json!([B, "unknown"]), 2, false), 404);
    assert_eq!(desk.alert(B)["status"], 5, "nothing is changed when one id is unknown");
    for (ids, status) in [(json!([]), 2), (json!([A]), 1), (json!([A]), 4)] {
        assert_error(&set(ids, status, false), 400);
    }
}

#[test]
fn tags_replace_and_make_a_rule_when_asked() {
    let desk = documented();
    let set = |tags: Value, rule: bool| {
        desk.post("/api/utm-alerts/tags", &json!({ "alertIds": [A], "tags": tags, "createRule": rule }))
    };
    let answer = set(json!(["Under Investigation", "o'brien"]), false);
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(desk.get("/api/alert-tag-rules").json(), json!([]));
    assert_eq!(set(json!(["False Positive", "Reviewed"]), true).status, 200);
    assert_eq!(set(json!(["False Positive", "Reviewed"]), true).status, 200, "twice is fine");
    assert_eq!(desk.alert(A)["tags"], json!(["False Positive", "Reviewed"]));
    assert_eq!(desk.get("/api/alert-tag-rules").json()[0]["tags"].as_array().unwrap().len(), 2);
    assert_eq!(set(json!([]), false).status, 200);
    assert!(desk.alert(A)["tags"].is_null());
}

#[test]
fn notes_are_a_json_string_and_are_cleared_by_the_empty_one() {
    let desk = documented();
    let note = |text: &str| desk.raw("POST", &format!("/api/utm-alerts/notes?alertId={A}"), Some(text));
    let answer = note("\"two\\nlines, é\"");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(desk.alert(A)["notes"], "two\nlines, é");
    assert_eq!(note("\"\"").status, 200);
    assert_eq!(desk.alert(A)["notes"], "");
    assert_error(&note("unquoted"), 400);
    assert_error(&desk.raw("POST", "/api/utm-alerts/notes?alertId=alert-123", Some("\"x\"")), 400);
    let unknown = "/api/utm-alerts/notes?alertId=00000000-0000-4000-8000-000000000000";
    assert_error(&desk.raw("POST", unknown, Some("\"x\"")), 404);
}

#[test]
fn an_incident_is_made_under_the_caller_s_number_once() {
    let desk = documented();
    let body = |id: i64| json!({ "eventIds": [A, B, C], "incidentName": "Campaign", "incidentId": id, "incidentSource": "x" });
    let path = "/api/utm-alerts/convert-to-incident";
    assert_eq!(
        desk.post(path, &body(1001)).json(),
        json!({ "success": true, "incidentId": 1001, "message": "Incident created successfully", "alertsConverted": 3 })
    );
    assert_error(&desk.post(path, &body(1001)), 400);
    assert_eq!(desk.post(path, &body(1002)).status, 200);
    assert_eq!(desk.get("/api/utm-incidents/1001").json()["incidentName"], "Campaign");
}

#[test]
fn counts_of_values_are_pairs_with_texts() {
    let desk = documented();
    let path = "/api/elasticsearch/property/values-with-count";
    let pairs = desk.post(path, &json!({ "field": "status", "index": "alert-*", "filters": [] })).json();
    assert!(pairs[0]["value"].is_string() && pairs[0]["count"].is_number());
    let counts: Vec<u64> =
        pairs.as_array().unwrap().iter().map(|pair| pair["count"].as_u64().unwrap()).collect();
    assert!(counts.is_sorted_by(|one, other| one >= other), "by count, the largest first");
    let sources = desk.post(path, &json!({ "field": "dataSource", "index": "alert-*" })).json();
    assert_eq!(sources.as_array().unwrap().len(), 10);
    let names = desk
        .post(path, &json!({ "field": "severityLabel", "index": "alert-*", "orderByCount": false }))
        .json();
    assert_eq!(names[0]["value"], "Critical", "alphabetical");
    assert_error(&desk.post(path, &json!({ "field": "nothing", "index": "alert-*" })), 400);
    assert!(desk.get("/api/utm-alerts/count-open-alerts").json().is_number());
}

#[test]
fn a_table_has_bare_numbers_and_dates_and_quoted_texts() {
    let desk = documented();
    let path = "/api/elasticsearch/alerts/export/csv";
    let body = json!({
        "filters": [{ "field": "severity", "operator": "GREATER_EQUAL", "value": 3 }],
        "fields": ["@timestamp", "name", "severity", "sourceIp", "user", "notes"],
        "from": 0, "size": 5000, "orderBy": "@timestamp", "sortDirection": "desc", "includeHeaders": true,
        "dateFormat": "yyyy-MM-dd HH:mm:ss", "separator": ";", "filename": "x.csv",
    });
    let answer = desk.post(path, &body);
    assert!(answer.header("content-type").unwrap().contains("text/csv"));
    let mut lines = answer.body.lines();
    assert_eq!(lines.next(), Some("@timestamp;name;severity;sourceIp;user;notes"));
    let first: Vec<&str> = lines.next().unwrap().split(';').collect();
    assert_eq!(first[0].len(), 19);
    assert!(first[1].starts_with('"') && first[2].parse::<u8>().is_ok());
    let wrong = |field: &str, value: Value| {
        let mut body = body.clone();
        body[field] = value;
        desk.post(path, &body)
    };
    assert_error(&wrong("size", json!(100_001)), 413);
    assert_error(&wrong("fields", json!(["secret"])), 400);
    assert_error(&wrong("dateFormat", json!("qqq")), 400);
    assert_eq!(
        desk.post("/api/elasticsearch/search/csv", &body).status,
        404,
        "the servers' own path is not there"
    );
}

#[test]
fn refusals_have_the_documented_shape_and_a_blocked_login_is_403() {
    let desk = documented();
    assert_error(&get(&desk.server, "/api/utm-alerts/count-open-alerts"), 401);
    let url = format!("{}/api/authenticate", desk.server.base_url());
    let wrong = json!({ "username": "demo", "password": "wrong" }).to_string();
    let login = || send("POST", &url, &[("content-type", "application/json")], Some(&wrong));
    for _ in 0..10 {
        assert_error(&login(), 401);
    }
    assert_error(&login(), 403);
}
