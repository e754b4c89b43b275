//! Values of fields, and what the index tells of itself.

use serde_json::{Value, json};
use triagekit_demo::Personality;

use crate::utmstack_desk::desk;

const PATH: &str = "/api/elasticsearch/property/values-with-count";

#[test]
fn counts_of_values_are_an_object_in_the_order_of_the_values_from_the_last() {
    let desk = desk(Personality::V10);
    let answer = desk.post(PATH, &json!({ "field": "severity", "index": "alert-*" }));
    assert_eq!(answer.status, 200);
    let keys: Vec<&str> = answer.body.split('"').skip(1).step_by(2).collect();
    assert_eq!(keys, ["3", "2", "1"], "{}", answer.body);
    let sum: i64 = answer.json().as_object().unwrap().values().map(|count| count.as_i64().unwrap()).sum();
    assert_eq!(sum, 300);
}

#[test]
fn five_values_are_told_unless_more_are_asked_for() {
    let desk = desk(Personality::V10);
    let count = |body: Value| desk.post(PATH, &body).json().as_object().unwrap().len();
    assert_eq!(count(json!({ "field": "name.keyword", "index": "alert-*" })), 5);
    assert_eq!(count(json!({ "field": "name.keyword", "index": "alert-*", "top": 17 })), 17);
    assert_eq!(count(json!({ "field": "source.nothing", "index": "alert-*" })), 0);
    assert_eq!(count(json!({ "field": "name.keyword", "index": "log-*" })), 0);
}

#[test]
fn values_may_be_ordered_by_their_counts() {
    let desk = desk(Personality::V10);
    let body = json!({ "field": "dataType.keyword", "index": "alert-*", "orderByCount": true, "top": 20 });
    let answer = desk.post(PATH, &body);
    let counts: Vec<i64> = answer
        .body
        .trim_matches(['{', '}'])
        .split(',')
        .map(|pair| pair.rsplit(':').next().unwrap().parse().unwrap())
        .collect();
    assert!(counts.len() > 2 && counts.is_sorted_by(|one, other| one >= other), "{counts:?}");
    let listed = desk.get("/api/elasticsearch/property/values?keyword=dataType.keyword&indexPattern=alert-*");
    assert_eq!(listed.json().as_array().unwrap().len(), counts.len());
}

#[test]
fn every_tag_of_an_alert_counts_once() {
    let desk = desk(Personality::V10);
    let body = json!({ "field": "tags.keyword", "index": "alert-*", "top": 50 });
    let counted = desk.post(PATH, &body).json()["False positive"].as_u64().unwrap();
    let found = desk.some("tags.keyword", "IS", &json!("False positive")).len();
    assert_eq!(usize::try_from(counted).unwrap(), found);
}

#[test]
fn an_analysed_text_or_a_missing_index_fails() {
    let desk = desk(Personality::V10);
    assert_eq!(desk.post(PATH, &json!({ "field": "name", "index": "alert-*" })).status, 500);
    assert_eq!(desk.post(PATH, &json!({ "field": "name.keyword", "index": "alert-1999.01.01" })).status, 500);
    let without = desk.post(PATH, &json!({ "field": "severity" }));
    assert_eq!((without.status, without.json()["fieldErrors"][0]["field"].as_str()), (400, Some("index")));
}

#[test]
fn the_properties_of_an_index_name_texts_twice() {
    let desk = desk(Personality::V10);
    let answer = desk.get("/api/elasticsearch/index/properties?indexPattern=alert-*");
    let properties = answer.json();
    let kind = |name: &str| {
        let found = properties.as_array().unwrap().iter().find(|property| property["name"] == name);
        found.map(|property| property["type"].as_str().unwrap().to_owned())
    };
    assert_eq!(kind("status").as_deref(), Some("long"));
    assert_eq!(kind("name").as_deref(), Some("text"));
    assert_eq!(kind("name.keyword").as_deref(), Some("keyword"));
    assert_eq!(kind("@timestamp").as_deref(), Some("date"));
    let missing = desk.get("/api/elasticsearch/index/properties?indexPattern=nothing-*");
    assert_eq!((missing.status, missing.body.as_str()), (404, ""));
    assert!(missing.header("x-utmstack-error").is_some());
}

#[test]
fn indexes_are_listed_by_day_and_paged_from_zero() {
    let desk = desk(Personality::V10);
    let page = |number: u32| {
        desk.get(&format!("/api/elasticsearch/index/all?pattern=alert-*&size=10&page={number}"))
    };
    assert_ne!(page(0).body, page(1).body);
    let rows = page(0).json();
    assert!(rows[0]["index"].as_str().unwrap().starts_with("alert-2"));
    assert!(rows[0]["docsCount"].as_u64().unwrap() > 0);
    assert!(desk.get("/api/elasticsearch/cluster/status").json()["nodes"].is_array());
}
