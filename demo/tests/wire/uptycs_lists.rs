//! Lists of Uptycs: the envelope, pages, sorts and filters.

use serde_json::{Value, json};
use triagekit_demo::{Config, Server};

use crate::asking::{encoded, small, sorted_ids, truth, uptycs, with};

fn items(server: &Server, path: &str) -> Vec<Value> {
    let answer = uptycs(server, "GET", path, None);
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()["items"].as_array().unwrap().clone()
}

fn filtered(server: &Server, path: &str, filters: &Value) -> Vec<Value> {
    items(server, &format!("{path}?filters={}", encoded(filters)))
}

#[test]
fn an_envelope_has_exactly_four_keys() {
    let server = small();
    for path in ["/alerts", "/assets"] {
        let envelope = uptycs(&server, "GET", path, None).json();
        let mut keys: Vec<_> = envelope.as_object().unwrap().keys().map(String::as_str).collect();
        keys.sort_unstable();
        assert_eq!(keys, ["items", "limit", "links", "offset"]);
        assert_eq!((envelope["limit"].as_u64(), envelope["offset"].as_u64()), (Some(1_000), Some(0)));
    }
}

#[test]
fn paths_do_not_care_for_case() {
    let server = small();
    assert_eq!(items(&server, "/ALERTS?limit=3").len(), 3);
    assert_eq!(uptycs(&server, "GET", "/Assets/Count", None).json(), json!({ "count": 240 }));
}

#[test]
fn following_next_gives_every_alert_once() {
    let server = small();
    let (mut rows, mut offset) = (Vec::new(), 0);
    loop {
        let page =
            uptycs(&server, "GET", &format!("/alerts?limit=70&offset={offset}&sort=alertTime:desc"), None)
                .json();
        let items = page["items"].as_array().unwrap().clone();
        offset += items.len();
        rows.extend(items);
        let next = page["links"].as_array().unwrap().iter().find(|link| link["rel"] == "next").cloned();
        match next {
            Some(next) => assert!(
                next["href"].as_str().unwrap().ends_with(&format!("/alerts?limit=70&offset={offset}")),
                "{next}"
            ),
            None => break,
        }
    }
    assert_eq!(sorted_ids(&rows), truth(&server, "uptycs"));
}

#[test]
fn a_page_ends_at_the_cap_and_says_so() {
    let server = with(Config { uptycs_alerts: 120, utmstack_alerts: 1, page_cap: 50, ..Config::default() });
    let page = uptycs(&server, "GET", "/alerts?limit=99999", None).json();
    assert_eq!((page["items"].as_array().unwrap().len(), page["limit"].as_u64()), (50, Some(50)));
    assert!(items(&server, "/alerts?offset=120").is_empty());
}

#[test]
fn sorting_by_time_is_stable_over_ties() {
    let server = small();
    let times: Vec<String> = items(&server, "/alerts?sort=alertTime:asc")
        .iter()
        .map(|row| row["alertTime"].as_str().unwrap().to_owned())
        .collect();
    assert!(times.is_sorted());
    let newest = items(&server, "/alerts?sort=alertTime:desc&limit=1");
    assert_eq!(newest[0]["alertTime"].as_str(), times.last().map(String::as_str));
}

#[test]
fn attested_filters_select_what_they_say() {
    let server = small();
    let some = filtered(
        &server,
        "/alerts",
        &json!({ "status": { "in": ["open", "assigned"] }, "severity": { "equals": "high" } }),
    );
    assert!(!some.is_empty());
    assert!(some.iter().all(|row| row["severity"] == "high" && row["status"] != "closed"));
    let live = filtered(&server, "/assets", &json!({ "live": { "equals": "true" } }));
    assert!(!live.is_empty() && live.iter().all(|row| row["live"] == true));
    let named = filtered(&server, "/assets", &json!({ "hostName": { "like": "%-ws-%" } }));
    assert!(!named.is_empty());
    assert!(filtered(&server, "/assets", &json!({ "hostName": { "like": "%-WS-%" } })).is_empty());
    assert_eq!(
        filtered(&server, "/assets", &json!({ "hostName": { "iLike": "%-WS-%" } })).len(),
        named.len()
    );
}

#[test]
fn a_time_range_includes_both_ends() {
    let server = small();
    let all = items(&server, "/alerts?sort=alertTime:asc");
    let (from, to) = (all[10]["alertTime"].clone(), all[20]["alertTime"].clone());
    let some = filtered(&server, "/alerts", &json!({ "alertTime": { "between": [from, to] } }));
    let expected = all.iter().filter(|row| {
        let at = row["alertTime"].as_str();
        from.as_str() <= at && at <= to.as_str()
    });
    assert_eq!(sorted_ids(&some), sorted_ids(expected));
}

#[test]
fn a_row_is_found_by_its_id_and_a_missing_one_is_told() {
    let server = small();
    let first = items(&server, "/alerts?limit=1").remove(0);
    let id = first["id"].as_str().unwrap();
    assert_eq!(uptycs(&server, "GET", &format!("/alerts/{id}"), None).json(), first);
    let missing = uptycs(&server, "GET", "/alerts/00000000-0000-4000-8000-000000000000", None);
    assert_eq!((missing.status, missing.json()["error"]["status"].as_u64()), (404, Some(404)));
    assert_eq!(uptycs(&server, "GET", "/thretSources", None).status, 404, "the typo of the help text");
}

#[test]
fn parameters_that_cannot_be_read_are_refused_and_unknown_ones_ignored() {
    let server = small();
    for query in
        ["limit=many", "offset=-1", "sort=nothing:asc", "filters=%7B", "filters=%7B%22color%22:%7B%7D%7D"]
    {
        assert_eq!(uptycs(&server, "GET", &format!("/alerts?{query}"), None).status, 400, "{query}");
    }
    assert_eq!(items(&server, "/alerts?limit=2&hideSensors=true").len(), 2);
}

#[test]
fn every_alert_is_of_an_asset_that_is_there() {
    let server = small();
    let assets = sorted_ids(&items(&server, "/assets"));
    for alert in items(&server, "/alerts") {
        let id = alert["assetId"].as_str().unwrap().to_owned();
        assert!(assets.binary_search(&id).is_ok(), "{id}");
    }
}

#[test]
fn all_alerts_come_through_pages_of_a_thousand_and_of_ten_thousand() {
    let server = with(Config { uptycs_alerts: 25_000, utmstack_alerts: 1, ..Config::default() });
    let truth = truth(&server, "uptycs");
    assert_eq!(truth.len(), 25_000);
    for size in [1_000, 10_000] {
        let mut rows = Vec::new();
        loop {
            let page = items(&server, &format!("/alerts?limit={size}&offset={}", rows.len()));
            if page.is_empty() {
                break;
            }
            rows.extend(page);
        }
        assert_eq!(sorted_ids(&rows), truth, "pages of {size}");
    }
}
