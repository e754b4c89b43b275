use crate::live::Live;
use triagekit::machine::drive;
use triagekit::utmstack::{Dialect, SearchOptions};
use triagekit_demo::{Config, Personality};

/// Each generation with what the core calls it.
pub(crate) const ALL: [(Personality, Dialect); 3] = [
    (Personality::V10, Dialect::V10),
    (Personality::V11, Dialect::V11),
    (Personality::Documented, Dialect::Documented),
];

/// A server of a generation with some alerts, which changes nothing by itself.
pub(crate) fn server(utmstack: Personality, alerts: u32) -> Live {
    Live::start(Config { uptycs_alerts: 0, utmstack_alerts: alerts, utmstack, ..Config::default() })
}

#[test]
fn the_version_is_found_out_by_what_the_server_answers() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 40);
        let client = live.utmstack();
        assert_eq!(client.dialect(), None);
        let mut machine = client.alerts(&SearchOptions::default(), Live::now()).expect("a search");
        live.ids(&mut machine).expect("comes whole");
        assert_eq!(client.dialect(), Some(dialect));
    }
}

#[test]
fn every_version_gives_all_its_alerts_and_their_count() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 1_234);
        let client = live.utmstack();
        let options = SearchOptions { page_size: 100, ..SearchOptions::default() };
        let mut machine = client.alerts(&options, Live::now()).expect("a search");
        let (ids, _) = live.ids(&mut machine).expect("comes whole");
        assert_eq!(
            ids.into_iter().collect::<std::collections::BTreeSet<_>>(),
            live.existing("utmstack"),
            "{dialect}"
        );
        let existing = u64::try_from(live.existing("utmstack").len()).expect("small");
        for mut machine in [
            client.count(&options, Live::now()).expect("a count"),
            client.count_exactly(&options, Live::now()).expect("a count"),
        ] {
            let total = drive(&mut machine, &mut live, |page| match page {}).expect("counts");
            assert_eq!((total.value, total.is_exact), (existing, true), "{dialect}");
        }
    }
}

#[test]
fn a_server_without_alerts_is_told_by_what_else_it_says() {
    for (personality, dialect) in [(Personality::V10, Dialect::V10), (Personality::V11, Dialect::V11)] {
        let mut live = server(personality, 0);
        let client = live.utmstack();
        let mut machine = client.alerts(&SearchOptions::default(), Live::now()).expect("a search");
        assert_eq!(live.ids(&mut machine).expect("ends").0.len(), 0);
        assert_eq!(client.dialect(), Some(dialect));
    }
}
