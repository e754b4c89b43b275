use crate::live::Live;
use triagekit::machine::drive;
use triagekit::page::Page;
use triagekit::uptycs::ListOptions;
use triagekit_demo::Config;

#[test]
fn assets_are_listed_with_their_links_and_read_one_by_one() {
    let mut live = Live::start(Config { uptycs_alerts: 100, utmstack_alerts: 0, ..Config::default() });
    let mut machine = live.uptycs().list("assets", &ListOptions::default()).expect("a list");
    let mut ids = Vec::new();
    let mut relations = Vec::new();
    drive(&mut machine, &mut live, |page: Page| {
        relations.extend(page.links.iter().map(|link| link.rel.clone()));
        ids.extend(page.rows.into_iter().filter_map(|row| row.id));
    })
    .expect("comes whole");
    assert!(!ids.is_empty());
    for relation in ["self", "parent"] {
        assert!(relations.iter().any(|rel| rel == relation), "{relations:?}");
    }
    let id = ids.first().expect("an asset");
    let mut machine = live.uptycs().get("assets", id).expect("an id");
    let body = drive(&mut machine, &mut live, |page| match page {}).expect("there");
    let asset: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    assert_eq!(asset["id"].as_str(), Some(id.as_str()));
    assert!(asset["hostName"].is_string(), "{asset}");
}
