use crate::live::Live;
use serde_json::Value;
use triagekit::finding::{Origin, Severity, Status, from_uptycs, from_utmstack, to_ocsf};
use triagekit::machine::drive;
use triagekit::page::Page;
use triagekit::uptycs::ListOptions;
use triagekit::utmstack::SearchOptions;
use triagekit_demo::Config;

/// OCSF's own JSON Schema of the class, structure only.
fn schema() -> jsonschema::Validator {
    let text = include_str!("../fixtures/ocsf-1.5.0-detection-finding.schema.json");
    let schema: Value = serde_json::from_str(text).expect("JSON");
    jsonschema::validator_for(&schema).expect("a schema")
}

fn check(validator: &jsonschema::Validator, ocsf: &Value) {
    let errors: Vec<String> =
        validator.iter_errors(ocsf).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}\n{ocsf:#}");
}

#[test]
fn ten_thousand_findings_are_valid_ocsf() {
    let mut live = Live::start(Config { uptycs_alerts: 5_000, utmstack_alerts: 5_000, ..Config::default() });
    let validator = schema();
    let origin = Origin { connection: "demo", url: Some("https://siem.example.org/") };
    let mut checked = 0;

    let mut machine = live.uptycs().list("alerts", &ListOptions::default()).expect("a list");
    drive(&mut machine, &mut live, |page: Page| {
        for row in &page.rows {
            let finding = from_uptycs(page.row(row)).expect("an alert");
            assert_ne!((finding.severity, finding.status), (Severity::Unknown, Status::Unknown));
            let raw = core::str::from_utf8(page.row(row)).expect("UTF-8");
            check(&validator, &to_ocsf(&finding, raw, origin));
            checked += 1;
        }
    })
    .expect("comes whole");

    let mut machine = live.utmstack().alerts(&SearchOptions::default(), Live::now()).expect("a search");
    drive(&mut machine, &mut live, |page: Page| {
        for row in &page.rows {
            let finding = from_utmstack(page.row(row)).expect("an alert");
            assert!(finding.time.is_some() && !finding.observables.is_empty(), "{finding:?}");
            let raw = core::str::from_utf8(page.row(row)).expect("UTF-8");
            check(&validator, &to_ocsf(&finding, raw, origin));
            checked += 1;
        }
    })
    .expect("comes whole");
    assert_eq!(checked, 10_000);
}
