use crate::live::Live;
use triagekit::machine::drive;
use triagekit::utmstack::SearchOptions;
use triagekit_demo::Config;

fn config() -> Config {
    Config { uptycs_alerts: 0, utmstack_alerts: 50, ..Config::default() }
}

#[test]
fn a_wrong_password_is_said_and_not_repeated() {
    let mut live = Live::start(config());
    let client = live.utmstack_with("CANARYCANARY");
    for _ in 0..20 {
        let mut machine = client.alerts(&SearchOptions::default(), Live::now()).expect("a search");
        let error = live.ids(&mut machine).expect_err("refused");
        assert_eq!((error.code(), error.status()), ("wrong_credentials", Some(401)));
        assert!(!format!("{error} {error:?} {machine:?}").contains("CANARY"), "{error}");
    }
    assert!(live.waits.is_empty());
    // Ten failures would have locked this address out (docs/utmstack.md, 2.1).
    let mut machine = live.utmstack().count_open();
    drive(&mut machine, &mut live, |page| match page {}).expect("not locked out");
}

#[test]
fn a_locked_address_is_told_to_wait() {
    let mut live = Live::start(config());
    for _ in 0..10 {
        let mut machine = live.utmstack_with("wrong").count_open();
        drive(&mut machine, &mut live, |page| match page {}).expect_err("refused");
    }
    let mut machine = live.utmstack().count_open();
    let error = drive(&mut machine, &mut live, |page| match page {}).expect_err("locked");
    assert_eq!((error.code(), error.status()), ("locked", Some(423)));
    assert!(live.waits.is_empty(), "nothing hammers a lockout");
}

#[test]
fn tokens_that_die_in_the_middle_of_a_search_cost_no_rows() {
    let mut live = Live::start(config());
    let client = live.utmstack();
    let options = SearchOptions { page_size: 10, ..SearchOptions::default() };
    let mut machine = client.alerts(&options, Live::now()).expect("a search");
    assert_eq!(live.ids(&mut machine).expect("comes whole").0.len(), 50);
    live.forget_tokens();
    let mut machine = client.alerts(&options, Live::now()).expect("a search");
    assert_eq!(live.ids(&mut machine).expect("comes whole").0.len(), 50);
}
