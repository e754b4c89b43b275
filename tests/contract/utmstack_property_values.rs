use crate::live::Live;
use crate::utmstack_dialect::{ALL, server};
use triagekit::machine::drive;
use triagekit::utmstack::{Facet, FacetRequest, Filter, SearchOptions, ValueOptions};
use triagekit_demo::Personality;

#[test]
fn counts_of_values_come_in_one_order_from_every_version() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 500);
        let client = live.utmstack();
        let options = ValueOptions { top: 50, ..ValueOptions::default() };
        let machine = client.property_values("severity", &SearchOptions::default(), options, Live::now());
        let counts = drive(&mut machine.expect("values"), &mut live, |page| match page {}).expect("counts");
        assert_eq!(counts.sum(), 500, "{dialect}");
        assert!(counts.0.is_sorted_by(|a, b| a.count >= b.count), "{dialect} {counts:?}");

        let machine = client.property_values("name", &SearchOptions::default(), options, Live::now());
        let counts = drive(&mut machine.expect("values"), &mut live, |page| match page {}).expect("counts");
        assert!(counts.0.len() > 1, "{dialect}");
    }
}

#[test]
fn a_facet_keeps_what_was_not_ticked() {
    for (personality, dialect) in ALL {
        let mut live = server(personality, 500);
        let client = live.utmstack();
        let search =
            SearchOptions { filters: vec![Filter::equals("severity", 3)], ..SearchOptions::default() };
        let request = |field: &str| FacetRequest {
            field: field.to_owned(),
            containing: None,
            options: ValueOptions { top: 50, ..ValueOptions::default() },
        };
        let requests = [request("severity"), request("status")];
        let mut facets = Vec::new();
        let mut machine = client.facets(&requests, &search, Live::now()).expect("facets");
        drive(&mut machine, &mut live, |facet: Facet| facets.push(facet)).expect("ends");
        let sums: Vec<(&str, u64)> =
            facets.iter().map(|facet| (facet.field.as_str(), facet.values.sum())).collect();
        let high = facets.first().and_then(|facet| facet.values.0.iter().find(|item| item.value == "3"));
        assert_eq!(sums, [("severity", 500), ("status", high.expect("some").count)], "{dialect}");
    }
}

#[test]
fn fields_are_listed_with_their_types() {
    for personality in [Personality::V10, Personality::V11] {
        let mut live = server(personality, 50);
        let mut machine = live.utmstack().index_properties().expect("a list");
        let fields = drive(&mut machine, &mut live, |page| match page {}).expect("lists");
        for (name, kind) in [("status", "long"), ("name", "text"), ("name.keyword", "keyword")] {
            assert!(fields.iter().any(|field| field.name == name && field.kind == kind), "{name} {fields:?}");
        }
    }
}
