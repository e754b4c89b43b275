use crate::live::Live;
use crate::utmstack_dialect::{ALL, server};
use crate::utmstack_status::{open_ids, read};
use triagekit::bulk::Outcome;
use triagekit::machine::drive;
use triagekit_demo::Personality;

#[test]
fn a_note_is_stored_as_typed_and_added_to_with_time_and_user() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 50);
        let client = live.utmstack();
        let id = open_ids(&mut live, &client, 1).pop().expect("an alert");
        let typed = "Asked \"Jim\": it's \\fine\\.";
        let mut machine = client.set_note(&id, typed).expect("a note");
        let report = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
        assert_eq!(report.outcome, Outcome::Applied, "{dialect} {report:?}");
        assert_eq!(read(&mut live, &client, &id).note(), Some(typed), "{dialect}");

        let now = Live::now();
        let mut machine = client.append_note(&id, "Closed.", None, now).expect("a note");
        let report = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
        assert_eq!(report.outcome, Outcome::Applied, "{dialect} {report:?}");
        let note = report.stored.expect("a note");
        assert!(
            note.starts_with(typed) && note.ends_with(&format!("[{now} admin] Closed.")),
            "{dialect} {note}"
        );
    }
}

#[test]
fn what_the_server_cannot_store_is_tried_once_and_a_plain_form_offered() {
    for personality in [Personality::V10, Personality::V11] {
        let mut live = server(personality, 50);
        let client = live.utmstack();
        let id = open_ids(&mut live, &client, 1).pop().expect("an alert");
        let mut machine = client.set_note(&id, "für Jörg\nfertig").expect("a note");
        let report = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
        assert_eq!(report.outcome.code(), "failed", "{report:?}");
        assert!(live.waits.is_empty(), "a refusal of the text is not repeated");
        let plain = report.suggestion.expect("a plain form");
        assert_eq!(plain, "fuer Joerg | fertig");
        let mut machine = client.set_note(&id, &plain).expect("a note");
        let report = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
        assert_eq!(report.outcome, Outcome::Applied);
    }
}

#[test]
fn an_alert_that_does_not_exist_is_said() {
    let mut live = server(Personality::V10, 10);
    let mut machine = live.utmstack().set_note("no-such-id", "x").expect("a note");
    let report = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
    assert_eq!(report.outcome.code(), "not_applied");
}
