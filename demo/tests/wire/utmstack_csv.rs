//! The table that UTMStack exports.

use serde_json::{Value, json};
use triagekit_demo::Personality;

use crate::asking::send;
use crate::utmstack_desk::desk;

const PATH: &str = "/api/elasticsearch/search/csv";

fn body() -> Value {
    json!({
        "columns": [
            { "label": "Name", "field": "name.keyword", "type": "string", "visible": false },
            { "field": "severity", "type": "number" },
            { "field": "severityLabel.keyword", "type": "string" },
            { "label": "Time", "field": "@timestamp", "type": "date" },
        ],
        "filters": [{ "field": "dataType", "operator": "IS", "value": "linux" }],
        "top": 50,
        "indexPattern": "alert-*",
    })
}

#[test]
fn every_text_is_quoted_numbers_are_blank_and_hidden_columns_are_there() {
    let desk = desk(Personality::V10);
    let answer = desk.post(PATH, &body());
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/csv")));
    assert_eq!(answer.header("content-disposition"), Some("attachment; filename=data.csv"));
    let lines: Vec<&str> = answer.body.split("\r\n").collect();
    assert_eq!(lines[0], "\"Name\",\"severity\",\"severityLabel\",\"Time\"");
    assert!(lines[1].contains(",,\""), "{}", lines[1]);
    let rows = desk.some("dataType", "IS", &json!("linux")).len().min(50);
    assert_eq!(lines.len(), rows + 2, "the rows, a heading, and the end of the last line");
}

#[test]
fn no_hits_are_nothing_and_what_is_missing_fails() {
    let desk = desk(Personality::V10);
    let with = |field: &str, value: Value| {
        let mut body = body();
        body[field] = value;
        desk.post(PATH, &body)
    };
    let none = with("filters", json!([{ "field": "status", "operator": "IS", "value": 4 }]));
    assert_eq!((none.status, none.body.as_str(), none.header("content-disposition")), (200, "", None));
    assert_eq!(with("top", json!(10_001)).status, 500);
    assert_eq!(with("columns", json!([{ "field": "name" }])).status, 500, "type is needed");
    assert_eq!(with("top", Value::Null).status, 400);
    assert_eq!(with("columns", Value::Null).status, 400);
}

#[test]
fn the_documented_path_is_not_there() {
    let desk = desk(Personality::V10);
    let path = "/api/elasticsearch/alerts/export/csv";
    assert_eq!(desk.post(path, &body()).json()["error"], "Not Found");
    assert_eq!(send("POST", &format!("{}{path}", desk.server.base_url()), &[], Some("{}")).status, 401);
}
