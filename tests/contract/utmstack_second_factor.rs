use crate::live::Live;
use triagekit::machine::drive;
use triagekit::utmstack::Client;
use triagekit_demo::{Config, Personality};

fn server(utmstack: Personality) -> Live {
    Live::start(Config { uptycs_alerts: 0, utmstack_alerts: 20, utmstack, tfa: true, ..Config::default() })
}

/// The code that the server has sent.
fn sent(live: &Live) -> String {
    let url = format!("{}/_demo/second-factor?login=admin", live.base_url());
    ureq::get(url).call().expect("a code").body_mut().read_to_string().expect("text")
}

fn sign_in(live: &mut Live, client: &Client) -> String {
    let mut machine = client.sign_in();
    match drive(&mut machine, live, |page| match page {}) {
        Ok(_) => "signed in".to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

#[test]
fn a_code_is_asked_for_and_opens_the_session() {
    for personality in [Personality::V10, Personality::V11] {
        let mut live = server(personality);
        let client = live.utmstack();
        assert_eq!(sign_in(&mut live, &client), "second_factor_required");
        assert!(client.code_prompt().is_some_and(|prompt| prompt.is_enrolled));
        let first = sent(&live);
        assert_eq!(sign_in(&mut live, &client), "second_factor_required");
        assert_eq!(sent(&live), first, "waiting asks for no other code");

        let mut machine = client.enter_code("000000x").expect("a code");
        let error = drive(&mut machine, &mut live, |page| match page {}).expect_err("wrong");
        assert_eq!(error.code(), "second_factor_required");
        let mut machine = client.enter_code(&first).expect("a code");
        drive(&mut machine, &mut live, |page| match page {}).expect("signed in");
        assert_eq!(client.code_prompt(), None);
        assert!(live.waits.is_empty(), "nothing was repeated");
    }
}

#[test]
fn another_code_is_sent_when_it_is_asked_for() {
    let mut live = server(Personality::V11);
    let client = live.utmstack();
    assert_eq!(sign_in(&mut live, &client), "second_factor_required");
    let mut machine = client.resend_code().expect("another");
    let error = drive(&mut machine, &mut live, |page| match page {}).expect_err("waits for it");
    assert_eq!(error.code(), "second_factor_required");
    let code = sent(&live);
    let mut machine = client.enter_code(&code).expect("a code");
    drive(&mut machine, &mut live, |page| match page {}).expect("signed in");
}
