//! Histories of a list that changes under a pull, thousands of them, held against the pull's guarantee.

use super::*;
use crate::error::Error;
use crate::http::{Failure, Headers, Request, Response};
use crate::machine::{Call, Channel, Moment};
use crate::page::Row;
use crate::platform::Platform;
use crate::retry::RetryPolicy;
use crate::time::Timestamp;
use crate::uptycs::{KeyFile, UptycsAccess};
use core::time::Duration;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The instant that the rows of a history lie around, a whole second.
const BASE: i64 = 1_700_000_000_000;
/// Rows lie up to 200 ms behind it; the as-of lies in their middle.
const AS_OF: i64 = BASE + 100;

/// A list whose requests and answers are as plain as can be.
#[derive(Debug, Clone)]
struct ModelSource {
    channel: Channel,
    splits: bool,
}

impl Source for ModelSource {
    fn platform(&self) -> Platform {
        Platform::Uptycs
    }

    fn channel(&self) -> &Channel {
        &self.channel
    }

    fn largest_page(&self) -> u64 {
        1_000
    }

    fn call(&self, query: &PageQuery) -> Call {
        let part = query.partition.conditions.first().cloned().unwrap_or_default();
        Call::get("/rows", "pulling rows")
            .with("from", (query.window.from.unix_millis() - 1).to_string())
            .with("to", query.window.to.unix_millis().to_string())
            .with("size", query.size.to_string())
            .with("offset", query.offset.to_string())
            .with("part", part)
    }

    fn read(&self, query: &PageQuery, response: Response) -> Result<Answer, Error> {
        let text = String::from_utf8_lossy(&response.body).into_owned();
        let rows: Vec<TimedRow> = text
            .split(',')
            .filter(|row| !row.is_empty())
            .enumerate()
            .map(|(index, row)| {
                let (id, at) = row.split_once('@').expect("id@time");
                let at = at.parse().ok().map(Timestamp::from_unix_millis);
                TimedRow { row: Row { index, bytes: 0..0, id: Some(id.to_owned()) }, at }
            })
            .collect();
        let is_cut = u64::try_from(rows.len()).expect("few") >= query.size;
        Ok(Answer { body: response.body, rows, is_cut })
    }

    /// By the last digit of the id.
    fn split(&self, partition: &Partition) -> Vec<Partition> {
        if !self.splits || partition.depth > 0 {
            return Vec::new();
        }
        (0..10).map(|digit| Partition { conditions: vec![digit.to_string()], depth: 1 }).collect()
    }

    fn weakness(&self) -> Option<String> {
        None
    }
}

/// What happens to the list or to the traffic between two answers.
#[derive(Debug, Clone)]
enum Event {
    Insert(i64),
    Delete(usize),
    Refuse(u16),
    Break,
    /// The pull's process dies; another goes on from the last checkpoint.
    Kill,
    /// Another of the requests under way is answered first.
    Other(usize),
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        6 => (0..200_i64).prop_map(Event::Insert),
        6 => (0..100_usize).prop_map(Event::Delete),
        2 => prop_oneof![Just(429_u16), Just(503), Just(500)].prop_map(Event::Refuse),
        1 => Just(Event::Break),
        1 => Just(Event::Kill),
        4 => (0..5_usize).prop_map(Event::Other),
    ]
}

#[derive(Debug, Clone)]
struct History {
    times: Vec<i64>,
    size: u64,
    concurrency: usize,
    includes_ends: bool,
    splits: bool,
    events: Vec<Vec<Event>>,
}

fn history() -> impl Strategy<Value = History> {
    // Times that lie close together, so that instants hold several rows.
    let times = prop_oneof![
        prop::collection::vec(0..200_i64, 0..60),
        prop::collection::vec(40..60_i64, 0..60),
        prop::collection::vec(Just(50_i64), 0..30),
    ];
    let events = prop::collection::vec(prop::collection::vec(event(), 0..3), 0..60);
    (times, 2..8_u64, 1..6_usize, any::<bool>(), any::<bool>(), events).prop_map(
        |(times, size, concurrency, includes_ends, splits, events)| History {
            times,
            size,
            concurrency,
            includes_ends,
            splits,
            events,
        },
    )
}

