//! Faults on order.

use triagekit_demo::Server;

use crate::asking::{Answer, customer, get, send, small, token_with, try_send, uptycs};

fn order(server: &Server, faults: &str) {
    let url = format!("{}/_demo/faults", server.base_url());
    let body = format!("{{\"next\":[{faults}]}}");
    let answer = send("POST", &url, &[("content-type", "application/json")], Some(&body));
    assert_eq!(answer.status, 200, "{answer:?}");
}

fn try_alerts(server: &Server) -> Result<Answer, ureq::Error> {
    let bearer = format!("Bearer {}", token_with(server, &serde_json::json!({ "exp": 4_000_000_000_u64 })));
    try_send("GET", &format!("{}/alerts?limit=200", customer(server)), &[("authorization", &bearer)], None)
}

#[test]
fn statuses_and_pages_of_the_proxy_are_met_once_each_in_order() {
    let server = small();
    order(&server, r#"{"status":401},{"status":429,"retryAfter":"1"},{"html":true}"#);
    assert_eq!(get(&server, "/_demo/state").status, 200, "/_demo takes no fault");
    assert_eq!(uptycs(&server, "GET", "/alerts", None).status, 401);
    let limited = uptycs(&server, "GET", "/alerts", None);
    assert_eq!((limited.status, limited.header("retry-after")), (429, Some("1")));
    let page = get(&server, "/api/ping");
    assert_eq!((page.status, page.header("content-type")), (502, Some("text/html")));
    assert!(page.body.contains("getting things ready"));
    assert_eq!(get(&server, "/api/ping").status, 200);
}

#[test]
fn a_connection_is_closed_before_in_the_middle_and_after() {
    let server = small();
    order(&server, r#"{"close":"before"},{"close":"middle"},{"close":"after"}"#);
    for _ in 0..3 {
        assert!(try_alerts(&server).is_err());
    }
    assert_eq!(try_alerts(&server).unwrap().status, 200);
}

#[test]
fn a_truncated_answer_is_whole_to_http_and_half_to_json() {
    let server = small();
    order(&server, r#"{"truncate":true}"#);
    let answer = try_alerts(&server).unwrap();
    assert_eq!(answer.status, 200);
    assert!(serde_json::from_str::<serde_json::Value>(&answer.body).is_err());
}

#[test]
fn a_stall_delays_the_answer_and_faults_can_be_taken_back() {
    let server = small();
    order(&server, r#"{"stallMs":200},{"status":500}"#);
    let start = std::time::Instant::now();
    assert_eq!(get(&server, "/api/ping").status, 200);
    assert!(start.elapsed().as_millis() >= 200);
    send("DELETE", &format!("{}/_demo/faults", server.base_url()), &[], None);
    assert_eq!(get(&server, "/api/ping").status, 200);
}

#[test]
fn a_fault_that_does_not_exist_is_refused() {
    let server = small();
    let url = format!("{}/_demo/faults", server.base_url());
    let answer =
        send("POST", &url, &[("content-type", "application/json")], Some(r#"{"next":[{"explode":true}]}"#));
    assert_eq!(answer.status, 422);
}
