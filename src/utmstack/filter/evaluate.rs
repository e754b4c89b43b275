//! A small evaluator of filters, and the proof that what is compiled means what was asked.

use super::build::Filter;
use super::test::Test;
use crate::utmstack::dialect::Dialect;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The text fields, number fields and instants of the documents that are made up here.
const TEXT: [&str; 2] = ["name", "dataSource"];
const WORDS: [&str; 7] = ["Brute force", "brute", "Brute", "force", "Many Brute force logons", "dc-01", "X"];
const INSTANTS: [&str; 3] =
    ["2026-01-01T00:00:00.000Z", "2026-06-01T00:00:00.000Z", "2026-11-21T08:00:00.000Z"];

fn text(document: &Map<String, Value>, field: &str) -> Option<String> {
    document.get(field.strip_suffix(".keyword").unwrap_or(field)).map(super::json::as_text)
}

/// Numbers by size, instants by their text, which orders them.
fn order(left: &Value, right: &Value) -> Option<core::cmp::Ordering> {
    match (left.as_f64(), right.as_f64()) {
        (Some(left), Some(right)) => left.partial_cmp(&right),
        _ => Some(left.as_str()?.cmp(right.as_str()?)),
    }
}

/// What a test means, whatever the version.
fn holds(document: &Map<String, Value>, field: &str, is_exact: bool, wanted: &Test, is_real: bool) -> bool {
    let value = document.get(field);
    let own = text(document, field);
    let equal = |wanted: &Value| match (&own, wanted) {
        (Some(own), Value::String(wanted)) if TEXT.contains(&field) && is_real && !is_exact => {
            phrase(own, wanted)
        }
        (Some(own), wanted) => *own == super::json::as_text(wanted),
        (None, _) => false,
    };
    let contains =
        |wanted: &str| own.as_ref().is_some_and(|own| own.to_lowercase().contains(&wanted.to_lowercase()));
    let compared = |wanted: &Value| value.and_then(|value| order(value, wanted));
    let between = |from: &Value, to: &Value| {
        compared(from).is_some_and(core::cmp::Ordering::is_ge)
            && compared(to).is_some_and(core::cmp::Ordering::is_le)
    };
    match wanted {
        Test::Is(wanted) => equal(wanted),
        Test::IsNot(wanted) => !equal(wanted),
        Test::OneOf(wanted) => wanted.iter().any(equal),
        Test::NotOneOf(wanted) => !wanted.iter().any(equal),
        Test::Contains(wanted) => contains(wanted),
        Test::NotContains(wanted) => !contains(wanted),
        Test::StartsWith(wanted) => own.is_some_and(|own| own.starts_with(wanted)),
        Test::NotStartsWith(wanted) => !own.is_some_and(|own| own.starts_with(wanted)),
        Test::EndsWith(wanted) => own.is_some_and(|own| own.ends_with(wanted)),
        Test::NotEndsWith(wanted) => !own.is_some_and(|own| own.ends_with(wanted)),
        Test::Exists => value.is_some(),
        Test::NotExists => value.is_none(),
        Test::Between(from, to) => between(from, to),
        Test::NotBetween(from, to) => !between(from, to),
        Test::GreaterThan(wanted) => compared(wanted).is_some_and(core::cmp::Ordering::is_gt),
        Test::AtLeast(wanted) => compared(wanted).is_some_and(core::cmp::Ordering::is_ge),
        Test::LessThan(wanted) => compared(wanted).is_some_and(core::cmp::Ordering::is_lt),
        Test::AtMost(wanted) => compared(wanted).is_some_and(core::cmp::Ordering::is_le),
        other => panic!("{other:?} is not evaluated here"),
    }
}

/// Whether the words of a phrase stand in a text one after the other, in any case.
fn phrase(text: &str, wanted: &str) -> bool {
    let words = |text: &str| text.to_lowercase().split([' ', '-']).map(str::to_owned).collect::<Vec<_>>();
    let (text, wanted) = (words(text), words(wanted));
    text.windows(wanted.len().max(1)).any(|window| window == wanted)
}

