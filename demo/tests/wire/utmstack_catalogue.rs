//! Tags, tag rules and the automatic review.

use serde_json::{Value, json};
use triagekit_demo::Personality;

use crate::utmstack_desk::{Desk, desk};

const TAGS: &str = "/api/utm-alert-tags";
const RULES: &str = "/api/alert-tag-rules";

fn rule(name: &str, conditions: &Value, tag: i64) -> Value {
    json!({ "name": name, "description": "x", "conditions": conditions, "tags": [{ "id": tag }] })
}

/// The ids of what is in review.
fn unreviewed(desk: &Desk) -> Vec<String> {
    desk.ids_with_status(1)
}

#[test]
fn the_system_s_tag_is_there_from_the_start() {
    let desk = desk(Personality::V10);
    let tag = desk.get(&format!("{TAGS}/1")).json();
    assert_eq!(
        tag,
        json!({ "id": 1, "tagName": "False positive", "tagColor": "#f44336", "systemOwner": true })
    );
    assert_eq!(desk.get(&format!("{TAGS}/999")).status, 404);
}

#[test]
fn tags_are_made_changed_found_and_deleted() {
    let desk = desk(Personality::V10);
    let made = desk.post(TAGS, &json!({ "tagName": "Ours", "tagColor": "#fff" }));
    assert_eq!(made.status, 201);
    let id = made.json()["id"].as_i64().unwrap();
    assert_eq!(made.header("location"), Some(format!("{TAGS}/{id}").as_str()));
    assert_eq!(
        made.header("x-utmstack-alert"),
        Some(format!("A new utmAlertTag is created with identifier {id}").as_str())
    );
    assert_eq!(desk.post(TAGS, &json!({ "tagName": "Ours" })).status, 409);
    assert_eq!(desk.post(TAGS, &json!({ "id": 77, "tagName": "Other" })).status, 500);
    assert_eq!(desk.post(TAGS, &json!({ "tagName": " " })).status, 400);
    assert_eq!(desk.post(TAGS, &json!({ "tagName": "x".repeat(51) })).status, 400);
    let changed = json!({ "id": id, "tagName": "Theirs", "tagColor": "#000", "systemOwner": false });
    assert_eq!(desk.ask("PUT", TAGS, Some(&changed)).json(), changed);
    let found = desk.get(&format!("{TAGS}?tagName.contains=heir&systemOwner.equals=false"));
    assert_eq!((found.json(), found.header("x-total-count")), (json!([changed]), Some("1")));
    assert_eq!(desk.ask("DELETE", &format!("{TAGS}/{id}"), None).status, 200);
    assert_eq!(desk.get(&format!("{TAGS}/{id}")).status, 404);
}

#[test]
fn lists_of_records_count_pages_from_zero_and_link_rightly() {
    let desk = desk(Personality::V10);
    let first = desk.get(&format!("{TAGS}?size=3&sort=tagName,desc"));
    let second = desk.get(&format!("{TAGS}?size=3&page=1&sort=tagName,desc"));
    assert_ne!(first.json()[0], second.json()[0]);
    assert!(first.header("link").unwrap().starts_with(&format!("<{TAGS}?page=1&size=3>; rel=\"next\"")));
    assert_eq!(desk.get(&format!("{TAGS}?sort=nothing,asc")).status, 500);
    assert_eq!(desk.get(&format!("{TAGS}?id.equals=one")).status, 400);
    let in_two = desk.get(&format!("{TAGS}?id.in=1,3")).json();
    assert_eq!(in_two.as_array().unwrap().len(), 2);
}

