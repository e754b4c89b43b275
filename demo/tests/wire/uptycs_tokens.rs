//! Which tokens Uptycs takes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use triagekit_demo::{Config, Server, TokenPolicy};

use crate::asking::{Answer, customer, key_file, send, small, token_with, with};

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

/// The token of a header and claims as text, signed with any secret.
fn forged(header: &str, claims: &str, secret: &str) -> String {
    let signed = format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims));
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

#[test]
fn tokens_of_other_libraries_are_taken_and_forged_ones_are_not() {
    let server = small();
    let file = key_file(&server);
    let (key, secret) = (file["key"].as_str().unwrap(), file["secret"].as_str().unwrap());
    let claims = format!(r#"{{"iss":"{key}","exp":4000000000}}"#);
    // PyJWT, jose (Node) and jsonwebtoken (Node) write the header in these orders.
    for header in [
        r#"{"alg":"HS256","typ":"JWT"}"#,
        r#"{"alg":"HS256"}"#,
        r#"{"typ":"JWT","alg":"HS256"}"#,
        "{ \"alg\" : \"HS256\" }",
    ] {
        assert_eq!(ask_with(&server, &forged(header, &claims, secret)).status, 200, "{header}");
    }
    for (header, claims, secret) in [
        (r#"{"alg":"HS256"}"#, claims.as_str(), "another secret"),
        (r#"{"alg":"none"}"#, claims.as_str(), secret),
        (r#"{"alg":"HS384"}"#, claims.as_str(), secret),
        (r#"{"alg":"hs256"}"#, claims.as_str(), secret),
        (r#"{"typ":"JWT"}"#, claims.as_str(), secret),
        (r#"{"alg":"HS256"}"#, r#"{"iss":"SOMEBODYELSE","exp":4000000000}"#, secret),
        (r#"{"alg":"HS256"}"#, r#"{"exp":4000000000}"#, secret),
        (r#"{"alg":"HS256"}"#, "[]", secret),
    ] {
        let answer = ask_with(&server, &forged(header, claims, secret));
        assert_eq!(answer.status, 401, "{header} {claims}");
    }
    let unsigned =
        format!("{}.{}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#), URL_SAFE_NO_PAD.encode(&claims));
    assert_eq!(ask_with(&server, &unsigned).status, 401);
    let good = forged(r#"{"alg":"HS256"}"#, &claims, secret);
    let url = format!("{}/assets?limit=1", customer(&server));
    for (name, scheme) in
        [("AUTHORIZATION", "Bearer"), ("authorization", "bearer"), ("Authorization", "BEARER")]
    {
        assert_eq!(
            send("GET", &url, &[(name, &format!("{scheme} {good}"))], None).status,
            200,
            "{name} {scheme}"
        );
    }
    assert_eq!(send("GET", &url, &[("authorization", &good)], None).status, 401, "no scheme");
    assert_eq!(send("GET", &url, &[], None).status, 401);
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
