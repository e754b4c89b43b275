use crate::live::Live;
use crate::utmstack_dialect::{ALL, server};
use triagekit::bulk::{BulkOptions, BulkProgress, BulkReport};
use triagekit::machine::drive;
use triagekit::page::Page;
use triagekit::utmstack::{Alert, AlertPage, AlertStatus, Client, Filter, SearchOptions, StatusChange};
use triagekit_demo::Personality;

/// Ids of alerts that are open and not tagged; in version 11 of parents only.
pub(crate) fn open_ids(live: &mut Live, client: &Client, count: u64) -> Vec<String> {
    let filters = vec![Filter::equals("status", 2), Filter::false_positive(false)];
    let options = SearchOptions { filters, limit: Some(count), ..SearchOptions::default() };
    let mut machine = client.alerts(&options, Live::now()).expect("a search");
    live.ids(&mut machine).expect("comes whole").0
}

pub(crate) fn read(live: &mut Live, client: &Client, id: &str) -> Alert {
    let mut machine = client.alert(id, Live::now()).expect("an id");
    let mut alerts = Vec::new();
    drive(&mut machine, live, |page: Page| alerts.extend(AlertPage::of(&page).alerts)).expect("there");
    alerts.pop().expect("one alert")
}

fn update(live: &mut Live, client: &Client, ids: &[String], change: &StatusChange) -> (BulkReport, usize) {
    let mut machine = client.update_status(ids, change, &BulkOptions::default()).expect("a change");
    let mut pages = 0;
    let report = drive(&mut machine, live, |_: BulkProgress| pages += 1).expect("ends");
    (report, pages)
}

#[test]
fn a_false_positive_has_the_same_outcome_on_every_version() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 300);
        let client = live.utmstack();
        let ids = open_ids(&mut live, &client, 25);
        assert_eq!(ids.len(), 25, "{dialect}");
        let change = StatusChange {
            status: AlertStatus::Completed,
            observation: "Проверено: \"ok\"".to_owned(),
            false_positive: true,
        };
        let (report, pages) = update(&mut live, &client, &ids, &change);
        assert_eq!((report.succeeded(), pages), (25, 3), "{dialect} {report:?}");
        for id in [&ids[0], &ids[24]] {
            let alert = read(&mut live, &client, id);
            assert_eq!(alert.status(), Some(AlertStatus::Completed), "{dialect}");
            assert_eq!(alert.observation(), Some("Проверено: \"ok\""), "{dialect}");
            assert!(alert.is_false_positive(), "{dialect}");
        }
    }
}

#[test]
fn an_id_that_does_not_exist_is_named_and_spoils_nothing() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 100);
        let client = live.utmstack();
        let mut ids = open_ids(&mut live, &client, 3);
        ids.insert(1, "00000000-0000-4000-8000-000000000000".to_owned());
        let change =
            StatusChange { status: AlertStatus::InReview, observation: String::new(), false_positive: false };
        let (report, _) = update(&mut live, &client, &ids, &change);
        assert_eq!(report.ids_to_retry(), [ids[1].as_str()], "{dialect} {report:?}");
        assert_eq!(read(&mut live, &client, &ids[3]).status(), Some(AlertStatus::InReview), "{dialect}");
    }
}

#[test]
fn a_line_break_is_refused_before_it_is_sent() {
    let live = server(Personality::V11, 10);
    let client = live.utmstack().with_dialect(triagekit::utmstack::Dialect::V11);
    let change = StatusChange {
        status: AlertStatus::Completed,
        observation: "one\ntwo".to_owned(),
        false_positive: false,
    };
    let error =
        client.update_status(&["a".to_owned()], &change, &BulkOptions::default()).expect_err("refused");
    assert_eq!(error.code(), "unsupported");
}

#[test]
fn faults_on_the_way_are_repeated_since_a_second_time_changes_nothing() {
    let mut live = server(Personality::V10, 100);
    let client = live.utmstack();
    let ids = open_ids(&mut live, &client, 2);
    live.faults(r#"[{"status":500},{"close":"before"},{"status":429,"retryAfter":"1"}]"#);
    let change = StatusChange {
        status: AlertStatus::Completed,
        observation: "Done".to_owned(),
        false_positive: false,
    };
    let (report, _) = update(&mut live, &client, &ids, &change);
    assert_eq!(report.succeeded(), 2, "{report:?}");
    assert_eq!(live.waits.len(), 3);
}