#[test]
fn rules_are_made_with_200_and_found_by_plain_parameters() {
    let desk = desk(Personality::V10);
    let conditions = json!([{ "field": "severity", "operator": "IS", "value": 1 }]);
    let made = desk.post(RULES, &rule("Low ones", &conditions, 2));
    assert_eq!(made.status, 200);
    let record = made.json();
    assert_eq!((record["active"].as_bool(), record["deleted"].as_bool()), (Some(true), Some(false)));
    assert_eq!(
        (record["tags"][0]["tagName"].as_str(), record["createdBy"].as_str()),
        (Some("VIP"), Some("admin"))
    );
    assert_eq!(record["conditions"], conditions);
    let id = record["id"].as_i64().unwrap();
    assert_eq!(desk.post(RULES, &rule("Low ones", &conditions, 2)).status, 500, "the name is taken");
    let mut with_id = rule("Other", &conditions, 2);
    with_id["id"] = json!(5);
    assert_eq!(desk.post(RULES, &with_id).status, 500);
    assert_eq!(desk.post(RULES, &rule("Empty", &json!([]), 2)).status, 400);
    let count = |query: &str| desk.get(&format!("{RULES}?{query}")).json().as_array().unwrap().len();
    assert_eq!(
        [
            count("name=low"),
            count("name=high"),
            count("conditionField=sever"),
            count("tagIds=2,9"),
            count("tagIds=9")
        ],
        [1, 0, 1, 1, 0]
    );
    assert_eq!(
        [count("ruleActive=true"), count("ruleDeleted=true"), count("sort=rule_name,desc")],
        [1, 0, 1]
    );
    assert_eq!(desk.get(&format!("{RULES}?sort=ruleName,desc")).status, 500, "sorted by columns only");
    assert_eq!(desk.get(&format!("{RULES}/get-by-ids?ids={id}")).json()[0]["id"], id);
    for missing in [format!("{RULES}/999"), format!("{RULES}/get-by-ids?ids=999")] {
        let answer = desk.get(&missing);
        assert_eq!((answer.status, answer.body.as_str()), (200, ""), "{missing}");
    }
    let mut changed = rule("Renamed", &conditions, 3);
    changed["id"] = json!(id);
    changed["active"] = json!(false);
    let changed = desk.ask("PUT", RULES, Some(&changed)).json();
    assert_eq!((changed["name"].as_str(), changed["active"].as_bool()), (Some("Renamed"), Some(true)));
    assert_eq!(desk.ask("DELETE", &format!("{RULES}/{id}"), None).status, 200);
    assert_eq!(desk.get(RULES).json(), json!([]));
}

#[test]
fn the_review_opens_what_is_new_and_leaves_the_rest() {
    let desk = desk(Personality::V10);
    let new = unreviewed(&desk);
    assert_eq!(new.len(), 5);
    let open = desk.ids_with_status(2).len();
    assert_eq!(desk.review(), json!({ "reviewed": 5 }));
    assert!(unreviewed(&desk).is_empty());
    assert_eq!(desk.ids_with_status(2).len(), open + 5);
    let alert = desk.alert(&new[0]);
    assert_eq!(alert["statusObservation"], "This alert has been evaluated by the tag rules engine");
    assert!(desk.history(&new[0]).is_empty(), "what happens by itself is not recorded");
    assert_eq!(desk.review(), json!({ "reviewed": 0 }));
}

#[test]
fn a_rule_tags_new_alerts_only_and_a_false_positive_is_completed() {
    let desk = desk(Personality::V10);
    let new = unreviewed(&desk);
    let tagged = json!([{ "field": "id", "operator": "IS_ONE_OF", "value": [new[0], new[1]] }]);
    let old = desk.ids_with_status(2).remove(0);
    let false_ones = json!([{ "field": "id", "operator": "IS_ONE_OF", "value": [new[1], old] }]);
    let vip = desk.post(RULES, &rule("VIP", &tagged, 2)).json()["id"].clone();
    assert_eq!(desk.post(RULES, &rule("FP", &false_ones, 1)).status, 200);
    assert_eq!(
        desk.post(RULES, &rule("Broken", &json!([{ "field": "status", "operator": "IS", "value": "x" }]), 3))
            .status,
        200
    );
    let before = desk.alert(&old);
    desk.review();
    let [first, second] = [desk.alert(&new[0]), desk.alert(&new[1])];
    assert_eq!(first["status"], 2);
    assert!(first["tags"].as_array().unwrap().contains(&json!("VIP")));
    assert_eq!(first["TagRulesApplied"], json!([vip]));
    assert_eq!((second["status"].as_i64(), second["statusLabel"].as_str()), (Some(5), Some("Completed")));
    assert_eq!(
        second["statusObservation"],
        "Status changed to completed because alert was tagged as False positive"
    );
    assert_eq!(desk.alert(&old), before, "nothing is applied to what has been reviewed");
}

#[test]
fn the_history_can_be_filtered_and_written_by_hand() {
    let desk = desk(Personality::V10);
    let entry = json!({ "alertId": "a", "logUser": "me", "logDate": "2026-01-31T00:00:00Z", "logAction": "UPDATE_STATUS" });
    let made = desk.post("/api/utm-alert-logs", &entry);
    assert_eq!(made.status, 201);
    let id = made.json()["id"].as_i64().unwrap();
    let count = |query: &str| desk.get(&format!("/api/utm-alert-logs/count?{query}")).body;
    assert_eq!(count("logDate.greaterThan=2026-01-30T00:00:00Z"), "1");
    assert_eq!(count("logDate.greaterThan=2026-02-01T00:00:00Z"), "0");
    assert_eq!(count("alertId.notEquals=a"), "0");
    assert_eq!(count("logMessage.specified=false"), "1");
    assert_eq!(desk.ask("DELETE", &format!("/api/utm-alert-logs/{id}"), None).status, 200);
    assert_eq!(desk.get(&format!("/api/utm-alert-logs/{id}")).status, 404);
}
