use crate::live::Live;
use core::time::Duration;
use triagekit::machine::{Machine, Procedure, drive};
use triagekit::uptycs::{
    Consent, DeletionList, DeletionMode, DeletionState, DuplicateKey, Edit, Filter, ListOptions, Outcome,
};
use triagekit_demo::Config;

fn assets() -> (Live, Vec<String>) {
    let mut live = Live::start(Config { uptycs_alerts: 100, utmstack_alerts: 0, ..Config::default() });
    let mut machine = live.uptycs().list("assets", &ListOptions::default()).expect("a list");
    let ids = live.ids(&mut machine).expect("assets").0;
    (live, ids)
}

fn report<P: Procedure<Page = core::convert::Infallible>>(
    live: &mut Live,
    mut machine: Machine<P>,
) -> P::Report {
    drive(&mut machine, live, |page| match page {}).expect("ends")
}

#[test]
fn tags_are_added_removed_and_replaced() {
    let (mut live, ids) = assets();
    let client = live.uptycs();
    let tag = || vec!["owner=ada".to_owned()];
    let added = report(&mut live, client.edit_asset_tags(&ids[0], Edit::Add(tag())).expect("an edit"));
    assert_eq!((&added.outcome, &added.collision), (&Outcome::Applied, &None));
    assert!(added.after.contains(&tag()[0]) && added.after.len() == added.before.len() + 1, "{added:?}");
    let again = report(&mut live, client.edit_asset_tags(&ids[0], Edit::Add(tag())).expect("an edit"));
    assert_eq!(again.outcome, Outcome::AlreadySo);
    let removed = report(&mut live, client.edit_asset_tags(&ids[0], Edit::Remove(tag())).expect("an edit"));
    assert_eq!(removed.after, added.before);
    let replaced = report(&mut live, client.edit_asset_tags(&ids[0], Edit::Replace(tag())).expect("an edit"));
    assert_eq!(replaced.after, tag());
}

#[test]
fn one_tag_is_taken_off_many_assets_at_once() {
    let (mut live, ids) = assets();
    let client = live.uptycs();
    let created = client.create("tags", r#"{"key":"owner","value":"ada","filePathGroups":[],"eventExcludeProfiles":[],"registryPaths":[],"querypacks":[],"yaraGroupRules":[],"auditConfigurations":[]}"#, Consent::AttestedOnly);
    assert!(report(&mut live, created.expect("a tag")).outcome.is_success());
    let ids: Vec<String> = ids.into_iter().take(3).collect();
    let edit = Edit::Add(vec!["owner=ada".to_owned()]);
    let mut machine = client.edit_tags_of_assets(&ids, &edit).expect("edits");
    let all = drive(&mut machine, &mut live, |item| assert!(item.result.is_ok())).expect("ends");
    assert_eq!((all.done, all.failed.len()), (3, 0));
    let untagged = report(&mut live, client.untag_assets("owner=ada", &ids).expect("a removal"));
    assert_eq!(untagged.assets, 3);
    let edit = Edit::Remove(vec!["owner=ada".to_owned()]);
    let left = report(&mut live, client.edit_asset_tags(&ids[0], edit).expect("an edit"));
    assert_eq!(left.outcome, Outcome::AlreadySo);
}

#[test]
fn offline_assets_are_deleted_only_after_a_dry_run_with_their_ids_typed() {
    let (mut live, ids) = assets();
    let client = live.uptycs();
    let scan = report(&mut live, client.assets_offline_since(Live::now()));
    assert_eq!(scan.examined, u64::try_from(ids.len()).expect("small"));
    assert!(!scan.offline.is_empty() && scan.offline.iter().all(|asset| !asset.is_live));
    let mut list = DeletionList::of_scan(&scan, Live::now());
    list.assets.truncate(3);

    let mut machine = client.delete_assets(list.clone(), &DeletionMode::DryRun).expect("a dry run");
    let dry = drive(&mut machine, &mut live, |_| {}).expect("ends");
    assert_eq!((dry.deleted, dry.list.pending().len()), (0, list.assets.len()));

    let typed_ids: Vec<String> = list.pending().into_iter().map(str::to_owned).collect();
    let mode = |consent| DeletionMode::Delete {
        typed_ids: typed_ids.clone(),
        consent,
        pace: Duration::from_secs(1),
    };
    assert!(client.delete_assets(list.clone(), &mode(Consent::AttestedOnly)).is_err());
    let mut machine =
        client.delete_assets(list.clone(), &mode(Consent::AllowReconstructed)).expect("a deletion");
    let done =
        drive(&mut machine, &mut live, |step| assert_eq!(step.state, DeletionState::Deleted)).expect("ends");
    assert_eq!(done.deleted, u64::try_from(list.assets.len()).expect("small"));
    let saved = DeletionList::parse(&done.list.to_json()).expect("a saved list");
    assert!(client.delete_assets(saved, &DeletionMode::DryRun).is_err(), "nothing is left");
}

#[test]
fn live_queries_users_and_duplicates_are_answered() {
    let (mut live, ids) = assets();
    let client = live.uptycs();
    let rows = client.live_query("SELECT pid, name FROM processes", &Filter::new()).expect("a query");
    assert!(report(&mut live, rows).received > 0);
    assert!(report(&mut live, client.asset_users(&ids[0]).expect("an id")).received > 0);
    for key in [DuplicateKey::Uuid, DuplicateKey::HostName, DuplicateKey::HardwareSerial] {
        let scan = report(&mut live, client.duplicate_assets(key));
        assert!(scan.duplicates.iter().all(|group| !group.others.is_empty()), "{key:?}");
    }
}
