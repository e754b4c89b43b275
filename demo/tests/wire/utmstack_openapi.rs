//! The answers of UTMStack 10 against the schema dump that its own server gives out, which lies beside the checkout
//! on the machines of its makers only.

use std::path::Path;

use serde_json::{Value, json};
use triagekit_demo::Personality;

use crate::asking::Answer;
use crate::utmstack_desk::{Desk, desk};

const DUMP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/vendor/utmstack-openapi-10.5.19.json");

/// The dump, with what its generator cannot say put right: Java's `Object` is any JSON, not an object, and what is
/// not required may be null.
fn dump() -> Option<Value> {
    let Ok(text) = std::fs::read_to_string(Path::new(DUMP)) else {
        println!("not checked against the vendor's schema: {DUMP} is not there");
        return None;
    };
    let mut dump: Value = serde_json::from_str(&text).unwrap();
    loosen(&mut dump["components"]["schemas"]);
    loosen(&mut dump["paths"]);
    Some(dump)
}

fn loosen(schema: &mut Value) {
    if *schema == json!({ "type": "object" }) {
        *schema = json!({});
        return;
    }
    let required: Vec<String> = schema["required"]
        .as_array()
        .map(|names| names.iter().filter_map(|name| name.as_str().map(str::to_owned)).collect())
        .unwrap_or_default();
    match schema {
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                loosen(value);
                if name == "properties"
                    && let Some(properties) = value.as_object_mut()
                {
                    for (property, of) in properties {
                        if !required.contains(property) {
                            *of = json!({ "anyOf": [of.clone(), { "type": "null" }] });
                        }
                    }
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(loosen),
        _ => {}
    }
}

/// Checks an answer against the schema of an operation's success.
fn check(dump: &Value, method: &str, path: &str, answer: &Answer) {
    assert!((200..300).contains(&answer.status), "{method} {path}: {answer:?}");
    let operation = &dump["paths"][path][method];
    assert!(operation.is_object(), "{method} {path} is not in the vendor's dump");
    let content = &operation["responses"]["200"]["content"];
    let Some(schema) =
        content.as_object().and_then(|kinds| kinds.values().next()).map(|kind| &kind["schema"])
    else {
        assert_eq!(answer.body, "", "{method} {path} answers nothing");
        return;
    };
    let whole = json!({ "allOf": [schema], "components": dump["components"] });
    let validator = jsonschema::validator_for(&whole).unwrap();
    let body = serde_json::from_str(&answer.body).unwrap_or_else(|_| Value::from(answer.body.as_str()));
    let mistakes: Vec<String> =
        validator.iter_errors(&body).map(|error| format!("{error} at {}", error.instance_path())).collect();
    assert!(mistakes.is_empty(), "{method} {path}: {mistakes:#?}");
}

fn check_get(dump: &Value, desk: &Desk, path: &str, asked: &str) {
    check(dump, "get", path, &desk.get(asked));
}

#[test]
fn what_is_read_is_as_the_vendor_s_schema_has_it() {
    let Some(dump) = dump() else { return };
    let desk = desk(Personality::V10);
    let span = "from=now-30d&to=now&top=5&interval=Hour";
    for (path, query) in [
        ("/api/account", ""),
        ("/api/users", ""),
        ("/api/date-format", ""),
        ("/api/images/all", ""),
        ("/api/authenticate", ""),
        ("/api/check-credentials", "password=triagekit-demo&checkUUID=x"),
        ("/api/elasticsearch/cluster/status", ""),
        ("/api/elasticsearch/index/all", ""),
        ("/api/elasticsearch/index/properties", "indexPattern=alert-*"),
        ("/api/elasticsearch/property/values", "indexPattern=alert-*&keyword=name.keyword"),
        ("/api/utm-alerts/count-open-alerts", ""),
        ("/api/utm-alert-tags", ""),
        ("/api/overview/count-alerts-today-and-last-week", ""),
        ("/api/overview/count-alerts-by-status", span),
        ("/api/overview/count-alerts-by-severity", span),
        ("/api/overview/top-alerts", span),
        ("/api/overview/top-alerts-by-category", span),
        ("/api/overview/count-events-by-type", span),
        ("/api/overview/events-in-time", span),
        ("/api/overview/top-windows-events", span),
    ] {
        check_get(&dump, &desk, path, &format!("{path}?{query}"));
    }
    check_get(&dump, &desk, "/api/users/{login}", "/api/users/user");
    check_get(&dump, &desk, "/api/utm-alert-tags/{id}", "/api/utm-alert-tags/1");
}

#[test]
fn what_is_searched_and_written_is_as_the_vendor_s_schema_has_it() {
    let Some(dump) = dump() else { return };
    let desk = desk(Personality::V10);
    let alert = desk.some("status", "IS", &json!(2)).remove(0);
    let id = alert["id"].as_str().unwrap();
    let post = |path: &str, asked: &str, body: &Value| check(&dump, "post", path, &desk.post(asked, body));
    let search = "/api/elasticsearch/search";
    post(search, &format!("{search}?indexPattern=alert-*&top=50"), &json!([]));
    post(
        "/api/elasticsearch/generic-search",
        "/api/elasticsearch/generic-search",
        &json!({ "index": "alert-*", "top": 5 }),
    );
    let values = "/api/elasticsearch/property/values-with-count";
    post(values, values, &json!({ "field": "severity", "index": "alert-*" }));
    let status = "/api/utm-alerts/status";
    post(status, status, &json!({ "alertIds": [id], "status": 3, "statusObservation": "x" }));
    let tags = "/api/utm-alerts/tags";
    post(tags, tags, &json!({ "alertIds": [id], "tags": ["VIP"], "createRule": false }));
    let convert = "/api/utm-alerts/convert-to-incident";
    post(
        convert,
        convert,
        &json!({ "eventIds": [id], "incidentName": "x", "incidentId": 1, "incidentSource": "y" }),
    );
    check(
        &dump,
        "post",
        "/api/utm-alerts/notes",
        &desk.raw("POST", &format!("/api/utm-alerts/notes?alertId={id}"), Some("x")),
    );
    let login = "/api/authenticate";
    post(login, login, &json!({ "username": "admin", "password": "triagekit-demo" }));
    let tag = "/api/utm-alert-tags";
    post(tag, tag, &json!({ "tagName": "schema" }));
    let rules = "/api/alert-tag-rules";
    let rule = json!({
        "name": "r", "description": "d", "tags": [{ "id": 1 }],
        "conditions": [{ "field": "status", "operator": "IS", "value": 1 }],
    });
    post(rules, rules, &rule);
    check_get(&dump, &desk, rules, rules);
    check_get(&dump, &desk, "/api/alert-tag-rules/{id}", "/api/alert-tag-rules/1");
    check_get(&dump, &desk, "/api/alert-tag-rules/get-by-ids", "/api/alert-tag-rules/get-by-ids?ids=1");
    let incidents = "/api/utm-incidents";
    let link = json!({ "alertId": id, "alertName": "n", "alertStatus": 3, "alertSeverity": 2 });
    post(
        incidents,
        incidents,
        &json!({ "incidentName": "i", "incidentDescription": "d", "alertList": [link] }),
    );
    let note = "/api/utm-incident-notes";
    post(note, note, &json!({ "incidentId": 1, "noteText": "n" }));
    let chart = "/api/log-analyzer/chart-view";
    post(chart, chart, &json!({ "indexPattern": "alert-*", "interval": "Day", "filters": [] }));
    for path in [
        incidents,
        note,
        "/api/utm-incident-alerts",
        "/api/utm-incident-histories",
        "/api/utm-alert-logs",
        "/api/utm-alert-logs/count",
        "/api/utm-incident-histories/count",
        "/api/utm-incidents/users-assigned",
    ] {
        check_get(&dump, &desk, path, path);
    }
    check_get(&dump, &desk, "/api/utm-incidents/{id}", "/api/utm-incidents/1");
    check_get(&dump, &desk, "/api/utm-alert-logs/{id}", "/api/utm-alert-logs/1");
}
