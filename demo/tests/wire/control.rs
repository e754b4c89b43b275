//! `/_demo`, which no vendor has.

use serde_json::Value;
use triagekit_demo::{Config, State, UtcInstant};

use crate::asking::{get, key_file, login, small, truth, uptycs, with};

#[test]
fn connections_say_how_to_reach_both_vendors() {
    let server = small();
    let connections = get(&server, "/_demo/connections").json();
    assert_eq!(connections["utmstack"]["url"], server.base_url());
    assert_eq!(connections["utmstack"]["password"], "triagekit-demo");
    assert_eq!(connections["uptycs"], key_file(&server));
    assert_eq!(connections["uptycs"]["baseUrl"], server.base_url());
}

#[test]
fn the_same_seed_and_end_give_the_same_alerts_and_another_seed_others() {
    let start = |seed: u64| {
        let now = UtcInstant::parse("2026-03-01T00:00:00Z");
        with(Config { seed, now, utmstack_alerts: 200, uptycs_alerts: 200, ..Config::default() })
    };
    let (one, same, other) = (start(5), start(5), start(6));
    let alerts = |server| uptycs(server, "GET", "/alerts", None).json()["items"].clone();
    assert_eq!(alerts(&one), alerts(&same));
    assert_eq!(truth(&one, "utmstack"), truth(&same, "utmstack"));
    assert_ne!(truth(&one, "utmstack"), truth(&other, "utmstack"));
    let last = alerts(&one).as_array().unwrap().iter().map(|row| row["createdAt"].to_string()).max();
    assert!(last.is_some_and(|last| *last <= *"\"2026-03-01T00:00:00.000Z\""));
}

#[test]
fn ids_are_those_that_existed_at_an_instant() {
    let server = small();
    let all = truth(&server, "uptycs");
    assert_eq!(all.len(), 300);
    assert!(all.is_sorted());
    let then = UtcInstant::from_millis(UtcInstant::now().millis() - 15 * 86_400_000).iso();
    let earlier = get(&server, &format!("/_demo/ids?vendor=uptycs&at={then}")).body.lines().count();
    assert!(earlier > 0 && earlier < 300, "{earlier}");
    assert_eq!(get(&server, "/_demo/ids?vendor=acme").status, 400);
    assert_eq!(get(&server, "/_demo/ids?vendor=uptycs&at=then").status, 400);
}

#[test]
fn requests_and_rows_are_counted() {
    let server = small();
    login(&server);
    uptycs(&server, "GET", "/alerts?limit=1", None);
    uptycs(&server, "GET", "/alerts/00000000-0000-4000-8000-000000000000", None);
    let state = get(&server, "/_demo/state").json();
    assert_eq!(state["rows"]["utmstack"]["alert"], 300);
    assert_eq!(state["requests"]["utmstack"]["POST /api/authenticate"], 1);
    assert_eq!(state["requests"]["uptycs"]["GET /alerts/{id}"], 1);
    assert_eq!(server.uptycs_requests().get("GET /alerts"), Some(&1));
    assert_eq!(server.utmstack_requests().get("POST /api/authenticate"), Some(&1));
}

#[test]
fn a_folder_keeps_the_data_from_one_server_to_the_next() {
    let folder = std::env::temp_dir().join(format!("triagekit-demo-{}", std::process::id()));
    let config = || Config {
        state: State::Folder(folder.clone()),
        utmstack_alerts: 50,
        uptycs_alerts: 50,
        ..Config::default()
    };
    let first = with(config());
    let ids = (truth(&first, "utmstack"), truth(&first, "uptycs"));
    first.stop();
    let second = with(Config { utmstack_alerts: 9, ..config() });
    assert_eq!((truth(&second, "utmstack"), truth(&second, "uptycs")), ids);
    drop(second);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn attack_texts_are_among_the_alerts_of_both_vendors() {
    let server = with(Config { utmstack_alerts: 1, uptycs_alerts: 3_000, ..Config::default() });
    let rows: Value = uptycs(&server, "GET", "/alerts?limit=3000", None).json();
    let text = rows.to_string();
    for part in ["<script", "javascript:", "=cmd", "Грубый", "\\n"] {
        assert!(text.contains(part), "{part} is missing");
    }
}

#[test]
fn a_stopped_server_frees_its_port() {
    let server = small();
    let address = server.base_url().trim_start_matches("http://").to_owned();
    server.stop();
    std::net::TcpListener::bind(address).unwrap();
}
