use crate::live::Live;
use crate::utmstack_dialect::{ALL, server};
use crate::utmstack_status::{open_ids, read};
use triagekit::bulk::Outcome;
use triagekit::machine::{Step, Transport, drive};
use triagekit::page::Page;
use triagekit::utmstack::{
    AlertStatus, Client, Incident, IncidentChange, IncidentDraft, IncidentQuery, IncidentReport,
    IncidentStatus, IncidentTarget,
};
use triagekit_demo::Personality;

fn draft(name: &str) -> IncidentTarget {
    IncidentTarget::New(IncidentDraft { name: name.to_owned(), ..IncidentDraft::default() })
}

fn open(live: &mut Live, client: &Client, target: &IncidentTarget, ids: &[String]) -> IncidentReport {
    let mut machine = client.open_incident(target, ids, Live::now()).expect("an incident");
    drive(&mut machine, live, |page| match page {}).expect("ends")
}

/// Alerts that are open and belong to no incident.
fn free_ids(live: &mut Live, client: &Client, count: usize) -> Vec<String> {
    let ids = open_ids(live, client, 60);
    let mut free = Vec::new();
    for id in ids {
        if free.len() < count && !read(live, client, &id).is_incident() {
            free.push(id);
        }
    }
    assert_eq!(free.len(), count);
    free
}

#[test]
fn an_incident_is_made_of_alerts_on_every_version() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 300);
        let client = live.utmstack();
        let ids = free_ids(&mut live, &client, 3);
        let report = open(&mut live, &client, &draft("INC-1 Brute force"), &ids[..2]);
        assert!(report.is_done(), "{dialect} {report:?}");
        let id = report.incident.as_ref().and_then(Incident::id).expect("an id");
        if personality == Personality::Documented {
            continue;
        }
        let alert = read(&mut live, &client, &ids[0]);
        let mark = alert.incident().expect("stamped");
        assert_eq!((mark.id, mark.name), (id.to_string().as_str(), "INC-1 Brute force"));

        let report = open(&mut live, &client, &IncidentTarget::Existing(id), &ids[2..]);
        assert!(report.is_done(), "{dialect} {report:?}");
        let mut machine = client.incident_alerts(id).expect("a list");
        let mut rows = 0;
        drive(&mut machine, &mut live, |page: Page| rows += page.rows.len()).expect("lists");
        assert_eq!(rows, 3, "{dialect}");

        let mut machine = client.check_incident(id).expect("a look");
        let looked = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
        assert!(looked.results.iter().all(|item| item.outcome == Outcome::Unchanged), "{looked:?}");
    }
}

#[test]
fn alerts_of_another_incident_are_named_and_nothing_is_made() {
    for personality in [Personality::V10, Personality::V11] {
        let mut live = server(personality, 300);
        let client = live.utmstack();
        let ids = free_ids(&mut live, &client, 3);
        assert!(open(&mut live, &client, &draft("First"), &ids[..1]).is_done());
        let report = open(&mut live, &client, &draft("Second"), &ids);
        assert!(report.incident.is_none());
        let codes: Vec<(&str, &str)> =
            report.results.iter().map(|item| (item.id.as_str(), item.outcome.code())).collect();
        assert_eq!(
            codes,
            [(ids[0].as_str(), "collision"), (ids[1].as_str(), "not_tried"), (ids[2].as_str(), "not_tried")]
        );
        let query = IncidentQuery { name: Some("Second".to_owned()), ..IncidentQuery::default() };
        let mut machine = client.incidents(&query).expect("a list");
        let mut rows = 0;
        drive(&mut machine, &mut live, |page: Page| rows += page.rows.len()).expect("lists");
        assert_eq!(rows, 0);
    }
}

#[test]
fn a_conversion_that_stopped_half_way_is_finished() {
    let mut live = server(Personality::V11, 300);
    let client = live.utmstack();
    let ids = free_ids(&mut live, &client, 2);
    let mut machine = client.open_incident(&draft("Half"), &ids, Live::now()).expect("an incident");
    let mut is_armed = false;
    let report = loop {
        match machine.next(live.moment()).expect("goes on") {
            Step::Send(request) => {
                if request.url.contains("convert-to-incident") && !is_armed {
                    is_armed = true;
                    live.faults(
                        r#"[{"status":500},{"status":500},{"status":500},{"status":500},{"status":500}]"#,
                    );
                }
                let outcome = live.send(request);
                machine.received(outcome, live.moment()).expect("taken");
            }
            Step::Wait(pause) => live.wait(pause),
            Step::Park => {}
            Step::Page(never) => match never {},
            Step::Done(report) => break report,
        }
    };
    let Some(id) = report.incident.as_ref().and_then(Incident::id) else { panic!("{report:?}") };
    assert!(report.unfinished.is_some() && !report.is_done(), "{report:?}");
    let mut machine = client.finish_incident(id).expect("a second try");
    let finished = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
    assert!(finished.is_done(), "{finished:?}");
    assert!(read(&mut live, &client, &ids[1]).is_incident());
}

#[test]
fn an_incident_is_worked_on_with_status_notes_and_history() {
    for personality in [Personality::V10, Personality::V11] {
        let mut live = server(personality, 300);
        let client = live.utmstack();
        let ids = free_ids(&mut live, &client, 1);
        let report = open(&mut live, &client, &draft("Worked on"), &ids);
        let id = report.incident.as_ref().and_then(Incident::id).expect("made");

        let mut machine = client.add_incident_note(id, "Called the owner").expect("a note");
        let note = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
        assert_eq!(note.note_text.as_deref(), Some("Called the owner"));

        let change = IncidentChange {
            status: IncidentStatus::Completed,
            solution: Some("Blocked at the firewall".to_owned()),
        };
        let mut machine = client.update_incident(id, &change).expect("a change");
        let (outcome, incident) = drive(&mut machine, &mut live, |page| match page {}).expect("ends");
        assert_eq!(outcome, Outcome::Applied, "{incident:?}");
        assert_eq!(incident.name(), Some("Worked on"), "nothing else changed");
        assert_eq!(read(&mut live, &client, &ids[0]).status(), Some(AlertStatus::Completed));

        for machine in [client.incident_notes(id), client.incident_history(id)] {
            let mut rows = 0;
            drive(&mut machine.expect("a list"), &mut live, |page: Page| rows += page.rows.len())
                .expect("lists");
            assert!(rows > 0);
        }
        let mut machine = client.incident_users().expect("a list");
        drive(&mut machine, &mut live, |page| match page {}).expect("lists");
    }
}
