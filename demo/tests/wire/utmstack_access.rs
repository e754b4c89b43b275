//! Second factors, API keys, accounts and users.

use serde_json::{Value, json};
use triagekit_demo::{Config, Personality, Server};

use crate::asking::{Answer, get, send, with};
use crate::utmstack_desk::{config, desk, desk_with, login_as};

fn with_factor(utmstack: Personality) -> Server {
    with(Config { tfa: true, ..config(utmstack) })
}

fn login(server: &Server, login: &str, headers: &[(&str, &str)]) -> Answer {
    let body = json!({ "username": login, "password": "triagekit-demo", "rememberMe": true }).to_string();
    let mut all = vec![("content-type", "application/json")];
    all.extend(headers);
    send("POST", &format!("{}/api/authenticate", server.base_url()), &all, Some(&body))
}

fn ask(server: &Server, method: &str, path: &str, token: &str, body: &str) -> Answer {
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let body = (method != "GET").then_some(body);
    send(method, &format!("{}{path}", server.base_url()), &headers, body)
}

fn code(server: &Server, login: &str) -> String {
    get(server, &format!("/_demo/second-factor?login={login}")).body
}

#[test]
fn version_10_asks_for_the_code_with_a_parameter() {
    let server = with_factor(Personality::V10);
    let reply = login(&server, "admin", &[]);
    assert_eq!((reply.status, reply.json()["authenticated"].as_bool()), (200, Some(false)));
    let token = reply.json()["id_token"].as_str().unwrap().to_owned();
    let early = ask(&server, "GET", "/api/account", &token, "");
    assert_eq!((early.status, early.json()["error"].as_str()), (403, Some("Forbidden")));
    let wrong = ask(&server, "GET", "/api/tfa/verifyCode?code=x", &token, "");
    assert_eq!((wrong.status, wrong.header("x-utmstack-error")), (401, Some("Your secret code is invalid")));
    let right =
        ask(&server, "GET", &format!("/api/tfa/verifyCode?code={}", code(&server, "admin")), &token, "");
    let token = right.json()["id_token"].as_str().unwrap().to_owned();
    assert_eq!(right.header("authorization"), Some(format!("Bearer {token}").as_str()));
    assert_eq!(ask(&server, "GET", "/api/account", &token, "").status, 200);
}

#[test]
fn version_11_answers_with_token_and_takes_the_code_as_raw_text() {
    let server = with_factor(Personality::V11);
    let reply = login(&server, "admin", &[]).json();
    assert!(reply.get("id_token").is_none() && reply.get("authenticated").is_none());
    assert_eq!((reply["forceTfa"].as_bool(), reply["tfaConfigured"].as_bool()), (Some(true), Some(true)));
    assert_eq!((reply["success"].as_bool(), reply["method"].as_str()), (Some(true), Some("EMAIL")));
    let token = reply["token"].as_str().unwrap();
    assert_eq!(ask(&server, "GET", "/api/account", token, "").status, 403);
    let wrong = ask(&server, "POST", "/api/tfa/verify-code", token, "000");
    assert_eq!((wrong.status, wrong.body.as_str()), (412, ""));
    assert!(wrong.header("x-utmstack-error").is_some());
    let old = code(&server, "admin");
    assert_eq!(ask(&server, "GET", "/api/tfa/refresh", token, "").status, 200);
    let right = ask(&server, "POST", "/api/tfa/verify-code", token, &code(&server, "admin"));
    assert_eq!(right.json()["tfaMethod"], Value::Null, "{old}");
    let token = right.json()["id_token"].as_str().unwrap().to_owned();
    assert_eq!(ask(&server, "GET", "/api/account", &token, "").status, 200);
}

#[test]
fn who_has_no_second_factor_sets_one_up_in_three_stages() {
    let server = with_factor(Personality::V11);
    let reply = login(&server, "user", &[]).json();
    assert_eq!((reply["tfaConfigured"].as_bool(), reply["method"].is_null()), (Some(false), true));
    let token = reply["token"].as_str().unwrap();
    let stage = |body: Value| ask(&server, "POST", "/api/enrollment/tfa", token, &body.to_string());
    assert_eq!(
        stage(json!({ "stage": "COMPLETE", "method": "EMAIL" })).status,
        500,
        "no code has been given"
    );
    let init = stage(json!({ "stage": "INIT", "method": "EMAIL" })).json();
    assert_eq!(init["delivery"]["target"], "user@example.com");
    assert_eq!(stage(json!({ "stage": "VERIFY", "code": "x" })).json()["valid"], false);
    assert_eq!(stage(json!({ "stage": "VERIFY", "code": code(&server, "user") })).json()["valid"], true);
    let done = stage(json!({ "stage": "COMPLETE", "method": "EMAIL", "enable": true })).json();
    assert_eq!(ask(&server, "GET", "/api/account", done["token"].as_str().unwrap(), "").status, 200);
    assert_eq!(login(&server, "user", &[]).json()["tfaConfigured"], true);
}

