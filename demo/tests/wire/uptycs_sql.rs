//! SQL of Uptycs beyond the life of a job: realms, idioms, and what agrees with the lists.

use serde_json::{Value, json};
use triagekit_demo::Server;

use crate::asking::{small, uptycs};

fn query(server: &Server, sql: &str) -> Vec<Value> {
    let answer = uptycs(server, "POST", "/query", Some(&json!({ "query": sql })));
    assert_eq!(answer.status, 200, "{sql}: {answer:?}");
    answer.json()["items"].as_array().unwrap().clone()
}

fn job(server: &Server, body: &Value) -> (Value, Vec<Value>) {
    let mut job = uptycs(server, "POST", "/queryJobs", Some(body)).json();
    let path = format!("/queryJobs/{}", job["id"].as_str().unwrap());
    while matches!(job["status"].as_str(), Some("QUEUED" | "RUNNING")) {
        job = uptycs(server, "GET", &path, None).json();
    }
    let results = uptycs(server, "GET", &format!("{path}/results"), None).json();
    (job, results["items"].as_array().unwrap().clone())
}

#[test]
fn rows_of_a_query_are_flat_and_agree_with_the_lists() {
    let server = small();
    assert_eq!(query(&server, "SELECT count(*) FROM upt_alerts;"), [json!({ "_col0": 300 })]);
    let count = uptycs(&server, "GET", "/assets/count", None).json()["count"].clone();
    assert_eq!(query(&server, "SELECT count(*) AS n FROM upt_assets"), [json!({ "n": count })]);
    let rules = query(&server, "SELECT count(DISTINCT code) AS n FROM upt_events WHERE upt_day >= 20200101");
    assert!(rules[0]["n"].as_u64().unwrap() > 10);
    let names = query(&server, "SELECT name FROM upt_asset_groups ORDER BY name");
    assert_eq!(names, [json!({ "name": "assets" }), json!({ "name": "enrolling" })]);
}

#[test]
fn a_query_that_is_wrong_says_what_is() {
    let server = small();
    for sql in [
        "DELETE FROM upt_alerts",
        "SELECT nothing FROM upt_alerts",
        "SELECT body FROM alert_body",
        "SELECT 1 +",
    ] {
        let answer = uptycs(&server, "POST", "/query", Some(&json!({ "query": sql })));
        assert_eq!(answer.status, 400, "{sql}");
        assert!(answer.json()["error"]["message"]["detail"].as_str().is_some_and(|detail| detail.len() > 10));
    }
}

#[test]
fn the_lake_holds_what_the_hosts_did() {
    let server = small();
    for table in
        ["processes", "listening_ports", "interface_addresses", "compliance", "process_events", "system_info"]
    {
        let rows = query(
            &server,
            &format!("SELECT count(*) AS n FROM {table} t JOIN upt_assets a ON a.id = t.upt_asset_id"),
        );
        assert!(rows[0]["n"].as_u64().unwrap() > 0, "{table}");
    }
    let sockets = query(
        &server,
        "SELECT remote_address FROM socket_events WHERE upt_day >=
            CAST(date_format(current_date - interval '31' day, '%Y%m%d') AS INTEGER) LIMIT 1",
    );
    assert_eq!(sockets.len(), 1);
}

#[test]
fn days_bound_what_is_counted() {
    let server = small();
    let since = |days: u32| {
        let sql = format!(
            "SELECT count(*) AS n FROM (SELECT * FROM upt_alerts WHERE alert_time >= now() - interval '{days}' day) upt_alerts"
        );
        query(&server, &sql)[0]["n"].as_u64().unwrap()
    };
    assert!(since(1) < since(7) && since(7) < since(60) && since(60) == 300);
}

