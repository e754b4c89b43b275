use crate::live::Live;
use triagekit::machine::drive;
use triagekit::uptycs::{AlertChange, AlertStatus, Consent, Filter, ListOptions, Outcome};
use triagekit_demo::Config;

fn alerts() -> (Live, Vec<String>) {
    let live = Live::start(Config { uptycs_alerts: 30, utmstack_alerts: 0, ..Config::default() });
    let ids = live.existing("uptycs").into_iter().take(3).collect();
    (live, ids)
}

fn detections(live: &mut Live) -> Vec<String> {
    let mut machine = live.uptycs().list("detections", &ListOptions::default()).expect("a list");
    live.ids(&mut machine).expect("detections").0
}

#[test]
fn a_status_is_written_and_shown_by_the_answer() {
    let (mut live, ids) = alerts();
    for status in AlertStatus::ALL {
        let change = AlertChange::status(status);
        let mut machine =
            live.uptycs().update_alert(&ids[0], &change, Consent::AttestedOnly).expect("a change");
        let report = drive(&mut machine, &mut live, |page| match page {}).expect("written");
        assert_eq!(report.outcome, Outcome::Applied, "{status}");
    }
}

#[test]
fn notes_need_consent_and_are_read_back() {
    let (mut live, ids) = alerts();
    let change = AlertChange::status(AlertStatus::Closed).with_note("Known scanner, ticket 4711");
    assert!(live.uptycs().update_alert(&ids[0], &change, Consent::AttestedOnly).is_err());
    let mut machine =
        live.uptycs().update_alert(&ids[0], &change, Consent::AllowReconstructed).expect("a change");
    let report = drive(&mut machine, &mut live, |page| match page {}).expect("written");
    assert_eq!(report.outcome, Outcome::Applied, "{report:?}");
}

#[test]
fn of_many_alerts_the_missing_one_is_named_and_the_others_are_changed() {
    let (mut live, mut ids) = alerts();
    let missing = "00000000-0000-4000-8000-000000000000".to_owned();
    ids.insert(1, missing.clone());
    let change = AlertChange::status(AlertStatus::Resolved);
    let mut machine = live.uptycs().update_alerts(&ids, &change, Consent::AttestedOnly).expect("a change");
    let mut applied = 0;
    let report = drive(&mut machine, &mut live, |item| {
        applied += usize::from(item.result.is_ok_and(|report| report.outcome == Outcome::Applied));
    })
    .expect("ends");
    assert_eq!((applied, report.done, report.failed), (3, 4, vec![missing]));
}

#[test]
fn detections_are_changed_in_bulk_with_a_result_for_each() {
    let mut live = Live::start(Config { uptycs_alerts: 1_000, utmstack_alerts: 0, ..Config::default() });
    let mut ids = detections(&mut live);
    assert!(ids.len() > 1);
    ids.truncate(5);
    ids.push("00000000-0000-4000-8000-000000000000".to_owned());
    let change = AlertChange::status(AlertStatus::Closed).with_note("Exercise");
    let mut machine =
        live.uptycs().update_detections(&ids, &change, Consent::AttestedOnly).expect("a change");
    let mut outcomes = Vec::new();
    drive(&mut machine, &mut live, |item| {
        outcomes.push(item.result.expect("no error").is_success());
    })
    .expect("ends");
    assert_eq!(outcomes.pop(), Some(false), "the missing one");
    assert_eq!(outcomes.len(), ids.len() - 1);
    assert!(outcomes.into_iter().all(|is_applied| is_applied));

    let filter = Filter::new().equals("id", ids[0].as_str());
    let reopened = AlertChange::status(AlertStatus::Open);
    let mut machine =
        live.uptycs().update_detections_where(&filter, &reopened, Consent::AttestedOnly).expect("a change");
    assert!(drive(&mut machine, &mut live, |page| match page {}).expect("written").outcome.is_success());
    let mut machine = live.uptycs().detection(&ids[0]).expect("an id");
    let detection = drive(&mut machine, &mut live, |page| match page {}).expect("there");
    let record: serde_json::Value = serde_json::from_slice(detection.record()).expect("JSON");
    assert_eq!((record["id"].as_str(), record["status"].as_str()), (Some(ids[0].as_str()), Some("open")));
}
