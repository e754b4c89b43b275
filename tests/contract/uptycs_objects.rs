use crate::live::Live;
use serde_json::Value;
use triagekit::Error;
use triagekit::machine::{Machine, Procedure, drive};
use triagekit::page::Page;
use triagekit::uptycs::{
    Consent, Edit, ListOptions, NewRole, Outcome, PackageOptions, ThreatSourceFile, WriteReport,
};
use triagekit_demo::Config;

fn small() -> Live {
    Live::start(Config { uptycs_alerts: 20, utmstack_alerts: 0, ..Config::default() })
}

fn end<P: Procedure<Page = core::convert::Infallible>>(
    live: &mut Live,
    machine: Result<Machine<P>, Error>,
) -> P::Report {
    drive(&mut machine.expect("a call"), live, |page| match page {}).expect("ends")
}

fn first(live: &mut Live, name: &str) -> Value {
    let mut machine = live.uptycs().list(name, &ListOptions::default()).expect("a name");
    let mut first = Value::Null;
    drive(&mut machine, live, |page: Page| {
        if let (Value::Null, Some(row)) = (&first, page.rows.first()) {
            first = serde_json::from_slice(page.row(row)).expect("JSON");
        }
    })
    .expect("a list");
    first
}

fn id(report: &WriteReport) -> String {
    let answer = report.answer.as_ref().expect("an object");
    answer["id"].as_str().expect("an id").to_owned()
}

#[test]
fn what_was_read_is_written_back_without_what_a_write_must_not_carry() {
    let mut live = small();
    let client = live.uptycs();
    for name in ["alertRules", "eventRules", "exceptions", "tags", "tagRules", "destinations", "queries"] {
        let object = first(&mut live, name);
        let object_id = object["id"].as_str().unwrap_or_else(|| panic!("{name} has rows")).to_owned();
        let report =
            end(&mut live, client.update(name, &object_id, &object.to_string(), Consent::AttestedOnly));
        assert!(report.outcome.is_success(), "{name}: {report:?}");
        assert!(report.removed.contains(&"id".to_owned()), "{name}: {:?}", report.removed);
    }
}

#[test]
fn an_object_is_created_changed_and_deleted() {
    let mut live = small();
    let client = live.uptycs();
    let body = r#"{"name":"Ours","query":"SELECT 1","type":"default","executionType":"global"}"#;
    let created = end(&mut live, client.create("queries", body, Consent::AttestedOnly));
    let id = id(&created);
    let changed =
        end(&mut live, client.update("queries", &id, r#"{"description":"changed"}"#, Consent::AttestedOnly));
    assert_eq!(changed.outcome, Outcome::Applied);
    assert!(end(&mut live, client.delete("queries", &id, Consent::AttestedOnly)).outcome.is_success());
    let mut machine = client.get("queries", &id).expect("an id");
    let error = drive(&mut machine, &mut live, |page| match page {}).expect_err("gone");
    assert_eq!(error.code(), "not_found");
}

#[test]
fn a_role_is_created_and_given_to_a_user() {
    let mut live = small();
    let client = live.uptycs();
    let role = NewRole {
        name: "Reader".to_owned(),
        permissions: vec!["ASSET:READ".to_owned()],
        object_groups: vec![first(&mut live, "objectGroups")["id"].as_str().expect("an id").to_owned()],
        ..NewRole::default()
    };
    let role_id = id(&end(&mut live, client.create_role(&role)));
    let user_id = first(&mut live, "users")["id"].as_str().expect("an id").to_owned();
    let report = end(&mut live, client.edit_user_roles(&user_id, Edit::Add(vec![role_id.clone()])));
    assert_eq!(report.outcome, Outcome::Applied, "{report:?}");
    assert!(report.after.contains(&role_id) && report.collision.is_none(), "{report:?}");
}

#[test]
fn rows_of_a_lookup_table_are_added_listed_and_deleted() {
    let mut live = small();
    let client = live.uptycs();
    let table = r#"{"name":"owners","idField":"ip","description":"who has what"}"#;
    let table = id(&end(&mut live, client.create("lookupTables", table, Consent::AttestedOnly)));
    let rows = r#"[{"ip":"10.0.0.1","owner":"ada"},{"ip":"10.0.0.2","owner":"bob"}]"#;
    assert!(end(&mut live, client.add_lookup_rows(&table, "ip", rows)).outcome.is_success());
    let csv = b"ip,owner\n10.0.0.3,eve\n";
    assert!(end(&mut live, client.add_lookup_csv(&table, "owners.csv", csv)).outcome.is_success());
    let listed = |live: &mut Live| {
        let mut machine = live.uptycs().lookup_rows(&table, &ListOptions::default()).expect("rows");
        live.ids(&mut machine).expect("a list").0
    };
    let ids = listed(&mut live);
    assert_eq!(ids.len(), 3);
    assert!(end(&mut live, client.delete_lookup_row(&table, &ids[0])).outcome.is_success());
    assert_eq!(listed(&mut live).len(), 2);
}

#[test]
fn a_threat_source_is_made_from_a_file_and_its_indicators_are_found() {
    let mut live = small();
    let client = live.uptycs();
    let csv = b"indicator\n203.0.113.77\n";
    let file = ThreatSourceFile { name: "Ours", description: "own", file_name: "ours.csv", csv };
    let source = id(&end(&mut live, client.create_threat_source(&file)));
    let mut machine = client.threat_indicators("203.0.113.77", &ListOptions::default()).expect("a search");
    assert_eq!(live.ids(&mut machine).expect("a list").0.len(), 1);
    let changed = ThreatSourceFile { description: "changed", ..file };
    assert!(client.update_threat_source(&source, &changed, Consent::AttestedOnly).is_err());
    let report = end(&mut live, client.update_threat_source(&source, &changed, Consent::AllowReconstructed));
    assert_eq!(report.outcome, Outcome::Applied);
    let report = end(&mut live, client.delete("threatSources", &source, Consent::AllowReconstructed));
    assert_eq!(report.outcome, Outcome::Applied);
}

#[test]
fn carves_and_packages_are_found() {
    let mut live = small();
    let client = live.uptycs();
    let carve = first(&mut live, "carves")["id"].as_str().expect("an id").to_owned();
    let link = end(&mut live, client.carve_link(&carve));
    assert!(link.url.expose().starts_with("https://"));
    assert_eq!(link.headers.len(), 3);
    let package = end(&mut live, client.package("debian", "g", &PackageOptions::default()));
    assert!(package.file_name.starts_with("assets-osquery-"), "{}", package.file_name);
    assert!(!package.bytes.is_empty());
}
