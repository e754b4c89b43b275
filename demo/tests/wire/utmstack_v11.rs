//! UTMStack 11: its documents, its echoes, and its way of failing.

use serde_json::{Value, json};
use triagekit_demo::{Config, Personality};

use crate::asking::{login, send, with};
use crate::utmstack_desk::{Desk, config, desk};

const STATUS: &str = "/api/utm-alerts/status";
const SEARCH: &str = "/api/elasticsearch/search?indexPattern=v11-alert-*&top=1000&size=1000";

/// A parent with its echoes.
fn family(desk: &Desk) -> (String, Vec<Value>) {
    let echo = desk.some("parentId", "EXIST", &Value::Null).pop().unwrap();
    let parent = echo["parentId"].as_str().unwrap().to_owned();
    let echoes = desk.some("parentId", "IS", &json!(parent));
    (parent, echoes)
}

#[test]
fn a_login_answers_with_token_and_ignores_remember_me() {
    let server = with(config(Personality::V11));
    let body = json!({ "username": "admin", "password": "triagekit-demo", "rememberMe": true }).to_string();
    let url = format!("{}/api/authenticate", server.base_url());
    let reply = send("POST", &url, &[("content-type", "application/json")], Some(&body));
    let body = reply.json();
    assert!(body.get("id_token").is_none() && reply.header("authorization").is_none());
    assert_eq!((body["success"].as_bool(), body["forceTfa"].as_bool()), (Some(true), Some(false)));
}

#[test]
fn documents_have_sides_events_and_echoes() {
    let desk = desk(Personality::V11);
    let (parent, echoes) = family(&desk);
    let parent = desk.alert(&parent);
    assert!(parent.get("parentId").is_none(), "only echoes have a parent");
    assert!(
        parent["events"].is_array()
            && parent["lastEvent"].is_object()
            && parent["adversary"]["ip"].is_string()
    );
    assert_eq!(echoes[0]["name"], parent["name"]);
    let host = parent["target"]["host"].as_str().unwrap();
    assert!(!desk.some("target.host.keyword", "IS", &json!(host)).is_empty());
    assert!(!desk.some("events.target.host.keyword", "IS", &json!(host)).is_empty());
    assert!(!desk.some("adversary.geolocation.country", "IS", &json!("brazil")).is_empty());
    assert!(desk.some("source.ip", "EXIST", &Value::Null).is_empty(), "a field of version 10");
}

#[test]
fn children_are_counted_on_request() {
    let desk = desk(Personality::V11);
    let (parent, echoes) = family(&desk);
    let filters = json!([{ "field": "id", "operator": "IS", "value": parent }]);
    let plain = desk.post(SEARCH, &filters).json();
    assert!(plain[0].get("hasChildren").is_none());
    let counted = desk.post(&format!("{SEARCH}&includeChildren=true"), &filters).json();
    assert_eq!(counted[0]["hasChildren"], true);
    assert_eq!(counted[0]["echoes"], json!(echoes.len()));
}

#[test]
fn only_parents_are_counted_as_open_and_count_is_a_boolean() {
    let desk = desk(Personality::V11);
    let open = desk.search(&json!([
        { "field": "status", "operator": "IS", "value": 2 },
        { "field": "tags", "operator": "IS_NOT", "value": "False positive" },
        { "field": "parentId", "operator": "DOES_NOT_EXIST" },
    ]));
    assert_eq!(desk.get("/api/utm-alerts/count-open-alerts").body, open.len().to_string());
    let exists = |value: i64| {
        let filters = json!([{ "field": "status", "operator": "IS", "value": value }]);
        desk.post("/api/elasticsearch/count?indexPattern=v11-alert-*", &filters).body
    };
    assert_eq!((exists(2).as_str(), exists(4).as_str()), ("true", "false"));
}

