//! Faults on order.

use triagekit_demo::{Config, Faults, Server, UtcInstant};

use crate::asking::{Answer, customer, get, login, send, small, token_with, try_send, uptycs, with};

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

/// What befalls so many requests: the status, or the connection's end.
fn outcomes(server: &Server, count: usize) -> Vec<String> {
    (0..count)
        .map(|_| match try_alerts(server) {
            Ok(answer) => {
                let is_json = serde_json::from_str::<serde_json::Value>(&answer.body).is_ok();
                format!("{} {is_json} {:?}", answer.status, answer.header("content-type"))
            }
            Err(_) => "closed".to_owned(),
        })
        .collect()
}

#[test]
fn a_flaky_server_fails_one_request_in_ten_and_the_same_ones_for_the_same_seed() {
    let flaky = |fault_seed| {
        let config = Config {
            faults: Faults::Flaky,
            fault_seed,
            utmstack_alerts: 1,
            uptycs_alerts: 300,
            ..Config::default()
        };
        let server = with(config);
        let outcomes = outcomes(&server, 120);
        assert!((0..20).all(|_| get(&server, "/_demo/state").status == 200), "/_demo is never faulty");
        outcomes
    };
    let first = flaky(3);
    let failed = first.iter().filter(|outcome| !outcome.starts_with("200 true")).count();
    assert!((4..=24).contains(&failed), "{first:?}");
    assert_eq!(first, flaky(3));
    assert_ne!(first, flaky(4));
}

#[test]
fn a_hostile_server_has_a_clock_that_is_five_minutes_off() {
    for (fault_seed, is_fast) in [(2, true), (1, false)] {
        let server = with(Config {
            faults: Faults::Hostile,
            fault_seed,
            utmstack_alerts: 1,
            uptycs_alerts: 1,
            ..Config::default()
        });
        order(&server, "{},{}");
        let answer = try_alerts(&server).unwrap();
        let date = httpdate::parse_http_date(answer.header("date").unwrap()).unwrap();
        let now = std::time::SystemTime::now();
        let off = if is_fast { date.duration_since(now) } else { now.duration_since(date) };
        assert!((290..=301).contains(&off.unwrap().as_secs()), "{date:?}");
        // A token that would live for another minute is over for a server that is ahead.
        let exp = UtcInstant::now().millis() / 1_000 + 60;
        let bearer = format!("Bearer {}", token_with(&server, &serde_json::json!({ "exp": exp })));
        let url = format!("{}/alerts", customer(&server));
        let answer = try_send("GET", &url, &[("authorization", &bearer)], None).unwrap();
        assert_eq!(answer.status == 401, is_fast, "{answer:?}");
    }
}

#[test]
fn a_token_that_dies_is_refused_from_then_on_and_another_one_is_not() {
    let server = small();
    let alerts = |exp: u64| {
        let bearer = format!("Bearer {}", token_with(&server, &serde_json::json!({ "exp": exp })));
        send("GET", &format!("{}/alerts?limit=1", customer(&server)), &[("authorization", &bearer)], None)
    };
    order(&server, r#"{"lost":"token"}"#);
    let refused = alerts(4_000_000_000);
    assert_eq!(refused.status, 401);
    assert_eq!(refused.json()["error"]["message"]["detail"], "jwt expired");
    assert_eq!(alerts(4_000_000_000).status, 401);
    assert_eq!(alerts(4_000_000_001).status, 200);
}

#[test]
fn a_new_signing_secret_ends_every_login_of_utmstack_at_once() {
    let server = small();
    let token = format!("Bearer {}", login(&server));
    let account =
        || send("GET", &format!("{}/api/account", server.base_url()), &[("authorization", &token)], None);
    assert_eq!(account().status, 200);
    order(&server, r#"{"lost":"secret"}"#);
    assert_eq!(account().status, 401);
    assert_eq!(account().status, 401);
    login(&server);
}

#[test]
fn a_wrong_content_type_stands_over_the_right_body() {
    let server = small();
    order(&server, r#"{"contentType":"text/html"}"#);
    let answer = try_alerts(&server).unwrap();
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/html")));
    assert!(answer.json()["items"].is_array());
}
