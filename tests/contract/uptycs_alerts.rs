use crate::live::Live;
use std::collections::BTreeSet;
use triagekit::finding::{Severity, Status, from_uptycs};
use triagekit::machine::drive;
use triagekit::page::Page;
use triagekit::uptycs::ListOptions;
use triagekit_demo::Config;

#[test]
fn twenty_five_thousand_alerts_come_whole_by_pages_of_1_000_and_of_10_000() {
    let mut live = Live::start(Config { uptycs_alerts: 25_000, utmstack_alerts: 0, ..Config::default() });
    let existing = live.existing("uptycs");
    assert_eq!(existing.len(), 25_000);
    for page_size in [1_000, 10_000] {
        let options = ListOptions { page_size, ..ListOptions::default() };
        let mut machine = live.uptycs().list("alerts", &options).expect("a list");
        let (ids, report) = live.ids(&mut machine).expect("comes whole");
        assert_eq!(ids.len(), 25_000, "none twice");
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), existing);
        assert_eq!((report.rows, report.duplicates), (25_000, 0));
    }
}

#[test]
fn a_server_that_caps_its_pages_lower_than_asked_for_still_gives_all() {
    let config = Config { uptycs_alerts: 2_500, utmstack_alerts: 0, page_cap: 700, ..Config::default() };
    let mut live = Live::start(config);
    let mut machine = live.uptycs().list("alerts", &ListOptions::default()).expect("a list");
    let (ids, _) = live.ids(&mut machine).expect("comes whole");
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), live.existing("uptycs"));
}

#[test]
fn newest_first_is_newest_first() {
    let mut live = Live::start(Config { uptycs_alerts: 500, utmstack_alerts: 0, ..Config::default() });
    let options = ListOptions {
        sort: Some("createdAt:desc".to_owned()),
        limit: Some(300),
        page_size: 100,
        ..ListOptions::default()
    };
    let mut machine = live.uptycs().list("alerts", &options).expect("a list");
    let mut findings = Vec::new();
    drive(&mut machine, &mut live, |page: Page| {
        findings.extend(page.rows.iter().map(|row| from_uptycs(page.row(row)).expect("an alert")));
    })
    .expect("comes whole");
    assert_eq!(findings.len(), 300);
    assert!(findings.is_sorted_by(|a, b| a.time >= b.time));
    for finding in &findings {
        assert!(finding.time.is_some() && finding.host.is_some() && !finding.title.is_empty(), "{finding:?}");
        assert_ne!((finding.severity, finding.status), (Severity::Unknown, Status::Unknown), "{finding:?}");
    }
}

#[test]
fn one_alert_is_read_by_its_id_and_a_missing_one_is_named() {
    let mut live = Live::start(Config { uptycs_alerts: 3, utmstack_alerts: 0, ..Config::default() });
    let id = live.existing("uptycs").into_iter().next().expect("three alerts");
    let mut machine = live.uptycs().get("alerts", &id).expect("an id");
    let body = drive(&mut machine, &mut live, |page| match page {}).expect("there");
    assert_eq!(from_uptycs(&body).expect("an alert").uid, id);

    let mut machine = live.uptycs().get("alerts", "00000000-0000-0000-0000-000000000000").expect("an id");
    let error = drive(&mut machine, &mut live, |page| match page {}).expect_err("absent");
    assert_eq!((error.code(), error.status()), ("not_found", Some(404)));
}

#[test]
fn faults_on_the_way_cost_repetitions_and_no_rows() {
    let mut live = Live::start(Config { uptycs_alerts: 2_000, utmstack_alerts: 0, ..Config::default() });
    live.faults(r#"[{"status":429,"retryAfter":"1"},{"status":500},{"html":true},{"close":"before"}]"#);
    let options = ListOptions { page_size: 1_000, ..ListOptions::default() };
    let mut machine = live.uptycs().list("alerts", &options).expect("a list");
    let (ids, _) = live.ids(&mut machine).expect("comes whole");
    assert_eq!(ids.len(), 2_000);
    assert_eq!(live.waits.len(), 4, "{:?}", live.waits);
    assert!(live.waits.first().is_some_and(|wait| wait.as_secs() == 1), "{:?}", live.waits);

    live.faults(r#"[{"truncate":true},{"close":"middle"}]"#);
    let mut machine = live.uptycs().list("alerts", &options).expect("a list");
    assert_eq!(live.ids(&mut machine).expect("comes whole").0.len(), 2_000);
}

#[test]
fn a_wrong_secret_is_said_without_showing_it() {
    let mut live = Live::start(Config { uptycs_alerts: 3, utmstack_alerts: 0, ..Config::default() });
    let mut key: serde_json::Value = serde_json::from_str(&live.key_file()).expect("JSON");
    key["secret"] = "CANARYCANARYCANARY".into();
    let key = triagekit::uptycs::KeyFile::parse(&key.to_string()).expect("a key file");
    let client = triagekit::uptycs::Client::new(key, triagekit::retry::RetryPolicy::default());
    let mut machine = client.list("alerts", &ListOptions::default()).expect("a list");
    let error = live.ids(&mut machine).expect_err("refused");
    assert_eq!((error.code(), error.status()), ("unauthorized", Some(401)));
    let message = format!("{error} {error:?} {machine:?} {client:?}");
    assert!(message.contains("Check that the key file belongs to 127.0.0.1"), "{message}");
    assert!(!message.contains("CANARY"), "{message}");
}

#[test]
fn a_stopped_server_is_named_with_its_address() {
    let mut live = Live::start(Config { uptycs_alerts: 3, utmstack_alerts: 0, ..Config::default() });
    let key = live.key_file().replace(live.base_url(), "http://127.0.0.1:1");
    let key = triagekit::uptycs::KeyFile::parse(&key).expect("a key file");
    let client = triagekit::uptycs::Client::new(key, triagekit::retry::RetryPolicy::default());
    let mut machine = client.list("alerts", &ListOptions::default()).expect("a list");
    let error = live.ids(&mut machine).expect_err("nobody there");
    assert_eq!(error.code(), "unreachable");
    assert!(error.to_string().contains("127.0.0.1:1"), "{error}");
    assert_eq!(live.waits.len(), 4, "it was tried again first");
}
