use crate::live::Live;
use crate::utmstack_dialect::{ALL, server};
use crate::utmstack_status::{open_ids, read};
use triagekit::bulk::{BulkOptions, BulkReport, Outcome};
use triagekit::machine::drive;
use triagekit::utmstack::{Client, TagChange};

fn update(live: &mut Live, client: &Client, ids: &[String], change: &TagChange) -> BulkReport {
    let mut machine = client.update_tags(ids, change, &BulkOptions::default()).expect("a change");
    drive(&mut machine, live, |_| {}).expect("ends")
}

fn tags(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[test]
fn tags_are_added_removed_and_replaced_on_every_version() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 200);
        let client = live.utmstack();
        let ids = open_ids(&mut live, &client, 12);
        let report = update(&mut live, &client, &ids, &TagChange::Replace(tags(&["Escalated"])));
        assert_eq!(report.succeeded(), 12, "{dialect} {report:?}");
        let report =
            update(&mut live, &client, &ids[..2], &TagChange::Add(tags(&["Ünï-code", "false positive"])));
        assert_eq!(report.succeeded(), 2, "{dialect} {report:?}");
        let found = read(&mut live, &client, &ids[0]).tags();
        assert_eq!(found, ["Escalated", "Ünï-code", "False positive"], "{dialect}");
        let report = update(&mut live, &client, &ids[..3], &TagChange::Remove(tags(&["False Positive"])));
        let outcomes: Vec<&Outcome> = report.results.iter().map(|item| &item.outcome).collect();
        assert_eq!(outcomes, [&Outcome::Applied, &Outcome::Applied, &Outcome::Unchanged], "{dialect}");
        update(&mut live, &client, &ids[..1], &TagChange::Replace(Vec::new()));
        assert!(read(&mut live, &client, &ids[0]).tags().is_empty(), "{dialect}");
    }
}

#[test]
fn an_id_that_does_not_exist_is_named() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 50);
        let client = live.utmstack();
        let mut ids = open_ids(&mut live, &client, 2);
        ids.push("00000000-0000-4000-8000-000000000000".to_owned());
        let report = update(&mut live, &client, &ids, &TagChange::Add(tags(&["Escalated"])));
        assert_eq!(report.ids_to_retry(), [ids[2].as_str()], "{dialect} {report:?}");
    }
}
