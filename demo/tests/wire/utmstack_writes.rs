//! What callers change on alerts of UTMStack 10, and where the server stumbles.

use serde_json::{Value, json};
use triagekit_demo::Personality;

use crate::utmstack_desk::desk;

const STATUS: &str = "/api/utm-alerts/status";
const TAGS: &str = "/api/utm-alerts/tags";
const CONVERT: &str = "/api/utm-alerts/convert-to-incident";

#[test]
fn a_status_is_set_with_its_label_and_seen_at_once() {
    let desk = desk(Personality::V10);
    let id = desk.ids_with_status(2).remove(0);
    let body =
        json!({ "alertIds": [id], "status": 5, "statusObservation": "Грубый, \"quoted\" and C:\\path" });
    let answer = desk.post(STATUS, &body);
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let alert = desk.alert(&id);
    assert_eq!((alert["status"].as_i64(), alert["statusLabel"].as_str()), (Some(5), Some("Completed")));
    assert_eq!(alert["statusObservation"], "Грубый, \"quoted\" and C:\\path");
    assert!(desk.ids_with_status(5).contains(&id) && !desk.ids_with_status(2).contains(&id));
    let entry = &desk.history(&id)[0];
    assert_eq!(
        (entry["logAction"].as_str(), entry["logUser"].as_str()),
        (Some("UPDATE_STATUS"), Some("admin"))
    );
    assert!(
        entry["logMessage"]
            .as_str()
            .unwrap()
            .starts_with("The user admin changed alert status from Open to Completed with the observation: ")
    );
    let old: Value = serde_json::from_str(entry["logOldValue"].as_str().unwrap()).unwrap();
    let new: Value = serde_json::from_str(entry["logNewValue"].as_str().unwrap()).unwrap();
    assert_eq!((old["status"].as_i64(), new["status"].as_i64()), (Some(2), Some(5)));
}

#[test]
fn any_status_follows_any_other_and_unknown_ids_are_fine() {
    let desk = desk(Personality::V10);
    let id = desk.ids_with_status(2).remove(0);
    for status in [1, 5, 3, 2] {
        let body = json!({ "alertIds": [id], "status": status, "statusObservation": "" });
        assert_eq!(desk.post(STATUS, &body).status, 200, "{status}");
        assert_eq!(desk.alert(&id)["status"], status);
    }
    for ids in [json!([]), json!(["no-such-id"])] {
        let body = json!({ "alertIds": ids, "status": 3, "statusObservation": "" });
        assert_eq!(desk.post(STATUS, &body).status, 200, "{ids}");
    }
}

#[test]
fn a_status_that_does_not_exist_missing_ids_and_line_breaks_are_server_errors() {
    let desk = desk(Personality::V10);
    let id = desk.ids_with_status(2).remove(0);
    for body in [
        json!({ "alertIds": [id], "status": 0, "statusObservation": "" }),
        json!({ "alertIds": [id], "status": 4, "statusObservation": "" }),
        json!({ "alertIds": [id], "status": 6, "statusObservation": "" }),
        json!({ "alertIds": [id], "statusObservation": "" }),
        json!({ "status": 3, "statusObservation": "" }),
        json!({ "alertIds": [id], "status": 3, "statusObservation": "two\nlines" }),
        json!({ "alertIds": [id], "status": 3, "statusObservation": "a\ttab" }),
    ] {
        let answer = desk.post(STATUS, &body);
        assert_eq!((answer.status, answer.body.as_str()), (500, ""), "{body}");
    }
    assert_eq!(desk.alert(&id)["status"], 2, "nothing was changed");
}

#[test]
fn version_10_stores_a_missing_observation_as_a_word_and_knows_no_false_positive_flag() {
    let desk = desk(Personality::V10);
    let id = desk.some("tags", "DOES_NOT_EXIST", &Value::Null)[0]["id"].as_str().unwrap().to_owned();
    let body = json!({ "alertIds": [id], "status": 5, "addFalsePositiveTag": true });
    assert_eq!(desk.post(STATUS, &body).status, 200);
    let alert = desk.alert(&id);
    assert_eq!((alert["statusObservation"].as_str(), alert["tags"].is_null()), (Some("null"), true));
}

#[test]
fn tags_replace_all_and_no_tags_are_null() {
    let desk = desk(Personality::V10);
    let id = desk.ids_with_status(2).remove(0);
    let set = |tags: Value| desk.post(TAGS, &json!({ "alertIds": [id], "tags": tags, "createRule": true }));
    assert_eq!(set(json!(["VIP", "not in the catalogue"])).status, 200);
    assert_eq!(desk.alert(&id)["tags"], json!(["VIP", "not in the catalogue"]));
    assert_eq!(desk.some("tags.keyword", "IS", &json!("not in the catalogue")).len(), 1);
    assert_eq!(
        desk.history(&id)[0]["logMessage"],
        "The user admin tagged the alert with: VIP,not in the catalogue"
    );
    assert_eq!(set(json!(["one"])).status, 200);
    assert_eq!(desk.alert(&id)["tags"], json!(["one"]));
    assert_eq!(set(json!([])).status, 200);
    assert!(desk.alert(&id)["tags"].is_null());
    assert_eq!(set(Value::Null).status, 200, "version 10 takes no tags for none");
    assert_eq!(desk.get("/api/alert-tag-rules").json(), json!([]), "createRule makes no rule");
    assert_eq!(set(json!(["o'brien"])).status, 500, "a quote breaks the script");
    let without = desk.post(TAGS, &json!({ "alertIds": [id], "tags": [] }));
    assert_eq!(
        (without.status, without.json()["fieldErrors"][0]["field"].as_str()),
        (400, Some("createRule"))
    );
}

