//! Which tokens Uptycs takes.

use serde_json::{Value, json};
use triagekit_demo::{Config, Server, TokenPolicy};

use crate::asking::{Answer, customer, send, small, token_with, with};

fn ask_with(server: &Server, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    send("GET", &format!("{}/assets?limit=1", customer(server)), &[("Authorization", &bearer)], None)
}

fn status(server: &Server, claims: &Value) -> u16 {
    ask_with(server, &token_with(server, claims)).status
}

#[test]
fn tokens_of_real_clients_are_taken() {
    let server = small();
    assert_eq!(status(&server, &json!({ "exp": 4_000_000_000_u64 })), 200);
    assert_eq!(status(&server, &json!({ "exp": 4_000_000_000.5 })), 200);
    assert_eq!(status(&server, &json!({ "exp": 4_000_000_000_u64, "iat": "2026-11-21T19:37:46.39Z" })), 200);
}

#[test]
fn a_token_without_end_needs_a_lax_server() {
    let server = small();
    assert_eq!(status(&server, &json!({})), 401);
    let lax = with(Config {
        uptycs_alerts: 1,
        utmstack_alerts: 1,
        uptycs_auth: TokenPolicy::Lax,
        ..Config::default()
    });
    assert_eq!(status(&lax, &json!({})), 200);
}

#[test]
fn bad_tokens_and_foreign_customers_are_refused_with_the_vendors_words() {
    let server = small();
    for token in ["", "nonsense", &token_with(&server, &json!({ "exp": 1_000_000_000 }))] {
        let answer = ask_with(&server, token);
        assert_eq!(answer.status, 401, "{token}");
        let error = answer.json()["error"].clone();
        assert!(error["message"]["brief"].is_string() && error["message"]["detail"].is_string());
        assert_eq!(answer.json()["status"], 401);
    }
    let bearer = format!("Bearer {}", token_with(&server, &json!({ "exp": 4_000_000_000_u64 })));
    let foreign =
        format!("{}/public/api/customers/00000000-0000-4000-8000-000000000000/assets", server.base_url());
    assert_eq!(send("GET", &foreign, &[("authorization", &bearer)], None).status, 401);
}

#[test]
fn no_cors_headers_are_sent_unless_asked_for() {
    let server = small();
    let origin = [("origin", "https://console.example")];
    let url = format!("{}/alerts", customer(&server));
    assert!(send("GET", &url, &origin, None).header("access-control-allow-origin").is_none());
    let open = with(Config { uptycs_cors: true, uptycs_alerts: 1, utmstack_alerts: 1, ..Config::default() });
    let url = format!("{}/alerts", customer(&open));
    let preflight = send("OPTIONS", &url, &origin, None);
    assert_eq!((preflight.status, preflight.header("access-control-allow-origin")), (200, Some("*")));
    assert_eq!(send("GET", &url, &origin, None).header("access-control-allow-origin"), Some("*"));
}