#[test]
fn echoes_follow_the_status_and_take_the_false_positive_tag_but_no_other() {
    let desk = desk(Personality::V11);
    let (parent, echoes) = family(&desk);
    let body =
        json!({ "alertIds": [parent], "status": 3, "statusObservation": "", "addFalsePositiveTag": true });
    assert_eq!(desk.post(STATUS, &body).status, 200);
    let tagged =
        |alert: &Value| alert["tags"].as_array().is_some_and(|tags| tags.contains(&json!("False positive")));
    for echo in &echoes {
        let now = desk.alert(echo["id"].as_str().unwrap());
        assert_eq!(
            (now["status"].as_i64(), tagged(&now)),
            (Some(3), tagged(echo)),
            "the flag counts with 5 only"
        );
    }
    let body =
        json!({ "alertIds": [parent], "status": 5, "statusObservation": "", "addFalsePositiveTag": true });
    assert_eq!(desk.post(STATUS, &body).status, 200);
    assert_eq!(desk.post(STATUS, &body).status, 200);
    let parent_now = desk.alert(&parent);
    let count = parent_now["tags"].as_array().unwrap().iter().filter(|tag| **tag == "False positive").count();
    assert_eq!(count, 1, "added once");
    for echo in &echoes {
        assert!(tagged(&desk.alert(echo["id"].as_str().unwrap())));
    }
    let tags = json!({ "alertIds": [parent], "tags": ["mine"], "createRule": false });
    assert_eq!(desk.post("/api/utm-alerts/tags", &tags).status, 200);
    assert!(tagged(&desk.alert(echoes[0]["id"].as_str().unwrap())), "tags stay with their alert");
}

#[test]
fn a_missing_observation_missing_tags_and_everything_unreadable_are_server_errors() {
    let desk = desk(Personality::V11);
    let id = desk.ids_with_status(2).remove(0);
    let refused = [
        desk.post(STATUS, &json!({ "alertIds": [id], "status": 3 })),
        desk.post("/api/utm-alerts/tags", &json!({ "alertIds": [id], "createRule": false })),
        desk.post("/api/utm-alerts/tags", &json!({ "alertIds": [id], "tags": [] })),
        desk.raw("POST", STATUS, Some("{")),
        desk.post("/api/elasticsearch/search?indexPattern=v11-alert-*", &json!([])),
        desk.post(SEARCH, &json!([{ "field": "severity", "operator": "GREATER_EQUAL", "value": 2 }])),
        desk.get(STATUS),
    ];
    for answer in refused {
        assert_eq!((answer.status, answer.body.as_str()), (500, ""), "{answer:?}");
        assert!(answer.header("x-utmstack-error").is_some());
    }
    assert_eq!(desk.alert(&id)["status"], 2);
    let none =
        desk.post("/api/utm-alerts/tags", &json!({ "alertIds": [id], "tags": [], "createRule": false }));
    assert_eq!(none.status, 200);
    assert_eq!(desk.get("/api/no-such-path").json()["error"], "Not Found");
}

#[test]
fn the_pattern_of_version_10_finds_nothing_and_indexes_have_other_names() {
    let desk = desk(Personality::V11);
    let none = desk.post("/api/elasticsearch/search?indexPattern=alert-*&top=10", &json!([]));
    assert_eq!((none.status, none.body.as_str()), (200, "[]"));
    let indexes = desk.get("/api/elasticsearch/index/all?pattern=v11-alert-*").json();
    assert!(indexes[0]["index"].as_str().unwrap().starts_with("v11-alert-2"));
    let empty = json!({ "incidentId": 1, "alertList": [] });
    assert_eq!(desk.post("/api/utm-incidents/add-alerts", &empty).status, 400);
}

#[test]
fn alerts_arrive_in_review_as_echoes_of_what_they_repeat() {
    let desk = desk(Personality::V11);
    let order = json!({ "insert": 400 }).to_string();
    let url = format!("{}/_demo/live", desk.server.base_url());
    assert_eq!(send("POST", &url, &[("content-type", "application/json")], Some(&order)).status, 200);
    let new = desk.some("status", "IS", &json!(1));
    assert_eq!(new.len(), 405);
    assert!(new.iter().any(|alert| alert.get("parentId").is_some()));
    assert_eq!(desk.review(), json!({ "reviewed": 405 }));
}

#[test]
fn each_generation_keeps_its_documents_apart_in_one_folder() {
    let folder = std::env::temp_dir().join(format!("triagekit-demo-generations-{}", std::process::id()));
    let start = |utmstack| {
        let state = triagekit_demo::State::Folder(folder.clone());
        with(Config { state, ..config(utmstack) })
    };
    let first = start(Personality::V11);
    first.stop();
    let second = start(Personality::V10);
    let token = login(&second);
    let found = crate::asking::search(&second, &token, "indexPattern=alert-*&top=1", &json!([])).json();
    assert!(found[0]["source"].is_object());
    drop(second);
    std::fs::remove_dir_all(folder).unwrap();
}