#[test]
fn notes_are_the_raw_body_with_its_quotes() {
    let desk = desk(Personality::V10);
    let id = desk.ids_with_status(2).remove(0);
    let note = |text: &str| desk.raw("POST", &format!("/api/utm-alerts/notes?alertId={id}"), Some(text));
    let answer = note("Asked the owner.");
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    assert_eq!(desk.alert(&id)["notes"], "Asked the owner.");
    assert_eq!(
        desk.history(&id)[0]["logMessage"],
        "The admin user updated the alert notes with: <br>Asked the owner."
    );
    for (sent, stored) in [("\"quoted\\n\"", "\"quoted\\n\""), ("\"\"", "\"\""), (" ", " "), ("", "null")] {
        assert_eq!(note(sent).status, 200, "{sent:?}");
        assert_eq!(desk.alert(&id)["notes"], stored, "{sent:?}");
    }
    for sent in ["two\nlines", "a\ttab", "é"] {
        assert_eq!(note(sent).status, 500, "{sent:?}");
    }
    assert_eq!(desk.raw("POST", "/api/utm-alerts/notes?alertId=nobody", Some("x")).status, 200);
    assert_eq!(desk.raw("POST", "/api/utm-alerts/notes", Some("x")).status, 400);
}

#[test]
fn converting_stamps_alerts_once_and_makes_no_incident() {
    let desk = desk(Personality::V10);
    let id = desk.ids_with_status(2).remove(0);
    let body = json!({ "eventIds": [id], "incidentName": "First", "incidentId": 4711, "incidentSource": "INCIDENT" });
    let answer = desk.post(CONVERT, &body);
    assert_eq!((answer.status, answer.body.as_str()), (200, ""));
    let alert = desk.alert(&id);
    assert_eq!(
        (alert["isIncident"].as_bool(), alert["incidentDetail"]["incidentId"].as_str()),
        (Some(true), Some("4711"))
    );
    assert_eq!(alert["incidentDetail"]["createdBy"], "admin");
    assert_eq!(desk.some("isIncident", "IS", &json!(true)).len(), 1);
    let again =
        json!({ "eventIds": [id], "incidentName": "Second", "incidentId": 1, "incidentSource": "INCIDENT" });
    assert_eq!(desk.post(CONVERT, &again).status, 200);
    assert_eq!(
        desk.alert(&id)["incidentDetail"]["incidentName"],
        "First",
        "only what is in no incident is stamped"
    );
    assert_eq!(desk.get("/api/utm-incidents").json(), json!([]));
    assert!(desk.history(&id).is_empty(), "nothing of it is told in the history");
    let quoted =
        json!({ "eventIds": [id], "incidentName": "a \"b\"", "incidentId": 1, "incidentSource": "x" });
    let refused = desk.post(CONVERT, &quoted);
    assert_eq!(
        (refused.status, refused.json()["fieldErrors"][0]["message"].as_str()),
        (400, Some("Double quotes are not allowed"))
    );
    for (field, value) in [("eventIds", json!([])), ("incidentName", json!(" "))] {
        let mut body = body.clone();
        body[field] = value;
        assert_eq!(desk.post(CONVERT, &body).status, 500, "{field}");
    }
}

#[test]
fn of_a_bulk_change_ten_alerts_are_recorded() {
    let desk = desk(Personality::V10);
    let ids: Vec<String> = desk.ids_with_status(2).into_iter().take(25).collect();
    let body = json!({ "alertIds": ids, "status": 3, "statusObservation": "all of them" });
    assert_eq!(desk.post(STATUS, &body).status, 200);
    assert_eq!(desk.get("/api/utm-alert-logs/count?logAction.equals=UPDATE_STATUS").body, "10");
    assert!(ids.iter().all(|id| desk.alert(id)["status"] == 3));
}

#[test]
fn texts_and_numbers_turn_into_one_another_and_unknown_fields_are_ignored() {
    let desk = desk(Personality::V10);
    let id = desk.ids_with_status(2).remove(0);
    let body = json!({ "alertIds": [id], "status": "3", "statusObservation": 7, "colour": "red" });
    assert_eq!(desk.post(STATUS, &body).status, 200);
    assert_eq!(desk.alert(&id)["statusObservation"], "7");
    let broken = desk.raw("POST", STATUS, Some("{"));
    assert_eq!((broken.status, broken.header("content-type")), (400, Some("application/problem+json")));
}
