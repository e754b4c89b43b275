use crate::live::Live;
use triagekit::machine::drive;
use triagekit::page::Page;
use triagekit::uptycs::{ListOptions, RESOURCES, SchemaKind, Support, Verb};
use triagekit_demo::Config;

fn small() -> Live {
    Live::start(Config { uptycs_alerts: 50, utmstack_alerts: 0, ..Config::default() })
}

#[test]
fn every_name_of_the_article_is_listed_as_it_is_printed() {
    let mut live = small();
    let mut empty = 0;
    for resource in RESOURCES.iter().filter(|resource| resource.support(Verb::List) == Support::Attested) {
        let name = resource.printed.unwrap_or(resource.path);
        let mut machine = live.uptycs().list(name, &ListOptions::default()).expect(name);
        let mut rows = 0;
        let report = drive(&mut machine, &mut live, |page: Page| rows += page.rows.len());
        let report = report.unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(report.rows, u64::try_from(rows).expect("small"), "{name}");
        empty += usize::from(rows == 0);
    }
    assert!(empty < RESOURCES.len() / 2, "{empty} lists are empty");
}

#[test]
fn assets_are_counted_by_asking_and_others_by_reading() {
    let mut live = small();
    for (name, was_read) in [("assets", false), ("alerts", true)] {
        let mut machine = live.uptycs().count(name, &ListOptions::default()).expect(name);
        let report = drive(&mut machine, &mut live, |page| match page {}).expect(name);
        assert_eq!(report.was_read, was_read, "{name}");
        let mut machine = live.uptycs().list(name, &ListOptions::default()).expect(name);
        let listed = drive(&mut machine, &mut live, |_: Page| {}).expect(name);
        assert_eq!(report.count, listed.rows, "{name}");
    }
}

#[test]
fn the_schema_names_tables_with_their_columns() {
    let mut live = small();
    let mut machine = live.uptycs().schema(SchemaKind::Global);
    let schema = drive(&mut machine, &mut live, |page| match page {}).expect("a schema");
    let alerts = schema.table("upt_alerts").expect("upt_alerts");
    assert!(alerts.columns.iter().any(|column| column.name == "alert_time"), "{alerts:?}");
}
