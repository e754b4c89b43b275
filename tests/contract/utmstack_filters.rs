use crate::live::Live;
use crate::utmstack_dialect::{ALL, server};
use triagekit::machine::drive;
use triagekit::page::Page;
use triagekit::utmstack::{Alert, AlertPage, Client, Dialect, Filter, SearchOptions};

/// Whether an alert is one that a filter is to find.
type Expected = Box<dyn Fn(&Alert) -> bool>;

fn alerts(live: &mut Live, client: &Client, filters: &[Filter]) -> Vec<Alert> {
    let options = SearchOptions { filters: filters.to_vec(), ..SearchOptions::default() };
    let mut machine = client.alerts(&options, Live::now()).expect("a search");
    let mut alerts = Vec::new();
    drive(&mut machine, live, |page: Page| {
        let page = AlertPage::of(&page);
        assert!(page.odd.is_empty());
        alerts.extend(page.alerts);
    })
    .expect("comes whole");
    alerts
}

#[test]
fn one_builder_finds_the_same_on_every_version() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 600);
        let client = live.utmstack();
        let all = alerts(&mut live, &client, &[]);
        let name = all.iter().find_map(Alert::name).expect("a name").to_owned();
        let word: String = name.split(' ').next().expect("a word").to_owned();
        let is_severe = |alert: &Alert| alert.severity().is_some_and(|severity| severity >= 2);
        let cases: [(Filter, Expected); 6] = [
            (Filter::at_least("severity", 2), Box::new(is_severe)),
            (Filter::at_most("severity", 1), Box::new(move |alert| !is_severe(alert))),
            (Filter::equals("name", name.as_str()), {
                let name = name.clone();
                Box::new(move |alert| alert.name() == Some(&name))
            }),
            (Filter::one_of("name", [name.as_str(), "no such name"]), {
                let name = name.clone();
                Box::new(move |alert| alert.name() == Some(&name))
            }),
            (Filter::starts_with("name", word.as_str()), {
                let word = word.clone();
                Box::new(move |alert| alert.name().is_some_and(|name| name.starts_with(&word)))
            }),
            (Filter::false_positive(true), Box::new(Alert::is_false_positive)),
        ];
        for (filter, expected) in cases {
            let found = alerts(&mut live, &client, core::slice::from_ref(&filter));
            let count = all.iter().filter(|alert| expected(alert)).count();
            assert!(found.iter().all(&expected), "{dialect} {filter:?}");
            assert_eq!(found.len(), count, "{dialect} {filter:?}");
        }
    }
}

#[test]
fn what_a_version_cannot_express_is_said_before_anything_is_searched() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 20);
        let client = live.utmstack().with_dialect(dialect);
        let options = SearchOptions {
            filters: vec![Filter::exists("tags")],
            limit: Some(1),
            ..SearchOptions::default()
        };
        let outcome = client.alerts(&options, Live::now());
        if dialect == Dialect::Documented {
            assert_eq!(outcome.expect_err("no such operator").code(), "unsupported");
        } else {
            live.ids(&mut outcome.expect("a search")).expect("ends");
        }
    }
}
