//! SQL jobs of Uptycs from the first request to the last row.

use serde_json::{Value, json};
use triagekit_demo::Server;

use crate::asking::{small, uptycs};

fn start(server: &Server, query: &str) -> Value {
    let answer = uptycs(server, "POST", "/queryJobs", Some(&json!({ "query": query, "type": "global" })));
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.json()
}

fn poll(server: &Server, job: &Value) -> Value {
    uptycs(server, "GET", &format!("/queryJobs/{}", job["id"].as_str().unwrap()), None).json()
}

fn finished(server: &Server, query: &str) -> Value {
    let mut job = start(server, query);
    while matches!(job["status"].as_str(), Some("QUEUED" | "RUNNING")) {
        job = poll(server, &job);
    }
    job
}

fn results(server: &Server, job: &Value, query: &str) -> Value {
    uptycs(server, "GET", &format!("/queryJobs/{}/results{query}", job["id"].as_str().unwrap()), None).json()
}

#[test]
fn a_job_is_queued_runs_and_finishes_as_it_is_polled() {
    let server = small();
    let job = start(&server, "SELECT id, live FROM upt_assets ORDER BY id;");
    assert_eq!(job["status"], "QUEUED");
    assert_eq!(poll(&server, &job)["status"], "RUNNING");
    let done = poll(&server, &job);
    assert_eq!((done["status"].as_str(), done["rowCount"].as_u64()), (Some("FINISHED"), Some(240)));
    assert_eq!(
        done["columns"][1],
        json!({ "name": "live", "type": "BOOLEAN", "originalName": "live", "link": null })
    );
}

#[test]
fn results_have_thirteen_keys_and_come_in_pages() {
    let server = small();
    let job = finished(&server, "SELECT id, severity, count(*) OVER () FROM upt_alerts ORDER BY id");
    let page = results(&server, &job, "?limit=100&offset=200");
    assert_eq!(page.as_object().unwrap().len(), 13);
    assert_eq!(page["items"].as_array().unwrap().len(), 100);
    let row = &page["items"][0];
    assert_eq!((row["rowNumber"].as_u64(), row["rowData"]["_col2"].as_u64()), (Some(201), Some(300)));
    assert!(
        row["rowDataHash"].is_string() && row["customerId"].is_string() && row["queryJobId"] == job["id"]
    );
    assert!(results(&server, &job, "?offset=300")["items"].as_array().unwrap().is_empty());
    assert_eq!(results(&server, &job, "")["limit"], 50_000);
}

#[test]
fn sql_sees_the_same_alerts_as_the_lists() {
    let server = small();
    let job = finished(
        &server,
        "SELECT a.id, a.alert_time, a.metadata, h.host_name FROM upt_alerts a
        JOIN upt_assets h ON h.id = a.upt_asset_id ORDER BY a.alert_time DESC, a.id LIMIT 5",
    );
    let row = results(&server, &job, "")["items"][0]["rowData"].clone();
    let alert = uptycs(&server, "GET", &format!("/alerts/{}", row["id"].as_str().unwrap()), None).json();
    assert_eq!(row["host_name"], alert["asset"]["hostName"]);
    assert_eq!(serde_json::from_str::<Value>(row["metadata"].as_str().unwrap()).unwrap(), alert["metadata"]);
    let at = alert["alertTime"].as_str().unwrap().replace('T', " ");
    assert_eq!(row["alert_time"].as_str(), at.strip_suffix('Z'));
}

#[test]
fn a_mistake_in_the_sql_is_a_job_that_ends_in_error() {
    let server = small();
    for query in ["SELECT nothing FROM upt_alerts", "DELETE FROM upt_alerts", "SELECT * FROM alert"] {
        let job = finished(&server, query);
        assert_eq!(job["status"], "ERROR", "{query}");
        assert!(
            job["error"]["message"]["brief"].is_string() && job["error"]["message"]["detail"].is_string()
        );
    }
    let without = uptycs(&server, "POST", "/queryJobs", Some(&json!({ "type": "global" })));
    assert_eq!(without.status, 400);
}

#[test]
fn a_job_can_be_cancelled_and_deleted() {
    let server = small();
    let job = start(
        &server,
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    );
    let path = format!("/queryJobs/{}", job["id"].as_str().unwrap());
    let cancelled = uptycs(&server, "PUT", &path, Some(&json!({ "status": "CANCELLED" }))).json();
    assert_eq!(cancelled["status"], "CANCELLED");
    assert_eq!(poll(&server, &job)["status"], "CANCELLED");
    assert_eq!(uptycs(&server, "GET", "/queryJobs", None).json()["items"].as_array().unwrap().len(), 1);
    assert_eq!(uptycs(&server, "DELETE", &path, None).status, 200);
    assert_eq!(uptycs(&server, "GET", &path, None).status, 404);
}
