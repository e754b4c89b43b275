//! Alerts that come, change and go while the server runs.

use serde_json::Value;
use triagekit_demo::{Config, Personality, Rate, Server, UtcInstant};

use crate::asking::{get, login, search, send, small, sorted_ids, truth, uptycs, with};

fn live(server: &Server, order: &str) -> Value {
    let url = format!("{}/_demo/live", server.base_url());
    let answer = send("POST", &url, &[("content-type", "application/json")], Some(order));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

fn ids(value: &Value) -> Vec<String> {
    value.as_array().unwrap().iter().map(|id| id.as_str().unwrap().to_owned()).collect()
}

/// The rows of Uptycs, the newest first.
fn rows(server: &Server) -> Vec<Value> {
    let answer = uptycs(server, "GET", "/alerts?limit=5000&sort=createdAt:desc", None);
    answer.json()["items"].as_array().unwrap().clone()
}

#[test]
fn what_comes_changes_and_goes_is_seen_at_both_vendors() {
    let server = small();
    let (first, token) = (truth(&server, "uptycs"), login(&server));
    let moved = live(&server, r#"{"insert":5,"change":4,"delete":3}"#);
    for vendor in ["utmstack", "uptycs"] {
        let [inserted, changed, deleted] =
            ["inserted", "changed", "deleted"].map(|what| ids(&moved[vendor][what]));
        assert_eq!([inserted.len(), changed.len(), deleted.len()], [5, 4, 3], "{moved}");
        let seen = if vendor == "uptycs" {
            sorted_ids(&rows(&server))
        } else {
            let query = "top=10000&indexPattern=alert-*&page=1&size=2000";
            sorted_ids(search(&server, &token, query, &serde_json::json!([])).json().as_array().unwrap())
        };
        assert_eq!(seen.len(), 302);
        assert!(deleted.iter().all(|id| !seen.contains(id)), "what went is gone");
        assert!(inserted.iter().all(|id| seen.contains(id) || deleted.contains(id)), "what came is there");
    }
    assert_ne!(first, truth(&server, "uptycs"));
}

#[test]
fn ids_are_those_that_existed_all_through_an_interval() {
    let server = small();
    let now = || UtcInstant::now().iso();
    let during = |at: &str, until: &str| {
        let answer = get(&server, &format!("/_demo/ids?vendor=uptycs&at={at}&until={until}"));
        answer.body.lines().map(str::to_owned).collect::<Vec<_>>()
    };
    let start = now();
    let before = during(&start, &start);
    let moved = live(&server, r#"{"insert":20,"delete":20}"#);
    let end = now();
    let (came, went) = (ids(&moved["uptycs"]["inserted"]), ids(&moved["uptycs"]["deleted"]));
    let through = during(&start, &end);
    let expected: Vec<String> = before.iter().filter(|id| !went.contains(id)).cloned().collect();
    assert_eq!(through, expected, "neither what came nor what went was there throughout");
    let at_end = during(&end, &end);
    assert!(
        came.iter().all(|id| at_end.contains(id) != went.contains(id)),
        "what came is there unless it went"
    );
    assert_eq!(during(&start, &start), before, "what went existed then");
}

#[test]
fn late_alerts_bear_an_instant_of_the_past_and_are_born_now() {
    let server = small();
    let moved = live(&server, r#"{"insert":30,"late":600000}"#);
    let came = ids(&moved["uptycs"]["inserted"]);
    let now = UtcInstant::now().millis();
    let created: Vec<i64> = rows(&server)
        .iter()
        .filter(|row| came.contains(&row["id"].as_str().unwrap().to_owned()))
        .map(|row| UtcInstant::parse(row["createdAt"].as_str().unwrap()).unwrap().millis())
        .collect();
    assert_eq!(created.len(), 30);
    assert!(created.iter().all(|&at| at <= now && at > now - 700_000));
    assert!(created.iter().any(|&at| at < now - 60_000), "some are more than a minute late");
    let then = UtcInstant::from_millis(now - 60_000).iso();
    let earlier = get(&server, &format!("/_demo/ids?vendor=uptycs&at={then}"));
    assert!(came.iter().all(|id| !earlier.body.contains(id)), "nobody could have read them a minute ago");
}

#[test]
fn the_same_seed_and_orders_bring_the_same_alerts() {
    let moved = |seed| {
        let now = UtcInstant::parse("2026-03-01T00:00:00Z");
        let server = with(Config { seed, now, utmstack_alerts: 50, uptycs_alerts: 50, ..Config::default() });
        [live(&server, r#"{"insert":3,"change":2}"#), live(&server, r#"{"delete":2,"insert":1}"#)]
    };
    assert_eq!(moved(5), moved(5));
    assert_ne!(moved(5), moved(6));
}

#[test]
fn every_generation_of_utmstack_is_live() {
    for utmstack in [Personality::V10, Personality::V11, Personality::Documented] {
        let server = with(Config { utmstack, utmstack_alerts: 100, uptycs_alerts: 1, ..Config::default() });
        let before = truth(&server, "utmstack");
        let moved = live(&server, r#"{"insert":3,"change":3}"#);
        let after = truth(&server, "utmstack");
        assert_eq!(after.len(), before.len() + 3, "{utmstack:?}");
        assert!(ids(&moved["utmstack"]["inserted"]).iter().all(|id| after.contains(id)));
    }
}

#[test]
fn an_order_that_makes_no_sense_is_refused() {
    let server = small();
    let url = format!("{}/_demo/live", server.base_url());
    for order in [r#"{"explode":1}"#, r#"{"insert":-1}"#] {
        let answer = send("POST", &url, &[("content-type", "application/json")], Some(order));
        assert_eq!(answer.status, 422, "{order}");
    }
}

#[test]
fn a_live_server_moves_by_itself() {
    let server = with(Config {
        live: Rate::parse("500/s"),
        utmstack_alerts: 20,
        uptycs_alerts: 20,
        ..Config::default()
    });
    // Asked until it happens, not after a while: a slow machine takes longer, and that is all right.
    let (first, mut asked) = (truth(&server, "uptycs"), 0);
    while truth(&server, "uptycs").len() <= first.len() + 5 {
        asked += 1;
        assert!(asked < 100_000, "nothing came");
    }
}