/// The list, with the births and deaths of its rows in units of answers given.
#[derive(Debug, Default)]
struct World {
    rows: BTreeMap<u32, Life>,
    clock: u32,
    includes_ends: bool,
}

#[derive(Debug)]
struct Life {
    at: i64,
    born: u32,
    died: Option<u32>,
}

impl World {
    fn insert(&mut self, at: i64) {
        let id = u32::try_from(self.rows.len()).expect("few");
        self.rows.insert(id, Life { at: BASE + at, born: self.clock, died: None });
    }

    fn delete(&mut self, which: usize) {
        let clock = self.clock;
        let mut living = self.rows.values_mut().filter(|life| life.died.is_none());
        if let Some(life) = living.nth(which) {
            life.died = Some(clock);
        }
    }

    fn answer(&self, request: &Request) -> Response {
        let number = |name: &str| -> i64 {
            let marker = format!("{name}=");
            let rest = request.url.split(&marker).nth(1).expect("a parameter");
            rest.split('&').next().expect("a value").parse().unwrap_or(-1)
        };
        let (from, to) = (number("from"), number("to"));
        let part = number("part");
        let mut rows: Vec<(i64, u32)> = self
            .rows
            .iter()
            .filter(|(_, life)| life.died.is_none())
            .filter(|(_, life)| {
                let is_end = life.at == from || life.at == to;
                from <= life.at && life.at <= to && (self.includes_ends || !is_end)
            })
            .filter(|(id, _)| part < 0 || i64::from(**id % 10) == part)
            .map(|(id, life)| (life.at, *id))
            .collect();
        rows.sort_unstable();
        let text: Vec<String> = rows
            .iter()
            .skip(usize::try_from(number("offset")).expect("small"))
            .take(usize::try_from(number("size")).expect("small"))
            .map(|(at, id)| format!("{id}@{at}"))
            .collect();
        let mut headers = Headers::default();
        headers.append("date", "Tue, 14 Nov 2023 22:13:21 GMT");
        Response { status: 200, headers, body: text.join(",").into_bytes() }
    }
}

fn source(splits: bool) -> ModelSource {
    let key = r#"{"key":"K","secret":"S","customerId":"c","domain":"acme"}"#;
    let access = UptycsAccess::new(KeyFile::parse(key).expect("a key file"));
    let policy = RetryPolicy { max_retries: 200, ..RetryPolicy::default() };
    ModelSource { channel: Channel::new(access, policy), splits }
}

fn options(history: &History) -> PullOptions {
    PullOptions {
        page_size: Some(history.size),
        concurrency: history.concurrency,
        // A second behind the base less this is the as-of.
        lag: Duration::from_millis(900),
        ..PullOptions::default()
    }
}

