//! Latency, the server's own time, and compression.

use std::time::{Duration, Instant};

use triagekit_demo::Config;
use ureq::http::header;

use crate::asking::{get, login, send, small, uptycs, with};

#[test]
fn every_answer_of_a_vendor_says_how_long_it_took() {
    let server = small();
    let timing = uptycs(&server, "GET", "/alerts", None).header("server-timing").map(str::to_owned);
    let (db, app) = timing.as_deref().and_then(|text| text.split_once(", ")).unwrap();
    for (part, name) in [(db, "db;dur="), (app, "app;dur=")] {
        let millis: f64 = part.strip_prefix(name).unwrap().parse().unwrap();
        assert!(millis > 0.0 && millis < 60_000.0, "{part}");
    }
    assert!(get(&server, "/api/ping").header("server-timing").is_some());
    assert!(get(&server, "/_demo/state").header("server-timing").is_none());
}

#[test]
fn latency_holds_every_answer_of_a_vendor_back_but_is_not_the_servers_own_time() {
    let latency = Duration::from_millis(120);
    let server = with(Config { latency, utmstack_alerts: 1, uptycs_alerts: 1, ..Config::default() });
    let start = Instant::now();
    let answer = get(&server, "/api/ping");
    assert!(start.elapsed() >= latency);
    assert!(answer.header("server-timing").unwrap().contains("app;dur=0."), "{answer:?}");
}

#[test]
fn utmstack_compresses_what_is_worth_it_for_those_who_take_it() {
    let server = small();
    let bearer = format!("Bearer {}", login(&server));
    let url =
        format!("{}/api/elasticsearch/search?top=100&indexPattern=alert-*&page=1&size=20", server.base_url());
    let ask = |coding: &str| {
        let headers = [
            ("content-type", "application/json"),
            ("authorization", bearer.as_str()),
            ("accept-encoding", coding),
        ];
        let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
        let mut request = agent.post(&url);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let mut answer = request.send("[]").unwrap();
        let coding =
            answer.headers().get(header::CONTENT_ENCODING).map(|value| value.to_str().unwrap().to_owned());
        (coding, answer.body_mut().read_to_vec().unwrap())
    };
    let (plain, packed) = (ask("identity"), ask("gzip"));
    assert_eq!((plain.0, packed.0.as_deref()), (None, Some("gzip")));
    let mut whole = Vec::new();
    std::io::copy(&mut flate2::read::GzDecoder::new(packed.1.as_slice()), &mut whole).unwrap();
    assert_eq!(whole, plain.1);
    assert!(packed.1.len() < plain.1.len() / 2);
    let ping = send("GET", &format!("{}/api/ping", server.base_url()), &[("accept-encoding", "gzip")], None);
    assert_eq!(ping.header("content-encoding"), None, "a small answer is not worth it");
}
