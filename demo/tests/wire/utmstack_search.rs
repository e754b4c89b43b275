//! Searching alerts of UTMStack 10: its filters, its pages, and where they surprise.

use serde_json::{Value, json};
use triagekit_demo::{Config, Server};

use crate::asking::{Answer, login, search, send, small, sorted_ids, truth, with};

const ALL: &str = "indexPattern=alert-*&top=100000000";

fn rows(answer: &Answer) -> Vec<Value> {
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json().as_array().unwrap().clone()
}

fn total(answer: &Answer) -> u64 {
    answer.header("x-total-count").unwrap().parse().unwrap()
}

fn filter(field: &str, operator: &str, value: &Value) -> Value {
    json!([{ "field": field, "operator": operator, "value": value }])
}

fn found(server: &Server, filters: &Value) -> Vec<Value> {
    rows(&search(server, &login(server), &format!("{ALL}&size=2000"), filters))
}

#[test]
fn pages_zero_and_one_are_the_same_and_two_is_the_second() {
    let server = small();
    let token = login(&server);
    let page =
        |number: u32| rows(&search(&server, &token, &format!("{ALL}&size=100&page={number}"), &json!([])));
    assert_eq!(page(0), page(1));
    assert_ne!(page(1), page(2));
    let all = [page(1), page(2), page(3)].concat();
    assert_eq!(sorted_ids(&all), truth(&server, "utmstack"));
    assert!(page(4).is_empty());
}

#[test]
fn links_are_made_for_pages_that_count_from_zero_and_mislead() {
    let server = small();
    let answer = search(&server, &login(&server), &format!("{ALL}&size=100&page=1"), &json!([]));
    assert_eq!(total(&answer), 300);
    assert_eq!(
        answer.header("link").unwrap(),
        "</api/elasticsearch/search?page=2&size=100>; rel=\"next\",\
         </api/elasticsearch/search?page=0&size=100>; rel=\"prev\",\
         </api/elasticsearch/search?page=2&size=100>; rel=\"last\",\
         </api/elasticsearch/search?page=0&size=100>; rel=\"first\""
    );
}

#[test]
fn no_hits_have_no_total_and_no_links() {
    let server = small();
    let answer = search(&server, &login(&server), ALL, &filter("status", "IS", &json!(4)));
    assert_eq!((answer.status, answer.body.as_str()), (200, "[]"));
    assert!(answer.header("x-total-count").is_none() && answer.header("link").is_none());
}

#[test]
fn top_and_index_pattern_are_required() {
    let server = small();
    let token = login(&server);
    for query in ["indexPattern=alert-*", "top=10", "indexPattern=alert-*&top=many"] {
        let answer = search(&server, &token, query, &json!([]));
        assert_eq!(
            (answer.status, answer.header("content-type")),
            (400, Some("application/problem+json")),
            "{query}"
        );
    }
}

#[test]
fn top_cuts_the_total_and_the_last_page_and_fails_behind_it() {
    let server = small();
    let token = login(&server);
    let page = |number: u32| {
        search(&server, &token, &format!("indexPattern=alert-*&top=150&size=100&page={number}"), &json!([]))
    };
    assert_eq!((total(&page(2)), rows(&page(1)).len(), rows(&page(2)).len()), (150, 100, 50));
    let behind = page(3);
    assert_eq!((behind.status, behind.body.as_str()), (500, ""));
    assert!(behind.header("x-utmstack-error").unwrap().starts_with("ElasticsearchResource.search: "));
}

#[test]
fn totals_and_windows_end_at_ten_thousand_and_sizes_at_two_thousand() {
    let server = with(Config { utmstack_alerts: 10_100, uptycs_alerts: 0, ..Config::default() });
    let token = login(&server);
    let answer = search(&server, &token, &format!("{ALL}&size=5000&page=5&sort=@timestamp,desc"), &json!([]));
    assert_eq!((total(&answer), rows(&answer).len()), (10_000, 2_000));
    assert_eq!(search(&server, &token, &format!("{ALL}&size=2000&page=6"), &json!([])).status, 500);
}

#[test]
fn sorting_goes_by_several_fields_and_fails_on_analysed_text() {
    let server = small();
    let token = login(&server);
    let answer = search(
        &server,
        &token,
        &format!("{ALL}&size=300&sort=severity,desc&sort=name.keyword,asc"),
        &json!([]),
    );
    let keys: Vec<(i64, String)> = rows(&answer)
        .iter()
        .map(|row| (-row["severity"].as_i64().unwrap(), row["name"].as_str().unwrap().to_owned()))
        .collect();
    assert!(keys.is_sorted());
    assert_eq!(search(&server, &token, &format!("{ALL}&sort=name,asc"), &json!([])).status, 500);
}

#[test]
fn newest_first_is_newest_first() {
    let server = small();
    let answer =
        search(&server, &login(&server), &format!("{ALL}&size=300&sort=@timestamp,desc"), &json!([]));
    let millis = |row: &Value| row["@timestamp"].as_str().unwrap().get(..19).unwrap().to_owned();
    let times: Vec<String> = rows(&answer).iter().map(millis).collect();
    assert!(times.is_sorted_by(|one, other| one >= other));
}

#[test]
fn numbers_compare_exactly_and_the_rest_is_not() {
    let server = small();
    let open = found(&server, &filter("status", "IS", &json!(2)));
    let not_open = found(&server, &filter("status", "IS_NOT", &json!("2")));
    assert!(open.iter().all(|row| row["status"] == 2));
    assert!(not_open.iter().all(|row| row["status"] != 2));
    assert_eq!(open.len() + not_open.len(), 300);
}

