//! Two people who change the same alert at once, in every order that their calls can fall into.

use super::tags::{TagChange, TagsWrite};
use crate::bulk::{BulkWrite, ItemResult, Outcome};
use crate::utmstack::dialect::Dialect;
use crate::utmstack::pretend::{Pretend, run, step};
use proptest::prelude::*;
use serde_json::json;

fn change() -> impl Strategy<Value = TagChange> {
    let tags = || {
        proptest::collection::vec(
            proptest::sample::select(&["a", "b", "c"][..]).prop_map(str::to_owned),
            1..3,
        )
    };
    prop_oneof![
        tags().prop_map(TagChange::Add),
        tags().prop_map(TagChange::Remove),
        tags().prop_map(TagChange::Replace)
    ]
}

fn tags(server: &mut Pretend) -> Vec<String> {
    serde_json::from_value(server.alert("x")["tags"].clone()).unwrap_or_default()
}

fn outcome(results: Option<Vec<ItemResult>>) -> Outcome {
    results.and_then(|results| results.into_iter().next()).map(|item| item.outcome).expect("one result")
}

proptest! {
    /// Who looked last tells the truth about what is there, and nobody whose change is gone says that it is there
    /// unless the other wrote after the look.
    #[test]
    fn nobody_is_told_what_the_last_look_did_not_show(
        (one, other) in (change(), change()),
        before in proptest::collection::vec(proptest::sample::select(&["a", "b", "z"][..]), 0..3),
        turns in proptest::collection::vec(any::<bool>(), 12),
    ) {
        let mut server = Pretend::new(Dialect::V11, &["x"]);
        server.alert("x")["tags"] = json!(before);
        let changes = [one, other];
        let mut chunks = changes.clone().map(|change| {
            TagsWrite::new(Dialect::V11, &change).and_then(|write| write.chunk(&["x".to_owned()])).expect("a chunk")
        });
        let mut reports: [Option<Vec<ItemResult>>; 2] = [None, None];
        let mut wrote_after_look = [false, false];
        // Turns as they fall, then whatever is left, one after the other.
        let rest = [false, true].into_iter().flat_map(|who| core::iter::repeat_n(who, 8));
        for turn in turns.into_iter().chain(rest) {
            let who = usize::from(turn);
            if reports[who].is_some() {
                continue;
            }
            let calls = server.calls.len();
            reports[who] = step(&mut chunks[who], &mut server).expect("goes on");
            let is_write = server.calls.len() > calls && server.calls[calls].contains("utm-alerts/tags");
            if is_write {
                wrote_after_look[1 - who] = true;
                wrote_after_look[who] = false;
            } else if server.calls.len() > calls {
                wrote_after_look[who] = false;
            }
        }
        let found = tags(&mut server);
        for (who, report) in reports.into_iter().enumerate() {
            let outcome = outcome(report);
            let is_there = changes[who].is_met_by(&found);
            if outcome.is_success() && !wrote_after_look[who] {
                prop_assert!(is_there, "{:?} said {:?}, and there is {:?}", changes[who], outcome, found);
            }
            if !outcome.is_success() {
                prop_assert!(matches!(outcome, Outcome::Collision(_) | Outcome::NotApplied(_)), "{:?}", outcome);
            }
        }
    }

    /// One after the other, both changes are made.
    #[test]
    fn one_after_the_other_collides_with_nothing((one, other) in (change(), change())) {
        let mut server = Pretend::new(Dialect::V10, &["x"]);
        for change in [one, other] {
            let write = TagsWrite::new(Dialect::V10, &change).expect("a change");
            let mut chunk = write.chunk(&["x".to_owned()]).expect("a chunk");
            let outcome = outcome(Some(run(&mut chunk, &mut server).expect("ends")));
            prop_assert!(outcome.is_success(), "{:?}", outcome);
            prop_assert!(change.is_met_by(&tags(&mut server)));
        }
    }
}