#[test]
fn a_header_bypasses_the_second_factor_of_version_11_as_in_its_code() {
    let server = with_factor(Personality::V11);
    let reply = login(&server, "admin", &[("x-bypass-tfa", "true")]).json();
    assert_eq!(reply["forceTfa"], false);
    assert_eq!(ask(&server, "GET", "/api/account", reply["token"].as_str().unwrap(), "").status, 200);
}

#[test]
fn an_api_key_opens_what_its_owner_may_and_is_shown_once() {
    let desk = desk(Personality::V11);
    let wanted = json!({ "name": "ci", "allowedIp": ["127.0.0.0/8"], "expiresAt": "2099-01-01T00:00:00Z" });
    let made = desk.post("/api/api-keys", &wanted);
    assert_eq!((made.status, made.json()["allowedIp"].clone()), (201, json!(["127.0.0.0/8"])));
    let id = made.json()["id"].as_i64().unwrap();
    assert_eq!(desk.post("/api/api-keys", &wanted).status, 409, "the name is taken");
    assert_eq!(desk.post("/api/api-keys", &json!({ "name": "x" })).status, 409, "allowedIp is null");
    let key = desk.ask("POST", &format!("/api/api-keys/{id}/generate"), None).body;
    assert_eq!(key.len(), 43);
    assert!(!desk.get("/api/api-keys").body.contains(&key));
    let with_key = |key: &str| {
        send("GET", &format!("{}/api/account", desk.server.base_url()), &[("Utm-Api-Key", key)], None)
    };
    assert_eq!(with_key(&key).json()["login"], "admin");
    let bad = with_key("nonsense");
    assert_eq!((bad.status, bad.json()["error"].as_str()), (500, Some("Internal Server Error")));
    let bearer = format!("Bearer {key}");
    let url = format!("{}/api/account", desk.server.base_url());
    assert_eq!(send("GET", &url, &[("authorization", &bearer)], None).status, 401, "a key is no token");
    let elsewhere = json!({ "name": "ci", "allowedIp": ["192.0.2.1"], "expiresAt": "2099-01-01T00:00:00Z" });
    assert_eq!(desk.ask("PUT", &format!("/api/api-keys/{id}"), Some(&elsewhere)).status, 200);
    assert_eq!(with_key(&key).status, 500, "used from elsewhere");
    assert_eq!(desk.ask("DELETE", &format!("/api/api-keys/{id}"), None).status, 204);
    assert_eq!(desk.get(&format!("/api/api-keys/{id}")).status, 404);
}

#[test]
fn version_10_8_knows_no_api_keys() {
    let desk = desk(Personality::V10);
    assert_eq!(desk.get("/api/api-keys").status, 404);
    let url = format!("{}/api/account", desk.server.base_url());
    assert_eq!(send("GET", &url, &[("utm-api-key", "x")], None).status, 401);
}

#[test]
fn accounts_and_passwords_can_be_changed() {
    let desk = desk_with(config(Personality::V10));
    assert_eq!(desk.get("/api/check-credentials?password=triagekit-demo&checkUUID=abc").body, "abc");
    assert_eq!(desk.get("/api/check-credentials?password=wrong&checkUUID=abc").status, 400);
    let account = json!({ "login": "admin", "firstName": "Ada", "lastName": "X", "email": "a@example.com", "langKey": "en" });
    assert_eq!(desk.post("/api/account", &account).status, 200);
    assert_eq!(desk.get("/api/account").json()["firstName"], "Ada");
    let change = |old: &str| json!({ "currentPassword": old, "newPassword": "another" });
    assert_eq!(desk.post("/api/account/change-password", &change("wrong")).status, 400);
    assert_eq!(desk.post("/api/account/change-password", &change("triagekit-demo")).status, 200);
    assert_eq!(login(&desk.server, "admin", &[]).status, 401);
    assert_eq!(login(&desk.server, "user@example.com", &[]).status, 200, "an address logs in too");
}

#[test]
fn users_are_listed_for_assignment() {
    let desk = desk(Personality::V10);
    let users = desk.get("/api/users?size=1000");
    let logins: Vec<Value> =
        users.json().as_array().unwrap().iter().map(|user| user["login"].clone()).collect();
    assert!(logins.contains(&json!("admin")) && logins.contains(&json!("user")), "{logins:?}");
    assert_eq!(users.header("x-total-count").unwrap(), logins.len().to_string());
    assert_eq!(desk.get("/api/users/user").json()["authorities"], json!(["ROLE_USER"]));
    assert_eq!(desk.get("/api/users/nobody").status, 404);
    let token = login_as(&desk.server, "user");
    assert_eq!(ask(&desk.server, "GET", "/api/account", &token, "").json()["login"], "user");
}

#[test]
fn some_paths_are_open_to_everybody() {
    let server = with(config(Personality::V10));
    for path in ["/api/ping", "/api/healthcheck", "/api/date-format", "/api/releaseInfo", "/api/images/all"] {
        assert_eq!(get(&server, path).status, 200, "{path}");
    }
}
