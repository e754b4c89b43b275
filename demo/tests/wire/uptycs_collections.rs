//! What Uptycs lists, makes, changes and deletes beside alerts and assets.

use std::fmt::Write as _;

use serde_json::{Value, json};
use triagekit_demo::Server;

use crate::asking::{Answer, customer, encoded, send, small, token_with, uptycs};

/// The names that the vendor's article prints, but for the one with a typo.
const LISTED: &[&str] = &[
    "alertRuleCategories",
    "alertrules",
    "alerts",
    "alertsReporting",
    "assetGroupRules",
    "assets",
    "atcQueries",
    "auditConfigurations",
    "auditgroups",
    "blockrules",
    "carves",
    "cloudAccounts",
    "cloudKinesisStreams",
    "cloudPubSub",
    "cloudResourceTags",
    "cloudResources",
    "cloudServices",
    "cloudTrailBuckets",
    "complianceFailures",
    "complianceProfiles",
    "customProfiles",
    "destinations",
    "detectionDestinationPolicy",
    "detections",
    "diskScans",
    "eventExcludeProfiles",
    "eventRuleTables",
    "eventrules",
    "exceptions",
    "filePathGroups",
    "flagConfig",
    "flagprofiles",
    "fleet",
    "graphJobs",
    "imageLoadExclusions",
    "lookupTables",
    "malwareAccounts",
    "notifications",
    "objectGroups",
    "osqueryPackages",
    "permissions",
    "permissionsGroups",
    "pivotQueryJobs",
    "pivots",
    "queryJobs",
    "querypacks",
    "redactions",
    "registryPaths",
    "reportRuns",
    "reports",
    "roles",
    "scans",
    "scheduledGroups",
    "secretScans",
    "secrets",
    "signatures",
    "slackUsers",
    "tagrules",
    "tags",
    "threatBooks",
    "threatIndicators",
    "threatVendors",
    "threatSources",
    "users",
    "validAwsJobs",
    "validGcpJobs",
    "windowsDefenderPreferences",
    "yaraGroupRules",
    "zerotrustProfiles",
    "queries",
    "tagConfigurations",
    "customDashboards",
];

fn items(server: &Server, path: &str) -> Vec<Value> {
    let answer = uptycs(server, "GET", path, None);
    assert_eq!(answer.status, 200, "{path}: {answer:?}");
    answer.json()["items"].as_array().unwrap().clone()
}