/// What a server does with a filter, by its operator's name (docs/utmstack.md, 3.1 and A.2).
fn answers(document: &Map<String, Value>, filter: &Value, is_real: bool) -> bool {
    let name = filter["field"].as_str().expect("a field");
    let field = name.strip_suffix(".keyword").unwrap_or(name);
    let is_exact = name.ends_with(".keyword");
    assert!(!is_exact || (TEXT.contains(&field) && is_real), "{name} is not there");
    let value = || filter["value"].clone();
    let word = || value().as_str().expect("text").to_owned();
    let list = || value().as_array().expect("a list").clone();
    let pair = || (filter["value"][0].clone(), filter["value"][1].clone());
    let operator = filter["operator"].as_str().expect("an operator");
    let wanted = match (is_real, operator) {
        (_, "IS") => Test::Is(value()),
        (_, "IS_NOT") => Test::IsNot(value()),
        (true, "IS_ONE_OF") | (false, "IS_IN") => Test::OneOf(list()),
        (true, "IS_ONE_OF_TERMS") => {
            assert!(list().iter().all(Value::is_string), "numbers fail the cast");
            Test::OneOf(list())
        }
        (true, "IS_NOT_ONE_OF") | (false, "IS_NOT_IN") => Test::NotOneOf(list()),
        (true, "CONTAIN") | (false, "CONTAINS") => Test::Contains(word()),
        (true, "DOES_NOT_CONTAIN") => Test::NotContains(word()),
        (true, "START_WITH") | (false, "STARTS_WITH") => Test::StartsWith(word()),
        (true, "NOT_START_WITH") => Test::NotStartsWith(word()),
        (_, "ENDS_WITH") => Test::EndsWith(word()),
        (true, "NOT_ENDS_WITH") => Test::NotEndsWith(word()),
        (true, "EXIST") => Test::Exists,
        (true, "DOES_NOT_EXIST") => Test::NotExists,
        (_, "IS_BETWEEN") => Test::Between(pair().0, pair().1),
        (true, "IS_NOT_BETWEEN") => Test::NotBetween(pair().0, pair().1),
        (false, "GREATER_THAN") => Test::GreaterThan(value()),
        (false, "GREATER_EQUAL") => Test::AtLeast(value()),
        (false, "LESS_THAN") => Test::LessThan(value()),
        (false, "LESS_EQUAL") => Test::AtMost(value()),
        (_, other) => panic!("this server does not know {other}"),
    };
    holds(document, field, is_exact, &wanted, is_real)
}

fn document() -> impl Strategy<Value = Map<String, Value>> {
    let word = || proptest::option::of(proptest::sample::select(&WORDS[..]));
    let at = proptest::sample::select(&INSTANTS[..]);
    let score = proptest::option::of(0..6_i64);
    (word(), word(), 1..4_i64, score, at).prop_map(|(name, source, severity, score, at)| {
        let fields = [
            ("name", name.map(Value::from)),
            ("dataSource", source.map(Value::from)),
            ("severity", Some(json!(severity))),
            ("impactScore", score.map(Value::from)),
            ("@timestamp", Some(json!(at))),
        ];
        fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect()
    })
}

fn of_text() -> impl Strategy<Value = Test> {
    let word = || proptest::sample::select(&WORDS[..]).prop_map(str::to_owned);
    let words = || proptest::collection::vec(word().prop_map(Value::from), 1..4);
    prop_oneof![
        word().prop_map(|word| Test::Is(word.into())),
        word().prop_map(|word| Test::IsNot(word.into())),
        words().prop_map(Test::OneOf),
        words().prop_map(Test::NotOneOf),
        word().prop_map(Test::Contains),
        word().prop_map(Test::NotContains),
        word().prop_map(Test::StartsWith),
        word().prop_map(Test::NotStartsWith),
        word().prop_map(Test::EndsWith),
        word().prop_map(Test::NotEndsWith),
        Just(Test::Exists),
        Just(Test::NotExists),
    ]
}

fn of_size(value: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Test> {
    prop_oneof![
        value.clone().prop_map(Test::GreaterThan),
        value.clone().prop_map(Test::AtLeast),
        value.clone().prop_map(Test::LessThan),
        value.clone().prop_map(Test::AtMost),
        (value.clone(), value.clone()).prop_map(|(from, to)| Test::Between(from, to)),
        (value.clone(), value).prop_map(|(from, to)| Test::NotBetween(from, to)),
    ]
}

fn asked() -> impl Strategy<Value = (&'static str, bool, Test)> {
    let numbers = (0..7_i64).prop_map(Value::from);
    let instants = proptest::sample::select(&INSTANTS[..]).prop_map(Value::from);
    prop_oneof![
        (proptest::sample::select(&TEXT[..]), any::<bool>(), of_text()),
        (Just("severity"), Just(false), of_size(numbers.clone())),
        (Just("impactScore"), Just(false), of_size(numbers)),
        (Just("@timestamp"), Just(false), of_size(instants)),
    ]
}

proptest! {
    /// What cannot be expressed is an error; what is sent finds the same documents on every version.
    #[test]
    fn what_is_compiled_means_what_was_asked(document in document(), (field, is_exact, wanted) in asked()) {
        // Beginnings and ends of text are asked of whole values only: servers compare single words otherwise.
        let is_of_ends = matches!(
            wanted, Test::StartsWith(_) | Test::NotStartsWith(_) | Test::EndsWith(_) | Test::NotEndsWith(_)
        );
        let is_exact = is_exact || is_of_ends;
        let filter = if is_exact { Filter::exact(field, wanted.clone()) } else { Filter::new(field, wanted.clone()) };
        for dialect in Dialect::ALL {
            match filter.compile(dialect) {
                Ok(wire) => {
                    let found = wire.iter().all(|wire| answers(&document, wire, dialect.is_real()));
                    let meant = holds(&document, field, is_exact, &wanted, dialect.is_real());
                    prop_assert_eq!(found, meant, "{:?} {:?} as {:?}", document, filter, wire);
                }
                Err(error) => {
                    prop_assert_eq!(error.code(), "unsupported");
                    prop_assert_eq!(dialect, Dialect::Documented, "servers can express {:?}", filter);
                }
            }
        }
    }
}
