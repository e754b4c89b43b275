use crate::live::Live;
use std::collections::BTreeSet;
use triagekit::Error;
use triagekit::finding::from_utmstack;
use triagekit::machine::drive;
use triagekit::page::Page;
use triagekit::utmstack::{Filter, SearchOptions, TimeRange};
use triagekit_demo::Config;

#[test]
fn nine_thousand_alerts_come_whole() {
    let mut live = Live::start(Config { uptycs_alerts: 0, utmstack_alerts: 9_000, ..Config::default() });
    let existing = live.existing("utmstack");
    assert_eq!(existing.len(), 9_000);
    for page_size in [700, 2_000] {
        let options = SearchOptions { page_size, ..SearchOptions::default() };
        let mut machine = live.utmstack().alerts(&options, Live::now()).expect("a search");
        let (ids, report) = live.ids(&mut machine).expect("comes whole");
        assert_eq!(ids.len(), 9_000, "none twice");
        assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), existing);
        assert_eq!((report.rows, report.duplicates), (9_000, 0));
    }
}

#[test]
fn more_than_a_search_reaches_is_said_after_what_it_reaches() {
    let mut live = Live::start(Config { uptycs_alerts: 0, utmstack_alerts: 10_500, ..Config::default() });
    let mut machine = live.utmstack().alerts(&SearchOptions::default(), Live::now()).expect("a search");
    let mut rows = 0;
    let error = drive(&mut machine, &mut live, |page: Page| rows += page.rows.len()).expect_err("beyond");
    assert_eq!(rows, 10_000);
    assert!(matches!(error, Error::ResultWindow { reach: 10_000, .. }), "{error}");
}

#[test]
fn the_last_days_are_those_days_newest_first() {
    let mut live = Live::start(Config { uptycs_alerts: 0, utmstack_alerts: 3_000, ..Config::default() });
    let now = Live::now();
    let range = TimeRange::parse(Some("7d"), None, now).expect("a range");
    let options = SearchOptions { range, page_size: 100, ..SearchOptions::default() };
    let mut machine = live.utmstack().alerts(&options, now).expect("a search");
    let mut findings = Vec::new();
    drive(&mut machine, &mut live, |page: Page| {
        findings.extend(page.rows.iter().map(|row| from_utmstack(page.row(row)).expect("an alert")));
    })
    .expect("comes whole");
    assert!(!findings.is_empty() && findings.len() < 3_000, "{}", findings.len());
    assert!(findings.is_sorted_by(|a, b| a.time >= b.time));
    assert!(findings.iter().all(|finding| finding.time >= range.since));
    assert!(findings.iter().all(|finding| finding.host.is_some() && !finding.title.is_empty()));
}

#[test]
fn one_alert_is_read_by_its_id() {
    let mut live = Live::start(Config { uptycs_alerts: 0, utmstack_alerts: 30, ..Config::default() });
    let id = live.existing("utmstack").into_iter().next().expect("thirty alerts");
    let mut machine = live.utmstack().alert(&id, Live::now()).expect("an id");
    assert_eq!(live.ids(&mut machine).expect("there").0, [id]);
}

#[test]
fn nothing_found_is_an_end_and_no_error() {
    let mut live = Live::start(Config { uptycs_alerts: 0, utmstack_alerts: 30, ..Config::default() });
    let filters = vec![Filter::equals("name", "no such name")];
    let options = SearchOptions { filters, ..SearchOptions::default() };
    let mut machine = live.utmstack().alerts(&options, Live::now()).expect("a search");
    assert_eq!(live.ids(&mut machine).expect("ends").0.len(), 0);
}
