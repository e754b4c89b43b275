//! A plain HTTP client for the tests.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use triagekit_demo::{Config, Server};
use ureq::http::{HeaderMap, Request};

/// An answer, whatever its status.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error} in {}", self.body))
    }

    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }
}

/// A server with few alerts, quick to start.
pub(crate) fn small() -> Server {
    with(Config { utmstack_alerts: 300, uptycs_alerts: 300, ..Config::default() })
}

pub(crate) fn with(config: Config) -> Server {
    Server::start(config).unwrap()
}

/// Sends a request; an error is one of the connection, not a status.
pub(crate) fn try_send(
    method: &str,
    url: &str,
    headers: &[(&str, &str)],
    body: Option<&str>,
) -> Result<Answer, ureq::Error> {
    let agent = ureq::Agent::config_builder()
        .http_status_as_error(false)
        .allow_non_standard_methods(true)
        .max_idle_connections(0)
        .build()
        .new_agent();
    let mut request = Request::builder().method(method).uri(url);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let mut answer = match body {
        Some(body) => agent.run(request.body(body.to_owned()).unwrap())?,
        None => agent.run(request.body(()).unwrap())?,
    };
    let status = answer.status().as_u16();
    let headers = answer.headers().clone();
    let body = answer.body_mut().with_config().limit(200_000_000).read_to_string()?;
    Ok(Answer { status, headers, body })
}

pub(crate) fn send(method: &str, url: &str, headers: &[(&str, &str)], body: Option<&str>) -> Answer {
    try_send(method, url, headers, body).unwrap()
}

pub(crate) fn get(server: &Server, path: &str) -> Answer {
    send("GET", &format!("{}{path}", server.base_url()), &[], None)
}

/// A token of UTMStack.
pub(crate) fn login(server: &Server) -> String {
    let body = r#"{"username":"admin","password":"triagekit-demo","rememberMe":false}"#;
    let url = format!("{}/api/authenticate", server.base_url());
    let answer = send("POST", &url, &[("content-type", "application/json")], Some(body));
    answer.json()["id_token"].as_str().unwrap().to_owned()
}

/// A search with a query string and filters.
pub(crate) fn search(server: &Server, token: &str, query: &str, filters: &Value) -> Answer {
    let url = format!("{}/api/elasticsearch/search?{query}", server.base_url());
    let bearer = format!("Bearer {token}");
    let headers = [("content-type", "application/json"), ("authorization", bearer.as_str())];
    send("POST", &url, &headers, Some(&filters.to_string()))
}

/// The key file as a JSON value.
pub(crate) fn key_file(server: &Server) -> Value {
    serde_json::from_str(&server.key_file_json()).unwrap()
}

/// The path of the customer, absolute.
pub(crate) fn customer(server: &Server) -> String {
    let id = key_file(server)["customerId"].as_str().unwrap().to_owned();
    format!("{}/public/api/customers/{id}", server.base_url())
}

/// A token of Uptycs with these claims beside `iss`.
pub(crate) fn token_with(server: &Server, claims: &Value) -> String {
    let file = key_file(server);
    let mut claims = claims.clone();
    claims["iss"] = file["key"].clone();
    let signed = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(r#"{"typ":"JWT","alg":"HS256"}"#),
        URL_SAFE_NO_PAD.encode(claims.to_string())
    );
    let secret = file["secret"].as_str().unwrap();
    let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
    mac.update(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
}

/// A request to Uptycs with a good token.
pub(crate) fn uptycs(server: &Server, method: &str, path: &str, body: Option<&Value>) -> Answer {
    let bearer = format!("Bearer {}", token_with(server, &json!({ "exp": 4_000_000_000_u64 })));
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let body = body.map(Value::to_string);
    send(method, &format!("{}{path}", customer(server)), &headers, body.as_deref())
}

/// The ids of a vendor's alerts, as the demo knows them.
pub(crate) fn truth(server: &Server, vendor: &str) -> Vec<String> {
    let answer = get(server, &format!("/_demo/ids?vendor={vendor}"));
    answer.body.lines().map(str::to_owned).collect()
}

/// The ids of rows, sorted.
pub(crate) fn sorted_ids<'a>(rows: impl IntoIterator<Item = &'a Value>) -> Vec<String> {
    let mut ids: Vec<String> = rows.into_iter().map(|row| row["id"].as_str().unwrap().to_owned()).collect();
    ids.sort_unstable();
    ids
}

/// A value for a query string.
pub(crate) fn encoded(value: &Value) -> String {
    form_urlencoded::byte_serialize(value.to_string().as_bytes()).collect()
}