fn upload(server: &Server, method: &str, path: &str, parts: &[(&str, Option<&str>, &str)]) -> Answer {
    let mut body = String::new();
    for (name, file, text) in parts {
        let file = file.map_or_else(String::new, |file| format!("; filename=\"{file}\""));
        write!(body, "--limit\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
            .unwrap();
    }
    body.push_str("--limit--\r\n");
    let bearer = format!("Bearer {}", token_with(server, &json!({ "exp": 4_000_000_000_u64 })));
    let headers =
        [("authorization", bearer.as_str()), ("content-type", "multipart/form-data; boundary=limit")];
    send(method, &format!("{}{path}", customer(server)), &headers, Some(&body))
}

#[test]
fn every_name_of_the_article_can_be_listed_as_printed() {
    let server = small();
    for name in LISTED {
        let answer = uptycs(&server, "GET", &format!("/{name}?limit=2&hideSensors=true"), None);
        assert_eq!(answer.status, 200, "{name}: {}", answer.body);
        let envelope = answer.json();
        assert_eq!(envelope.as_object().unwrap().len(), 4, "{name}");
        assert!(envelope["items"].as_array().unwrap().len() <= 2, "{name}");
        assert_eq!((envelope["limit"].as_u64(), envelope["offset"].as_u64()), (Some(2), Some(0)), "{name}");
        assert_eq!(envelope["links"][0]["rel"], "self", "{name}");
    }
    assert_eq!(uptycs(&server, "GET", "/thretSources", None).status, 404);
}

#[test]
fn every_endpoint_of_the_table_is_there() {
    let server = small();
    for line in triagekit_demo::uptycs_endpoints().lines().skip(2) {
        let mut cells = line.split('|').map(str::trim).skip(1);
        let (method, path) = (cells.next().unwrap(), cells.next().unwrap().trim_matches('`'));
        if path.starts_with("/public") {
            continue;
        }
        let path = path.replace("{osFlavor}", "debian").replace(['{', '}'], "");
        let body = (method != "GET").then(|| json!({}));
        let answer = uptycs(&server, method, &path, body.as_ref());
        let detail = format!("there is no {method} ");
        assert!(!answer.body.contains(&detail), "{method} {path}: {}", answer.body);
        assert!(answer.status < 500, "{method} {path}: {}", answer.body);
    }
}

#[test]
fn a_thing_is_made_got_changed_and_deleted_with_200_each_time() {
    let server = small();
    for (path, body, change) in [
        ("/tags", json!({ "key": "k", "value": "v" }), json!({ "value": "w" })),
        ("/alertRules", json!({ "name": "mine", "enabled": true }), json!({ "enabled": false })),
        (
            "/roles",
            json!({ "name": "mine", "permissions": ["ASSET:READ"], "hidden": false }),
            json!({ "description": "x" }),
        ),
        (
            "/users",
            json!({ "name": "Mine", "email": "m@demo.example", "roles": [] }),
            json!({ "active": "false" }),
        ),
        ("/lookupTables", json!({ "name": "mine", "idField": "host" }), json!({ "active": "false" })),
        ("/exceptions", json!({ "name": "mine", "rule": { "and": [] } }), json!({ "disabled": true })),
        ("/queries", json!({ "name": "mine", "query": "SELECT 1" }), json!({ "description": "x" })),
    ] {
        let made = uptycs(&server, "POST", path, Some(&body));
        assert_eq!(made.status, 200, "{path}: {}", made.body);
        let made = made.json();
        let one = format!("{path}/{}", made["id"].as_str().unwrap());
        assert_eq!(uptycs(&server, "GET", &one, None).json(), made, "{path}");
        let changed = uptycs(&server, "PUT", &one, Some(&change));
        assert_eq!(changed.status, 200, "{path}: {}", changed.body);
        let name = change.as_object().unwrap().keys().next().unwrap();
        assert_ne!(changed.json()[name], made[name], "{path}");
        assert_eq!(uptycs(&server, "DELETE", &one, None).status, 200, "{path}");
        assert_eq!(uptycs(&server, "GET", &one, None).status, 404, "{path}");
        assert_eq!(uptycs(&server, "PUT", &one, Some(&change)).status, 404, "{path}");
    }
}

#[test]
fn what_was_got_is_refused_when_it_is_sent_back_whole() {
    let server = small();
    let rule = items(&server, "/alertRules?limit=1").remove(0);
    let one = format!("/alertRules/{}", rule["id"].as_str().unwrap());
    let answer = uptycs(&server, "PUT", &one, Some(&rule));
    assert_eq!(answer.status, 400);
    assert!(answer.json()["error"]["message"]["detail"].as_str().unwrap().ends_with("is not allowed"));
    assert_eq!(uptycs(&server, "PUT", &one, Some(&json!({ "enabled": "often" }))).status, 400);
    assert_eq!(uptycs(&server, "POST", "/alertRules", Some(&json!({ "enabled": true }))).status, 400);
    let double = json!({ "name": "twice", "query": "SELECT 1" });
    assert_eq!(uptycs(&server, "POST", "/queries", Some(&double)).status, 200);
    let answer = uptycs(&server, "POST", "/queries", Some(&double));
    assert_eq!((answer.status, answer.json()["status"].as_u64()), (500, Some(500)));
}

#[test]
fn filters_sorts_and_plain_parameters_work_on_every_model() {
    let server = small();
    let named = items(&server, "/queries?name=Listening%20ports");
    assert_eq!((named.len(), named[0]["name"].as_str()), (1, Some("Listening ports")));
    assert_eq!(items(&server, "/tags?key=site&value=fra").len(), 1);
    let rules = items(
        &server,
        &format!(
            "/alertRules?sort=name:desc&limit=5&filters={}",
            encoded(&json!({ "enabled": { "equals": "true" }, "custom": { "equals": false } }))
        ),
    );
    assert_eq!(rules.len(), 5);
    assert!(rules.is_sorted_by_key(|rule| std::cmp::Reverse(rule["name"].as_str().unwrap().to_owned())));
    assert!(rules[0]["alertTags"][0].as_str().unwrap().starts_with('T'));
    let wrong = format!("/roles?filters={}", encoded(&json!({ "color": { "equals": 1 } })));
    assert_eq!(uptycs(&server, "GET", &wrong, None).status, 400);
}

#[test]
fn a_lookup_table_takes_rows_and_sql_sees_them() {
    let server = small();
    let table =
        uptycs(&server, "POST", "/lookupTables", Some(&json!({ "name": "t", "idField": "host" }))).json();
    let one = format!("/lookupTables/{}", table["id"].as_str().unwrap());
    let rows = json!([{ "host": "a", "n": 1 }, { "host": "b", "n": 2 }]);
    assert_eq!(uptycs(&server, "POST", &format!("{one}/data"), Some(&rows)).json()["rowCount"], 2);
    assert_eq!(
        upload(&server, "POST", &format!("{one}/csvdata"), &[("file", Some("x.csv"), "host,n\nb,3\nc,4\n")])
            .status,
        200
    );
    let data = uptycs(&server, "GET", &format!("{one}/data"), None).json();
    assert_eq!(data.as_array().unwrap().len(), 3, "a bare array: {data}");
    assert_eq!((data[1]["idFieldValue"].as_str(), data[1]["data"]["n"].as_str()), (Some("b"), Some("3")));
    let row = format!("{one}/data/{}", data[0]["id"].as_str().unwrap());
    assert_eq!(uptycs(&server, "DELETE", &row, None).status, 200);
    let sql = table["fetchRowsquery"].as_str().unwrap();
    let seen = uptycs(&server, "POST", "/query", Some(&json!({ "query": sql }))).json();
    assert_eq!(seen["items"].as_array().unwrap().len(), 2);
    assert_eq!(uptycs(&server, "POST", &format!("{one}/data"), Some(&json!([{ "n": 1 }]))).status, 400);
}

#[test]
fn a_threat_source_is_a_csv_file_and_gives_indicators() {
    let server = small();
    let parts = [
        ("name", None, "Mine"),
        ("description", None, "d"),
        ("file", Some("i.csv"), "indicator,note\n203.0.113.77,bad\nevil.example.org,worse\n"),
    ];
    let source = upload(&server, "POST", "/threatSources", &parts);
    assert_eq!(source.status, 200, "{}", source.body);
    let source = source.json();
    let one = format!("/threatSources/{}", source["id"].as_str().unwrap());
    assert_eq!(uptycs(&server, "GET", &one, None).json()["name"], "Mine");
    let filters = encoded(&json!({ "indicator": { "like": "%.example.org" } }));
    let found = items(&server, &format!("/threatIndicators?filters={filters}"));
    assert_eq!(found[0]["indicatorType"], "Domain");
    let indicator =
        uptycs(&server, "GET", &format!("/threatIndicators/{}", found[0]["id"].as_str().unwrap()), None)
            .json();
    assert_eq!(indicator["threat"]["threatSource"]["name"], "Mine");
    assert_eq!(uptycs(&server, "POST", "/threatSources", Some(&json!({ "name": "no file" }))).status, 400);
}

#[test]
fn files_come_as_a_link_or_as_an_attachment() {
    let server = small();
    let carve = items(&server, "/carves?limit=1").remove(0);
    let link =
        uptycs(&server, "GET", &format!("/carves/{}/link", carve["id"].as_str().unwrap()), None).json();
    assert!(link["url"].as_str().unwrap().contains("x-amz-server-side-encryption-customer-key-MD5="));
    let package = uptycs(&server, "GET", "/packageDownloads/osquery/debian/group?osqVersion=5.3.0.11", None);
    assert_eq!(
        package.header("content-disposition"),
        Some("attachment; filename=\"assets-osquery-5.3.0.11-Uptycs.deb\"")
    );
    let bearer = format!("Bearer {}", token_with(&server, &json!({ "exp": 4_000_000_000_u64 })));
    let unscoped = format!("{}/public/api/osqueryPackages", server.base_url());
    let packages = send("GET", &unscoped, &[("authorization", bearer.as_str())], None);
    assert_eq!(packages.json()["items"], uptycs(&server, "GET", "/osqueryPackages", None).json()["items"]);
}

#[test]
fn a_run_of_a_threat_book_has_sections_that_end() {
    let server = small();
    let book = items(&server, "/threatBooks").remove(0);
    let runs = format!("/threatBooks/{}/runs", book["id"].as_str().unwrap());
    let body = json!({ "windowStartTime": "2026-01-01T00:00:00Z", "windowEndTime": "2026-01-02T00:00:00Z" });
    let run = uptycs(&server, "POST", &runs, Some(&body)).json();
    let state = uptycs(&server, "GET", &format!("{runs}/{}", run["id"].as_str().unwrap()), None).json();
    assert!(state["sectionRuns"].as_array().unwrap().iter().all(|section| section["status"] == "FINISHED"));
}
