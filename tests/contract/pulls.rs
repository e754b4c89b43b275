use crate::live::Live;
use std::collections::BTreeSet;
use triagekit::machine::{Transport, drive};
use triagekit::pull::{Budget, Checkpoint, Guarantee, Pull, PullOptions, PullReport, PullStep, Source};
use triagekit::utmstack::SearchOptions;
use triagekit_demo::{Config, UtcInstant};

/// Drives a pull over the blocking transport: requests under way are answered one after the other.
fn run<S: Source>(live: &mut Live, pull: &mut Pull<S>) -> (Vec<String>, PullReport, Option<Checkpoint>) {
    let (mut ids, mut last, mut under_way) = (Vec::new(), None, Vec::new());
    loop {
        match pull.next(live.moment()).expect("goes on") {
            PullStep::Send(ticket, request) => under_way.push((ticket, request)),
            PullStep::Page(page) => {
                ids.extend(page.rows.into_iter().filter_map(|row| row.id));
                last = Some(page.checkpoint);
            }
            PullStep::Wait(pause) if under_way.is_empty() => live.wait(pause.expect("something to wait for")),
            PullStep::Wait(_) => {
                let (ticket, request) = under_way.remove(0);
                let outcome = live.send(request);
                pull.received(ticket, outcome, live.moment()).expect("goes on");
            }
            PullStep::Done(report) => return (ids, report, last),
        }
    }
}

/// A server whose alerts end long before the present: an HTTP date is a whole second, so the as-of of a pull may lie up
/// to a second before an alert of just now.
fn start(uptycs_alerts: u32, utmstack_alerts: u32) -> Live {
    let now = UtcInstant::parse("2026-11-01T00:00:00Z");
    Live::start(Config { uptycs_alerts, utmstack_alerts, now, ..Config::default() })
}

/// All alerts lie in the past, so the as-of may be the present.
fn options() -> PullOptions {
    PullOptions { lag: core::time::Duration::ZERO, ..PullOptions::default() }
}

#[test]
fn all_uptycs_alerts_come_once_and_in_few_requests() {
    let mut live = start(25_000, 0);
    let existing = live.existing("uptycs");
    let options = PullOptions { page_size: Some(2_000), ..options() };
    let mut pull = live.uptycs().pull("alerts", serde_json::Map::new(), options, None).expect("a pull");
    let (ids, report, _) = run(&mut live, &mut pull);
    assert_eq!(ids.len(), 25_000, "{report:?}");
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), existing);
    assert_eq!((report.guarantee, report.is_done), (Guarantee::Exact, true));
    assert!(report.requests <= 60, "{} requests for 13 pages", report.requests);
}

#[test]
fn utmstack_alerts_come_whole_beyond_the_reach_of_a_search() {
    let mut live = start(0, 23_000);
    let existing = live.existing("utmstack");
    let client = live.utmstack();
    // The API version is found out by the first search.
    let mut first = client.count(&SearchOptions::default(), Live::now()).expect("a count");
    drive(&mut first, &mut live, |page| match page {}).expect("counts");
    let mut pull = client.pull_alerts(Vec::new(), options(), None).expect("a pull");
    let (ids, report, _) = run(&mut live, &mut pull);
    assert_eq!(ids.len(), 23_000, "{report:?}");
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), existing);
    assert_eq!((report.guarantee, report.is_done), (Guarantee::Exact, true));
}

#[test]
fn a_pull_that_is_cut_off_again_and_again_gives_the_same_rows() {
    let mut live = start(4_000, 0);
    let budget = Budget { requests: Some(5), ..Budget::default() };
    let options = PullOptions { page_size: Some(300), budget, ..options() };
    let (mut ids, mut checkpoint, mut runs) = (Vec::new(), None, 0);
    loop {
        let client = live.uptycs();
        let mut pull = client
            .pull("alerts", serde_json::Map::new(), options.clone(), checkpoint.as_ref())
            .expect("a pull");
        let (more, report, last) = run(&mut live, &mut pull);
        ids.extend(more);
        checkpoint = last.or(checkpoint);
        runs += 1;
        if report.is_done {
            break;
        }
        assert!(runs < 100, "each run gets on");
    }
    assert!(runs > 2);
    assert_eq!(ids.len(), 4_000);
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), live.existing("uptycs"));
}

#[test]
fn faults_on_the_way_cost_no_rows() {
    let mut live = start(3_000, 0);
    live.faults(
        // One request meets them all, and is made again four times at the most.
        r#"[{"status":429},{"html":true},{"close":"middle"},{"truncate":true}]"#,
    );
    let options = PullOptions { page_size: Some(200), ..options() };
    let mut pull = live.uptycs().pull("alerts", serde_json::Map::new(), options, None).expect("a pull");
    let (ids, report, _) = run(&mut live, &mut pull);
    assert_eq!(ids.len(), 3_000);
    assert_eq!(ids.into_iter().collect::<BTreeSet<_>>(), live.existing("uptycs"));
    assert_eq!(report.retries, 4);
}