#[test]
fn realtime_rows_say_which_asset_answered() {
    let server = small();
    let body = json!({ "query": "SELECT name, pid FROM processes WHERE name LIKE 'S%D' LIMIT 2", "type": "realtime",
        "filters": { "live": "true" } });
    let (job, rows) = job(&server, &body);
    assert_eq!(job["status"], "FINISHED", "{job}");
    let counts = &job["queryJobAssetCounts"];
    let left: u64 = ["total", "queued", "running", "error", "cancelled"]
        .iter()
        .map(|name| counts[name].as_u64().unwrap())
        .sum();
    assert_eq!(left, 0);
    let live =
        uptycs(&server, "GET", "/assets/count?filters=%7B%22live%22%3A%7B%22equals%22%3Atrue%7D%7D", None);
    assert_eq!(counts["finished"], live.json()["count"]);
    assert!(
        !rows.is_empty()
            && rows.iter().all(|row| row["asset"]["hostName"].is_string() && row["asset"]["id"].is_string())
    );
    assert!(rows[0]["rowData"].get("upt_hostname").is_none(), "an agent knows no columns of the lake");
}

#[test]
fn a_live_query_asks_the_assets_of_its_filters() {
    let server = small();
    let body = json!({ "type": "realtime", "query": "SELECT hostname FROM system_info",
        "filtering": { "filters": { "os": { "equals": "Ubuntu" }, "host_name": { "like": "%-%" } } } });
    let answer = uptycs(&server, "POST", "/assets/query", Some(&body));
    assert_eq!(answer.status, 200, "{answer:?}");
    let rows = answer.json()["items"].as_array().unwrap().clone();
    assert!(!rows.is_empty());
    let ubuntu = query(&server, "SELECT host_name FROM upt_assets WHERE os = 'Ubuntu' AND live");
    for row in rows {
        assert!(ubuntu.iter().any(|asset| asset["host_name"] == row["hostname"]), "{row}");
    }
}

#[test]
fn a_timemachine_job_sees_its_span_only() {
    let server = small();
    let count = |filters: Value| {
        let body = json!({ "query": "SELECT count(*) AS n FROM process_events", "type": "timemachine", "filters": filters });
        let (job, rows) = job(&server, &body);
        assert_eq!(job["status"], "FINISHED", "{job}");
        rows[0]["rowData"]["n"].as_u64().unwrap()
    };
    let all = count(json!({ "from": "2020-01-01T00:00:00.000000Z", "to": "2100-01-01T00:00:00.000000Z" }));
    assert!(count(json!({})) < all, "the last day is less than all");
    assert_eq!(count(json!({ "from": "2019-01-01T00:00:00Z", "to": "2020-01-01T00:00:00Z" })), 0);
}

#[test]
fn values_of_parameters_count_where_they_stand_and_nowhere_else() {
    let server = small();
    let values = json!({ "from": "2100-01-01T00:00:00.000Z", "to": "2101-01-01T00:00:00.000Z" });
    let count = |query: &str| {
        let (job, rows) =
            job(&server, &json!({ "query": query, "type": "global", "parameterValues": values }));
        assert_eq!(job["status"], "FINISHED", "{job}");
        rows[0]["rowData"]["n"].as_u64().unwrap()
    };
    assert_eq!(count("SELECT count(*) AS n FROM upt_alerts"), 300);
    assert_eq!(
        count("SELECT count(*) AS n FROM upt_alerts WHERE alert_time > :from AND alert_time < :to"),
        0
    );
}

#[test]
fn the_audit_log_is_a_database_of_its_own() {
    let server = small();
    let sql = json!({ "query": "SELECT count(*) AS n FROM api_audit_logs" });
    assert!(uptycs(&server, "POST", "/auditQuery", Some(&sql)).json()["items"][0]["n"].as_u64().unwrap() > 0);
    assert_eq!(uptycs(&server, "POST", "/query", Some(&sql)).status, 400);
}

#[test]
fn the_schema_lists_tables_and_not_items() {
    let server = small();
    for path in ["/schema", "/schema/global", "/schema/realtime", "/SCHEMA/timemachine"] {
        let schema = uptycs(&server, "GET", path, None).json();
        let processes =
            schema["tables"].as_array().unwrap().iter().find(|table| table["name"] == "processes").unwrap();
        assert!(processes["columns"][0]["name"].is_string() && processes["columns"][0]["type"].is_string());
    }
    assert_eq!(uptycs(&server, "GET", "/schema/other", None).status, 404);
}
