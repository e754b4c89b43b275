//! The surface as JavaScript sees it: plain objects out, plain objects in, errors as data.

#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::expect_used,
    reason = "clippy knows tests by #[test], which those of wasm-bindgen do not carry"
)]

use serde::Deserialize;
use serde_json::{Value, json};
use triagekit_npm::{Operation, UptycsHandle, UtmstackHandle};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::wasm_bindgen_test;

const KEY: &str = r#"{"key":"K","secret":"canary","customerId":"c","domain":"acme"}"#;
const NOW: f64 = 1_769_797_412_173.0;

fn plain(value: JsValue) -> Value {
    serde_wasm_bindgen::from_value(value).expect("plain data")
}

fn js(value: &Value) -> JsValue {
    serde::Serialize::serialize(value, &serde_wasm_bindgen::Serializer::json_compatible())
        .expect("plain data")
}

fn next(operation: &mut Operation) -> Value {
    plain(operation.next(NOW, 0).expect("a step"))
}

fn answer(operation: &mut Operation, status: u16, body: &str) -> Result<(), JsValue> {
    let headers = js(&json!([["content-type", "application/json"]]));
    operation.received(status, headers, body.as_bytes().to_vec(), NOW, 0)
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Thrown {
    code: String,
    message: String,
    status: Option<u16>,
    retryable: bool,
}

fn thrown(error: JsValue) -> Thrown {
    serde_wasm_bindgen::from_value(error).expect("an error as data")
}

fn uptycs() -> UptycsHandle {
    UptycsHandle::new(KEY, Some(0)).expect("a key file")
}

#[wasm_bindgen_test]
fn a_list_asks_for_a_page_and_says_which_rows_count() {
    let options = js(&json!({ "pageSize": 2, "limit": 3 }));
    let mut list = uptycs().list("alerts", options, None).expect("an operation");
    let send = next(&mut list);
    assert_eq!(send["kind"], "send");
    assert_eq!(send["method"], "GET");
    assert_eq!(send["url"], "https://acme.uptycs.io/public/api/customers/c/alerts?limit=2&offset=0");
    assert_eq!(send["body"], Value::Null);
    let body =
        r#"{"items":[{"id":"a"},{"id":"b"}],"links":[{"rel":"next","href":"/n"}],"offset":0,"limit":2}"#;
    answer(&mut list, 200, body).expect("understood");
    let page = next(&mut list);
    assert_eq!(page["kind"], "page");
    assert_eq!(page["rows"], Value::Null);
    assert_eq!(page["bytes"], body.len());
    assert_eq!(page["links"][0]["rel"], "next");
    assert_eq!(next(&mut list)["kind"], "send");
    let body = r#"{"items":[{"id":"b"},{"id":"c"}],"links":[],"offset":2,"limit":2}"#;
    answer(&mut list, 200, body).expect("understood");
    assert_eq!(next(&mut list)["rows"], json!([1]));
    assert_eq!(
        next(&mut list),
        json!({ "kind": "done", "report": { "rows": 3, "pages": 2, "duplicates": 1 } })
    );
}

#[wasm_bindgen_test]
fn a_refusal_is_thrown_as_data_without_the_secret() {
    let mut get = uptycs().get("alerts", "nope", None).expect("an operation");
    next(&mut get);
    let error =
        thrown(answer(&mut get, 404, r#"{"error":{"message":{"brief":"gone"}}}"#).expect_err("refused"));
    assert_eq!((error.code.as_str(), error.status, error.retryable), ("not_found", Some(404), false));
    assert!(error.message.contains("gone") && !error.message.contains("canary"), "{}", error.message);
}

#[wasm_bindgen_test]
fn a_failure_of_the_transport_keeps_its_words() {
    let mut list = uptycs().list("alerts", js(&json!({})), None).expect("an operation");
    next(&mut list);
    let error =
        thrown(list.failed("unreachable", "connect ECONNREFUSED".to_owned(), NOW, 0).expect_err("failed"));
    assert_eq!((error.code.as_str(), error.retryable), ("unreachable", true));
    assert!(error.message.contains("connect ECONNREFUSED"), "{}", error.message);
    next(&mut list);
    let error = thrown(list.failed("tired", String::new(), NOW, 0).expect_err("not a kind"));
    assert_eq!(error.code, "invalid_argument");
}

#[wasm_bindgen_test]
fn a_document_is_left_to_the_bytes_that_came() {
    let mut get = uptycs().get("alerts", "a", None).expect("an operation");
    next(&mut get);
    answer(&mut get, 200, r#"{"id":"a"}"#).expect("understood");
    assert_eq!(next(&mut get), json!({ "kind": "done", "report": {} }));
}

#[wasm_bindgen_test]
fn a_second_operation_parks_while_the_first_signs_in() {
    let credentials = js(&json!({ "username": "u", "password": "canary" }));
    let utmstack = UtmstackHandle::new("https://siem.example.org", credentials, None).expect("a connection");
    let (mut first, mut second) = (utmstack.count_open(None), utmstack.count_open(None));
    assert_eq!(next(&mut first)["url"], "https://siem.example.org/api/authenticate");
    assert_eq!(next(&mut second)["kind"], "park");
    answer(&mut first, 200, r#"{"id_token":"a.b.c"}"#).expect("signed in");
    assert_eq!(next(&mut second)["kind"], "send");
}

#[wasm_bindgen_test]
fn a_deadline_ends_an_operation_instead_of_a_pause() {
    let handle = UptycsHandle::new(KEY, None).expect("a key file");
    let mut list = handle.list("alerts", js(&json!({})), Some(NOW)).expect("an operation");
    next(&mut list);
    let error = list.failed("timedOut", String::new(), NOW + 1.0, 7).expect_err("late");
    assert_eq!(thrown(error).code, "deadline_exceeded");
}

#[wasm_bindgen_test]
fn a_token_is_made_from_seconds() {
    assert_eq!(uptycs().token(300.0, NOW).expect("a token").split('.').count(), 3);
    for seconds in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(thrown(uptycs().token(seconds, NOW).expect_err("no time")).code, "invalid_argument");
    }
}

#[wasm_bindgen_test]
fn credentials_of_no_kind_are_refused_without_showing_them() {
    let given = js(&json!({ "username": { "canary": "canary" } }));
    let error = thrown(UtmstackHandle::new("https://siem.example.org", given, None).expect_err("no kind"));
    assert_eq!(error.code, "invalid_argument");
    assert!(!error.message.contains("canary"), "{}", error.message);
}
