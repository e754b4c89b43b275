use crate::live::Live;
use crate::utmstack_dialect::server;
use crate::utmstack_status::{open_ids, read};
use triagekit::bulk::BulkOptions;
use triagekit::machine::{Machine, Procedure, drive};
use triagekit::page::Page;
use triagekit::utmstack::{
    AlertLog, AlertStatus, Filter, HistoryQuery, Overview, StatusChange, Tag, TagRule, TagRuleDraft,
    TagRuleQuery,
};
use triagekit_demo::Personality;

const REAL: [Personality; 2] = [Personality::V10, Personality::V11];

/// The rows of a list.
fn rows<T: serde::de::DeserializeOwned, P: Procedure<Page = Page>>(
    live: &mut Live,
    machine: Machine<P>,
) -> Vec<T> {
    let mut rows = Vec::new();
    drive(&mut { machine }, live, |page: Page| {
        rows.extend(page.rows.iter().map(|row| serde_json::from_slice(page.row(row)).expect("a row")));
    })
    .expect("lists");
    rows
}

#[test]
fn tags_are_made_changed_and_deleted_but_not_the_systems_own() {
    for personality in REAL {
        let mut live = server(personality, 10);
        let client = live.utmstack();
        let mut machine = client.create_tag("Escalated twice", "#112233").expect("a tag");
        let mut tag = drive(&mut machine, &mut live, |page| match page {}).expect("made");
        let mut machine = client.create_tag("Escalated twice", "#112233").expect("a tag");
        let error = drive(&mut machine, &mut live, |page| match page {}).expect_err("taken");
        assert_eq!(error.code(), "conflict");

        tag.tag_color = Some("#445566".to_owned());
        let mut machine = client.update_tag(&tag).expect("a change");
        drive(&mut machine, &mut live, |page| match page {}).expect("changed");
        let found: Vec<Tag> = rows(&mut live, client.tags(Some("Escalated twice")).expect("a list"));
        assert_eq!(found.first().and_then(|tag| tag.tag_color.as_deref()), Some("#445566"));

        let mut machine = client.delete_tag(&tag).expect("a deletion");
        drive(&mut machine, &mut live, |page| match page {}).expect("deleted");
        let all: Vec<Tag> = rows(&mut live, client.tags(None).expect("a list"));
        assert!(!all.iter().any(|other| other.id == tag.id));
        let own = all.iter().find(|tag| tag.system_owner == Some(true)).expect("the system's own");
        assert!(client.delete_tag(own).is_err());
    }
}

#[test]
fn a_rule_that_is_made_is_there_and_can_be_deleted() {
    for personality in REAL {
        let mut live = server(personality, 10);
        let client = live.utmstack();
        let tags: Vec<Tag> = rows(&mut live, client.tags(None).expect("a list"));
        let draft = TagRuleDraft {
            name: "Backups are fine".to_owned(),
            description: String::new(),
            conditions: vec![Filter::contains("name", "backup"), Filter::at_most("severity", 2)],
            tags: tags.into_iter().take(1).collect(),
        };
        let mut machine = client.create_tag_rule(&draft).expect("a rule");
        let made: TagRule = drive(&mut machine, &mut live, |page| match page {}).expect("made");
        let query = TagRuleQuery { name: Some("Backups are fine".to_owned()), ..TagRuleQuery::default() };
        let found: Vec<TagRule> = rows(&mut live, client.tag_rules(&query).expect("a list"));
        assert_eq!(found.iter().map(|rule| rule.id).collect::<Vec<_>>(), [made.id]);

        let changed = TagRuleDraft { description: "The nightly ones".to_owned(), ..draft };
        let mut machine = client.update_tag_rule(made.id, &changed).expect("a change");
        drive(&mut machine, &mut live, |page| match page {}).expect("changed");
        let mut machine = client.tag_rule(made.id).expect("a rule");
        let read = drive(&mut machine, &mut live, |page| match page {}).expect("answers").expect("there");
        assert_eq!(read.description.as_deref(), Some("The nightly ones"));

        let mut machine = client.delete_tag_rule(made.id).expect("a deletion");
        drive(&mut machine, &mut live, |page| match page {}).expect("deleted");
        let mut machine = client.tag_rule(made.id).expect("a rule");
        assert_eq!(drive(&mut machine, &mut live, |page| match page {}).expect("answers"), None);
    }
}

#[test]
fn a_change_in_chunks_of_ten_is_in_the_history_of_every_alert() {
    for personality in REAL {
        let mut live = server(personality, 200);
        let client = live.utmstack();
        let ids = open_ids(&mut live, &client, 15);
        let change = StatusChange {
            status: AlertStatus::InReview,
            observation: "Mine".to_owned(),
            false_positive: false,
        };
        let mut machine = client.update_status(&ids, &change, &BulkOptions::default()).expect("a change");
        drive(&mut machine, &mut live, |_| {}).expect("ends");
        assert_eq!(read(&mut live, &client, &ids[14]).status(), Some(AlertStatus::InReview));
        for id in [&ids[0], &ids[9], &ids[14]] {
            let query = HistoryQuery {
                alert_id: Some(id.clone()),
                action: Some("UPDATE_STATUS".to_owned()),
                ..HistoryQuery::default()
            };
            let logs: Vec<AlertLog> = rows(&mut live, client.alert_history(&query).expect("a list"));
            let log = logs.first().expect("recorded");
            assert_eq!(log.log_user.as_deref(), Some("admin"));
            assert!(log.lines().concat().contains("Mine"), "{log:?}");
        }
    }
}

#[test]
fn the_overview_and_the_users_are_read() {
    for personality in REAL {
        let mut live = server(personality, 400);
        let client = live.utmstack();
        for what in [
            Overview::TodayAndWeek,
            Overview::ByStatus,
            Overview::BySeverity,
            Overview::TopAlerts,
            Overview::TopCategories,
        ] {
            let mut machine = client.overview(what, "now-30d", "now", 10).expect("an overview");
            let counts = drive(&mut machine, &mut live, |page| match page {}).expect("counts");
            assert!(counts.sum() > 0, "{what:?} {counts:?}");
        }
        let mut machine = client.account().expect("an account");
        assert_eq!(drive(&mut machine, &mut live, |page| match page {}).expect("reads").login, "admin");
        let mut machine = client.users().expect("a list");
        let users = drive(&mut machine, &mut live, |page| match page {}).expect("lists");
        assert!(users.iter().any(|user| user.login == "admin"));
    }
}
