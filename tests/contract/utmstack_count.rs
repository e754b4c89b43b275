use crate::live::Live;
use triagekit::machine::drive;
use triagekit::utmstack::{Filter, SearchOptions};
use triagekit_demo::Config;

#[test]
fn counts_are_exact_below_ten_thousand_and_at_least_from_there() {
    let mut live = Live::start(Config { uptycs_alerts: 0, utmstack_alerts: 10_500, ..Config::default() });
    let all = live.utmstack().count(&SearchOptions::default(), Live::now()).expect("a count");
    let total = drive(&mut { all }, &mut live, |page| match page {}).expect("counts");
    assert_eq!((total.value, total.is_exact), (10_000, false));

    let high = SearchOptions { filters: vec![Filter::at_least("severity", 3)], ..SearchOptions::default() };
    let mut machine = live.utmstack().alerts(&high, Live::now()).expect("a search");
    let (ids, _) = live.ids(&mut machine).expect("comes whole");
    let mut machine = live.utmstack().count(&high, Live::now()).expect("a count");
    let total = drive(&mut machine, &mut live, |page| match page {}).expect("counts");
    assert!(total.is_exact && !ids.is_empty());
    assert_eq!(total.value, u64::try_from(ids.len()).expect("small"));
}

#[test]
fn open_alerts_are_those_of_status_2_without_the_tag() {
    let mut live = Live::start(Config { uptycs_alerts: 0, utmstack_alerts: 2_000, ..Config::default() });
    let mut machine = live.utmstack().count_open();
    let open = drive(&mut machine, &mut live, |page| match page {}).expect("counts");
    let options = SearchOptions {
        filters: vec![Filter::equals("status", 2), Filter::false_positive(false)],
        ..SearchOptions::default()
    };
    let mut machine = live.utmstack().alerts(&options, Live::now()).expect("a search");
    let (ids, _) = live.ids(&mut machine).expect("comes whole");
    assert_eq!(open.value, u64::try_from(ids.len()).expect("small"));
    assert!(open.is_exact && open.value > 0);
}