#[test]
fn texts_match_a_contained_phrase_and_keywords_the_whole() {
    let server = small();
    let phrase = found(&server, &filter("tags", "IS", &json!("false POSITIVE")));
    assert!(!phrase.is_empty());
    assert!(phrase.iter().all(|row| row["tags"].as_array().unwrap().contains(&json!("False positive"))));
    assert!(found(&server, &filter("tags.keyword", "IS", &json!("false POSITIVE"))).is_empty());
    let keyword = found(&server, &filter("tags.keyword", "IS", &json!("False positive")));
    assert_eq!(sorted_ids(&keyword), sorted_ids(&phrase));
    let without = found(&server, &filter("tags", "IS_NOT", &json!("False positive")));
    assert_eq!(without.len() + phrase.len(), 300, "rows without tags are not false positives");
}

#[test]
fn an_alert_is_found_by_its_id_with_and_without_keyword() {
    let server = small();
    let id = truth(&server, "utmstack")[7].clone();
    for field in ["id", "id.keyword"] {
        assert_eq!(sorted_ids(&found(&server, &filter(field, "IS", &json!(id)))), [id.as_str()]);
    }
}

#[test]
fn ranges_take_instants_and_date_math_and_include_both_ends() {
    let server = small();
    let all = found(&server, &filter("@timestamp", "IS_BETWEEN", &json!(["now-31d", "now"])));
    assert_eq!(all.len(), 300);
    let week = found(&server, &filter("@timestamp", "IS_BETWEEN", &json!(["now-7d/d", "now"])));
    assert!(!week.is_empty() && week.len() < 300);
    let at = all[10]["@timestamp"].as_str().unwrap();
    let instant = found(&server, &filter("@timestamp", "IS_BETWEEN", &json!([at, at])));
    assert!(sorted_ids(&instant).contains(&all[10]["id"].as_str().unwrap().to_owned()));
}

#[test]
fn further_operators_behave_as_the_server_does() {
    let server = small();
    let some =
        |field: &str, operator: &str, value: Value| found(&server, &filter(field, operator, &value)).len();
    assert_eq!(some("severity", "IS_ONE_OF", json!([1, 2, 3])), 300);
    assert_eq!(some("severity", "IS_BETWEEN", json!([2, 3])), some("severity", "IS_ONE_OF", json!([2, 3])));
    assert!(some("destination.host", "CONTAIN", json!("ws")) > 0);
    assert_eq!(some("name.keyword", "START_WITH", json!("port sweep")), 0, "keywords care for case");
    assert!(some("name.keyword", "START_WITH", json!("Port sweep")) > 0);
    assert!(some("name", "START_WITH", json!("swe")) > 0, "texts are compared word by word");
    assert_eq!(some("tags", "EXIST", json!("")) + some("tags", "DOES_NOT_EXIST", json!("")), 300);
    assert!(some("alert.*", "IS_IN_FIELDS", json!("203.0.113")) > 0);
    assert_eq!(some("source.hostname", "EXIST", json!("")), 0, "a name only the documentation knows");
}

#[test]
fn operators_of_the_documentation_are_unreadable_json() {
    let server = small();
    let token = login(&server);
    for operator in ["CONTAINS", "GREATER_EQUAL", "IS_IN"] {
        let answer = search(&server, &token, ALL, &filter("severity", operator, &json!(2)));
        assert_eq!(
            (answer.status, answer.json()["message"].as_str()),
            (400, Some("error.http.400")),
            "{operator}"
        );
    }
    assert_eq!(search(&server, &token, ALL, &filter("severity", "IS_ONE_OF", &json!(2))).status, 500);
    assert_eq!(search(&server, &token, ALL, &filter("status", "IS", &json!("open"))).status, 500);
}

#[test]
fn patterns_reach_other_indexes_and_a_missing_index_fails() {
    let server = small();
    let token = login(&server);
    let ask = |pattern: &str| search(&server, &token, &format!("indexPattern={pattern}&top=10"), &json!([]));
    assert_eq!(ask("log-*").body, "[]");
    assert_eq!(ask("alert-1999.01.01").status, 500);
    let newest = search(&server, &token, &format!("{ALL}&size=1&sort=@timestamp,desc"), &json!([]));
    let day = rows(&newest)[0]["@timestamp"].as_str().unwrap().get(..10).unwrap().replace('-', ".");
    assert!(total(&ask(&format!("alert-{day}"))) > 0);
}

#[test]
fn filters_may_be_left_out_but_not_sent_as_something_else() {
    let server = small();
    let bearer = format!("Bearer {}", login(&server));
    let url = format!("{}/api/elasticsearch/search?{ALL}", server.base_url());
    assert_eq!(total(&send("POST", &url, &[("authorization", &bearer)], Some(""))), 300);
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/plain")];
    assert_eq!(send("POST", &url, &headers, Some("[]")).status, 415);
}

#[test]
fn open_alerts_are_counted_without_false_positives() {
    let server = small();
    let bearer = format!("Bearer {}", login(&server));
    let url = format!("{}/api/utm-alerts/count-open-alerts", server.base_url());
    let count: usize = send("GET", &url, &[("authorization", &bearer)], None).body.parse().unwrap();
    let open = found(
        &server,
        &json!([
            { "field": "status", "operator": "IS", "value": 2 },
            { "field": "tags", "operator": "IS_NOT", "value": "False positive" },
        ]),
    );
    assert_eq!(count, open.len());
}
