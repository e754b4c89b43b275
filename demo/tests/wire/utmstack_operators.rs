//! All operators of UTMStack, on analysed texts, on keywords and on numbers.

use serde_json::{Value, json};
use triagekit_demo::Personality;

use crate::utmstack_desk::{Desk, desk};

/// Every positive operator with its negation: together they are all alerts.
fn assert_halves(desk: &Desk, field: &str, operators: [&str; 2], value: &Value) -> usize {
    let [yes, no] = operators.map(|operator| desk.some(field, operator, value).len());
    assert_eq!(yes + no, 300, "{field} {operators:?} {value}");
    assert!(yes > 0 && no > 0, "{field} {operators:?} {value}: {yes}");
    yes
}

#[test]
fn an_operator_and_its_negation_share_all_alerts_among_them() {
    let desk = desk(Personality::V10);
    let half =
        |field: &str, one: &str, other: &str, value: Value| assert_halves(&desk, field, [one, other], &value);
    half("status", "IS", "IS_NOT", json!(2));
    half("status", "IS_ONE_OF", "IS_NOT_ONE_OF", json!([2, 3]));
    half("name", "CONTAIN", "DOES_NOT_CONTAIN", json!("por"));
    half("severityLabel", "CONTAIN_ONE_OF", "DOES_NOT_CONTAIN_ONE_OF", json!(["high", "low"]));
    half("tags", "EXIST", "DOES_NOT_EXIST", Value::Null);
    half("@timestamp", "IS_BETWEEN", "IS_NOT_BETWEEN", json!(["now-7d", "now"]));
    half("@timestamp", "IS_GREATER_THAN", "IS_LESS_THAN_OR_EQUALS", json!("now-10d"));
    half("name.keyword", "START_WITH", "NOT_START_WITH", json!("P"));
    half("name.keyword", "ENDS_WITH", "NOT_ENDS_WITH", json!("(Windows)"));
    half("alert.*", "IS_IN_FIELDS", "IS_NOT_IN_FIELDS", json!("windows"));
}

#[test]
fn texts_are_compared_by_words_and_keywords_as_they_are() {
    let desk = desk(Personality::V10);
    let count = |field: &str, operator: &str, value: Value| desk.some(field, operator, &value).len();
    let name = desk.search(&json!([]))[0]["statusLabel"].as_str().unwrap().to_owned();
    assert_eq!(count("statusLabel.keyword", "IS", json!(name.to_uppercase())), 0);
    assert!(count("statusLabel", "IS", json!(name.to_uppercase())) > 0);
    assert!(count("name", "START_WITH", json!("por")) > 0, "single words in lower case");
    assert_eq!(count("name", "START_WITH", json!("Por")), 0, "the query is not analysed");
    assert_eq!(count("name", "START_WITH", json!("port sweep")), 0, "no word has a space");
    assert_eq!(count("severityLabel", "IS_ONE_OF_TERMS", json!(["High"])), 0, "terms are not analysed");
    assert_eq!(
        count("severityLabel", "IS_ONE_OF_TERMS", json!(["high"])),
        count("severityLabel.keyword", "IS_ONE_OF_TERMS", json!(["High"]))
    );
    assert_eq!(count("status", "IS", json!("2")), count("status", "IS", json!(2)));
    assert_eq!(
        count("source.coordinates", "IS_BETWEEN", json!([500, 600])),
        0,
        "one element within both ends"
    );
    assert_eq!(count("TagRulesApplied", "EXIST", json!("")), 0);
}

#[test]
fn what_opensearch_cannot_do_is_a_server_error() {
    let desk = desk(Personality::V10);
    let path = "/api/elasticsearch/search?indexPattern=alert-*&top=10";
    for filter in [
        json!({ "field": "severity", "operator": "IS_ONE_OF_TERMS", "value": [2] }),
        json!({ "field": "severity", "operator": "IS_ONE_OF", "value": 2 }),
        json!({ "field": "severity", "operator": "START_WITH", "value": "2" }),
        json!({ "field": "severity", "operator": "IS" }),
        json!({ "operator": "IS", "value": 2 }),
        json!({ "field": "severity", "operator": null, "value": 2 }),
        json!({ "field": "@timestamp", "operator": "IS_BETWEEN", "value": ["yesterday", "now"] }),
    ] {
        let answer = desk.post(path, &json!([filter]));
        assert_eq!((answer.status, answer.body.as_str()), (500, ""), "{filter}");
        assert!(answer.header("x-utmstack-error").is_some(), "{filter}");
    }
    let only_v11 = json!([{ "field": "id.keyword", "operator": "IS_ONE_OF_TERMS_OR", "value": ["x"] }]);
    assert_eq!(desk.post(path, &only_v11).status, 400);
}

#[test]
fn alternatives_of_version_11_are_ored_among_themselves() {
    let desk = desk(Personality::V11);
    let echo = desk.some("parentId", "EXIST", &Value::Null).pop().unwrap();
    let parent = echo["parentId"].as_str().unwrap();
    let family = desk.search(&json!([
        { "field": "id.keyword", "operator": "IS_ONE_OF_TERMS_OR", "value": [parent] },
        { "field": "parentId.keyword", "operator": "IS_ONE_OF_TERMS_OR", "value": [parent] },
    ]));
    let echoes = desk.some("parentId", "IS", &json!(parent));
    assert_eq!(family.len(), echoes.len() + 1);
}

#[test]
fn generic_search_has_all_in_its_body_and_says_nothing_of_nothing() {
    let desk = desk(Personality::V10);
    let path = "/api/elasticsearch/generic-search?page=1&size=5";
    let found = desk.post(path, &json!({ "index": "alert-*", "top": 100, "filters": [] }));
    assert_eq!((found.json().as_array().unwrap().len(), found.header("x-total-count")), (5, Some("100")));
    let none = json!([{ "field": "status", "operator": "IS", "value": 4 }]);
    let nothing = desk.post(path, &json!({ "index": "alert-*", "top": 100, "filters": none }));
    assert_eq!((nothing.status, nothing.body.as_str()), (200, ""));
    assert_eq!(desk.post(path, &json!({ "index": "alert-*" })).status, 400);
}