/// Runs a pull through a history, and gives what was delivered in order, with the last report.
fn run(history: &History) -> (World, Vec<(i64, u32)>, PullReport) {
    let mut world = World { includes_ends: history.includes_ends, ..World::default() };
    for at in &history.times {
        world.insert(*at);
    }
    world.clock = 1;
    let mut pull = Pull::new(source(history.splits), options(history));
    let mut checkpoint: Option<Checkpoint> = None;
    let mut under_way: Vec<(Ticket, Request)> = Vec::new();
    let mut delivered = Vec::new();
    let mut events = history.events.iter();
    let mut now = BASE + 1_000;
    for _ in 0..20_000 {
        let moment = Moment { now: Timestamp::from_unix_millis(now), entropy: 3 };
        match pull.next(moment).expect("nothing here ends a pull") {
            PullStep::Send(ticket, request) => {
                under_way.push((ticket, request));
                assert!(under_way.len() <= history.concurrency.max(1) + 1, "bounded");
            }
            PullStep::Page(page) => {
                for row in &page.rows {
                    let id: u32 = row.id.as_deref().and_then(|id| id.parse().ok()).expect("an id");
                    delivered.push((world.rows.get(&id).expect("a row of the world").at, id));
                }
                let text = page.checkpoint.to_json();
                checkpoint = Some(Checkpoint::parse(&text).expect("what was written"));
            }
            PullStep::Done(report) => return (world, delivered, report),
            PullStep::Wait(pause) => {
                if under_way.is_empty() {
                    let pause = pause.expect("something to wait for");
                    now += i64::try_from(pause.as_millis()).expect("short").max(1);
                    continue;
                }
                let mut at = 0;
                let mut outcome = None;
                for event in events.next().into_iter().flatten() {
                    match event {
                        Event::Insert(time) => world.insert(*time),
                        Event::Delete(which) => world.delete(*which),
                        Event::Refuse(status) => {
                            let headers = Headers::default();
                            outcome = Some(Ok(Response { status: *status, headers, body: Vec::new() }));
                        }
                        Event::Break => outcome = Some(Err(Failure::Interrupted("reset".to_owned()))),
                        Event::Other(which) => at = which % under_way.len().max(1),
                        Event::Kill => {
                            if let Some(checkpoint) = &checkpoint {
                                pull = Pull::resume(source(history.splits), options(history), checkpoint);
                                under_way.clear();
                            }
                        }
                    }
                }
                if under_way.is_empty() {
                    continue;
                }
                let (ticket, request) = under_way.remove(at.min(under_way.len() - 1));
                let outcome = outcome.unwrap_or_else(|| Ok(world.answer(&request)));
                world.clock += 1;
                pull.received(ticket, outcome, moment).expect("nothing here ends a pull");
            }
        }
    }
    panic!("the pull does not end: {history:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_guarantee_holds_in_every_history(history in history()) {
        let (world, delivered, report) = run(&history);
        prop_assert!(report.is_done);
        let ids: BTreeSet<u32> = delivered.iter().map(|(_, id)| *id).collect();
        prop_assert_eq!(ids.len(), delivered.len(), "a row came twice");
        prop_assert!(delivered.is_sorted_by_key(|(at, _)| *at), "out of the order of time");
        for (at, _) in &delivered {
            prop_assert!(*at <= AS_OF, "behind the as-of");
        }
        if report.guarantee == Guarantee::Exact {
            for (id, life) in &world.rows {
                let lived_through = life.born == 0 && life.died.is_none() && life.at <= AS_OF;
                prop_assert!(!lived_through || ids.contains(id), "row {} is missing", id);
            }
        }
    }
}

#[test]
fn a_quiet_list_is_pulled_whole_with_few_requests() {
    let history = History {
        times: (0..100).collect(),
        size: 10,
        concurrency: 4,
        includes_ends: true,
        splits: false,
        events: Vec::new(),
    };
    let (_, delivered, report) = run(&history);
    assert_eq!((delivered.len(), report.rows), (100, 100));
    assert_eq!(report.guarantee, Guarantee::Exact);
    assert!(report.requests <= 20, "{report:?}");
}

#[test]
fn a_spent_budget_ends_at_a_checkpoint_that_leads_on() {
    let history = History {
        times: (0..60).collect(),
        size: 5,
        concurrency: 2,
        includes_ends: false,
        splits: true,
        events: Vec::new(),
    };
    let mut world = World::default();
    for at in &history.times {
        world.insert(*at);
    }
    let moment = Moment { now: Timestamp::from_unix_millis(BASE + 1_000), entropy: 0 };
    let mut ids = Vec::new();
    let mut checkpoint: Option<Checkpoint> = None;
    let mut runs = 0;
    loop {
        runs += 1;
        let budget = Budget { requests: Some(4), ..Budget::default() };
        let options = PullOptions { budget, ..options(&history) };
        let mut pull = match &checkpoint {
            Some(checkpoint) => Pull::resume(source(true), options, checkpoint),
            None => Pull::new(source(true), options),
        };
        let mut under_way = Vec::new();
        let report = loop {
            match pull.next(moment).expect("goes on") {
                PullStep::Send(ticket, request) => under_way.push((ticket, request)),
                PullStep::Page(page) => {
                    ids.extend(page.rows.into_iter().filter_map(|row| row.id));
                    checkpoint = Some(page.checkpoint);
                }
                PullStep::Wait(_) => {
                    let (ticket, request) = under_way.remove(0);
                    pull.received(ticket, Ok(world.answer(&request)), moment).expect("goes on");
                }
                PullStep::Done(report) => break report,
            }
        };
        if report.is_done {
            break;
        }
        assert!(runs < 60, "each run gets on");
    }
    assert!(runs > 3, "the budget was spent several times");
    assert_eq!(ids.len(), 60);
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), 60);
}
