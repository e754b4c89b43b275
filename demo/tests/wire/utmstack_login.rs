//! Logins, tokens, and how UTMStack 10 says no.

use serde_json::{Value, json};
use triagekit_demo::Server;

use crate::asking::{Answer, get, login, send, small};

fn authenticate(server: &Server, body: &Value, headers: &[(&str, &str)]) -> Answer {
    let mut all = vec![("content-type", "application/json")];
    all.extend(headers);
    send("POST", &format!("{}/api/authenticate", server.base_url()), &all, Some(&body.to_string()))
}

fn claims(token: &str) -> Value {
    use base64::Engine as _;
    let part = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

fn account(server: &Server, token: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    send("GET", &format!("{}/api/account", server.base_url()), &[("authorization", &bearer)], None)
}

#[test]
fn a_login_gives_a_token_in_the_body_and_in_a_header() {
    let server = small();
    let answer = authenticate(&server, &json!({ "username": "admin", "password": "triagekit-demo" }), &[]);
    assert_eq!(answer.status, 200);
    let body = answer.json();
    assert_eq!(body["authenticated"], true);
    let token = body["id_token"].as_str().unwrap();
    assert_eq!(answer.header("authorization"), Some(format!("Bearer {token}").as_str()));
    assert_eq!(claims(token)["sub"], "admin");
    assert_eq!(claims(token)["auth"], "ROLE_ADMIN,ROLE_USER");
    let account = account(&server, token).json();
    assert_eq!(account["login"], "admin");
    assert_eq!(account["authorities"], json!(["ROLE_ADMIN", "ROLE_USER"]));
}

#[test]
fn being_remembered_lengthens_the_life_of_a_token_from_a_day_to_thirty() {
    let server = small();
    let end = |remembered: bool| {
        let body = json!({ "username": "admin", "password": "triagekit-demo", "rememberMe": remembered });
        claims(authenticate(&server, &body, &[]).json()["id_token"].as_str().unwrap())["exp"]
            .as_i64()
            .unwrap()
    };
    let difference = end(true) - end(false);
    assert!((29 * 86_400 - 5..=29 * 86_400 + 5).contains(&difference), "{difference}");
}

#[test]
fn a_wrong_password_is_told_in_a_header_with_an_empty_body() {
    let answer = authenticate(&small(), &json!({ "username": "admin", "password": "wrong" }), &[]);
    assert_eq!((answer.status, answer.body.as_str()), (401, ""));
    assert_eq!(answer.header("x-utmstack-error"), Some("UserJWTController.authorize: Bad credentials"));
}

#[test]
fn ten_failures_lock_an_address_even_for_the_right_password() {
    let server = small();
    let from = [("x-forwarded-for", "192.0.2.7, 10.0.0.1")];
    for _ in 0..10 {
        assert_eq!(
            authenticate(&server, &json!({ "username": "admin", "password": "wrong" }), &from).status,
            401
        );
    }
    let right = json!({ "username": "admin", "password": "triagekit-demo" });
    let locked = authenticate(&server, &right, &from);
    assert_eq!((locked.status, locked.body.as_str()), (423, ""));
    assert!(locked.header("x-utmstack-error").is_some());
    assert_eq!(authenticate(&server, &right, &[]).status, 200, "another address is not locked");
}

#[test]
fn a_login_that_breaks_the_rules_is_a_problem_document() {
    let server = small();
    let short = authenticate(&server, &json!({ "username": "admin", "password": "abc" }), &[]);
    assert_eq!((short.status, short.header("content-type")), (400, Some("application/problem+json")));
    assert_eq!(short.json()["message"], "error.validation");
    assert_eq!(short.json()["fieldErrors"][0]["field"], "password");
    let broken = send(
        "POST",
        &format!("{}/api/authenticate", server.base_url()),
        &[("content-type", "application/json")],
        Some("{"),
    );
    assert_eq!((broken.status, broken.json()["message"].as_str()), (400, Some("error.http.400")));
}

#[test]
fn without_a_token_everything_but_the_public_paths_is_refused_by_spring() {
    let server = small();
    let answer = get(&server, "/api/account");
    assert_eq!(answer.status, 401);
    let body = answer.json();
    assert_eq!((body["error"].as_str(), body["path"].as_str()), (Some("Unauthorized"), Some("/api/account")));
    assert!(body["timestamp"].as_str().unwrap().ends_with("+00:00") && body.get("message").is_none());
    assert_eq!(get(&server, "/api/no-such-path").status, 401);
    assert_eq!(get(&server, "/api/authenticate").status, 401);
    assert_eq!(get(&server, "/api/ping").body, "\"OK\"");
}

#[test]
fn unknown_paths_and_wrong_methods_are_told_to_those_who_are_logged_in() {
    let server = small();
    let bearer = format!("Bearer {}", login(&server));
    let ask = |path: &str| {
        send("GET", &format!("{}{path}", server.base_url()), &[("authorization", &bearer)], None)
    };
    assert_eq!(ask("/api/elasticsearch/alerts/export/csv").json()["error"], "Not Found");
    let wrong = ask("/api/elasticsearch/search");
    assert_eq!((wrong.status, wrong.header("content-type")), (405, Some("application/problem+json")));
}

#[test]
fn a_token_may_come_in_the_query_and_says_whose_it_is() {
    let server = small();
    let token = login(&server);
    assert_eq!(get(&server, &format!("/api/authenticate?access_token={token}")).body, "admin");
}

#[test]
fn all_tokens_die_with_the_signing_secret() {
    let server = small();
    let token = login(&server);
    assert_eq!(account(&server, &token).status, 200);
    send("POST", &format!("{}/_demo/forget-tokens", server.base_url()), &[], Some(""));
    assert_eq!(account(&server, &token).status, 401);
    assert_eq!(account(&server, &login(&server)).status, 200);
}

#[test]
fn browsers_of_any_origin_are_let_in() {
    let server = small();
    let url = format!("{}/api/elasticsearch/search", server.base_url());
    let asked = [
        ("origin", "https://console.example"),
        ("access-control-request-method", "POST"),
        ("access-control-request-headers", "authorization,content-type"),
    ];
    let preflight = send("OPTIONS", &url, &asked, None);
    assert_eq!(preflight.status, 200);
    assert_eq!(preflight.header("access-control-allow-origin"), Some("*"));
    assert_eq!(preflight.header("access-control-allow-headers"), Some("authorization,content-type"));
    assert_eq!(preflight.header("access-control-max-age"), Some("1800"));
    let refused = send("GET", &url, &asked[..1], None);
    assert_eq!((refused.status, refused.header("access-control-allow-origin")), (401, Some("*")));
    assert!(refused.header("access-control-expose-headers").unwrap().contains("X-Total-Count"));
}
