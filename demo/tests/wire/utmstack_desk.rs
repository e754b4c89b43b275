//! Somebody who is logged in to UTMStack.

use serde_json::{Value, json};
use triagekit_demo::{Config, Personality, Server};

use crate::asking::{Answer, send, with};

/// A server with a token to it.
pub(crate) struct Desk {
    pub(crate) server: Server,
    pub(crate) token: String,
}

/// A desk at a generation with few alerts, whose review runs on order only.
pub(crate) fn desk(utmstack: Personality) -> Desk {
    desk_with(config(utmstack))
}

pub(crate) fn config(utmstack: Personality) -> Config {
    Config {
        utmstack,
        utmstack_alerts: 300,
        uptycs_alerts: 1,
        review_every: std::time::Duration::ZERO,
        ..Config::default()
    }
}

pub(crate) fn desk_with(config: Config) -> Desk {
    let server = with(config);
    let token = login_as(&server, "admin");
    Desk { server, token }
}

/// A token of either generation.
pub(crate) fn login_as(server: &Server, login: &str) -> String {
    let body = json!({ "username": login, "password": "triagekit-demo" });
    let url = format!("{}/api/authenticate", server.base_url());
    let reply = send("POST", &url, &[("content-type", "application/json")], Some(&body.to_string())).json();
    reply.get("id_token").unwrap_or(&reply["token"]).as_str().unwrap().to_owned()
}

impl Desk {
    /// A request with JSON or nothing.
    pub(crate) fn ask(&self, method: &str, path: &str, body: Option<&Value>) -> Answer {
        let body = body.map(Value::to_string);
        self.raw(method, path, body.as_deref())
    }

    /// A request with a text for a body.
    pub(crate) fn raw(&self, method: &str, path: &str, body: Option<&str>) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        send(method, &format!("{}{path}", self.server.base_url()), &headers, body)
    }

    pub(crate) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, None)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Answer {
        self.ask("POST", path, Some(body))
    }

    /// The alerts that meet filters, up to 2,000.
    pub(crate) fn search(&self, filters: &Value) -> Vec<Value> {
        let pattern = if self.is_v11() { "v11-alert-*" } else { "alert-*" };
        let path = format!("/api/elasticsearch/search?indexPattern={pattern}&top=100000&size=2000&page=1");
        let answer = self.post(&path, filters);
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json().as_array().unwrap().clone()
    }

    fn is_v11(&self) -> bool {
        self.get("/api/releaseInfo").json()["version"] == "11.0.1"
    }

    pub(crate) fn some(&self, field: &str, operator: &str, value: &Value) -> Vec<Value> {
        self.search(&json!([{ "field": field, "operator": operator, "value": value }]))
    }

    /// The alert of an id as it is now.
    pub(crate) fn alert(&self, id: &str) -> Value {
        self.some("id", "IS", &json!(id)).pop().unwrap()
    }

    /// Ids of alerts with a status.
    pub(crate) fn ids_with_status(&self, status: i64) -> Vec<String> {
        let found = self.some("status", "IS", &json!(status));
        found.iter().map(|alert| alert["id"].as_str().unwrap().to_owned()).collect()
    }

    /// The history of an alert, the newest entry first.
    pub(crate) fn history(&self, id: &str) -> Vec<Value> {
        let path = format!("/api/utm-alert-logs?alertId.equals={id}&sort=id,desc&size=100");
        self.get(&path).json().as_array().unwrap().clone()
    }

    /// Lets the automatic review run now.
    pub(crate) fn review(&self) -> Value {
        send("POST", &format!("{}/_demo/review", self.server.base_url()), &[], Some("")).json()
    }
}
