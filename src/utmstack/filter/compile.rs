use super::build::{Filter, Kind};
use super::test::Test;
use super::{documented, json, real};
use crate::error::Error;
use crate::utmstack::dialect::Dialect;
use serde_json::{Value, json};

/// The tag's spellings (docs/utmstack.md, 4.1 and A.2); the first is the system's.
const FALSE_POSITIVE: [&str; 2] = ["False positive", "False Positive"];

impl Filter {
    /// What a version's servers are sent for this condition: filters that must all hold.
    ///
    /// # Errors
    ///
    /// [`Error::Unsupported`] where the version cannot express it, [`Error::InvalidArgument`] for a value that no
    /// version could take, such as an empty list.
    pub fn compile(&self, dialect: Dialect) -> Result<Vec<Value>, Error> {
        compile(core::slice::from_ref(self), dialect)
    }
}

/// Compiles conditions that must all hold.
pub(in crate::utmstack) fn compile(filters: &[Filter], dialect: Dialect) -> Result<Vec<Value>, Error> {
    let mut wire = Vec::with_capacity(filters.len());
    let mut alternatives = 0;
    for filter in filters {
        match &filter.0 {
            Kind::Raw(value) => match json::read(value)? {
                Some((field, test)) if !is_native(value, dialect) => {
                    alternatives += usize::from(matches!(test, Test::OneOfOr(_)));
                    wire.extend(of_test(field, false, &test, dialect)?);
                }
                // Also what nobody here knows: the server may be newer than this.
                _ => wire.push(value.clone()),
            },
            Kind::Condition { field, is_exact, test } => {
                alternatives += usize::from(matches!(test, Test::OneOfOr(_)));
                wire.extend(of_test(field, *is_exact, test, dialect)?);
            }
            Kind::FalsePositive(is_so) => wire.push(false_positive(*is_so, dialect)),
        }
    }
    if alternatives > 1 && dialect != Dialect::V11 {
        return Err(unsupported(
            dialect,
            "join several conditions by \"or\"",
            "Search once for each of them.",
        ));
    }
    Ok(wire)
}

fn of_test(field: &str, is_exact: bool, wanted: &Test, dialect: Dialect) -> Result<Vec<Value>, Error> {
    check(field, wanted)?;
    if dialect.is_real() {
        real::of_test(field, is_exact, wanted, dialect)
    } else {
        documented::of_test(field, wanted)
    }
}

/// What no version could make sense of.
fn check(field: &str, wanted: &Test) -> Result<(), Error> {
    let is_empty = match wanted {
        Test::OneOf(list) | Test::NotOneOf(list) => list.is_empty(),
        Test::OneOfOr(list) | Test::ContainsOneOf(list) | Test::NotContainsOneOf(list) => list.is_empty(),
        Test::Contains(text)
        | Test::NotContains(text)
        | Test::StartsWith(text)
        | Test::NotStartsWith(text)
        | Test::EndsWith(text)
        | Test::NotEndsWith(text)
        | Test::InAnyField(text)
        | Test::NotInAnyField(text) => text.trim().is_empty(),
        _ => false,
    };
    if field.trim().is_empty() {
        return Err(Error::InvalidArgument("A filter needs the name of a field; it is empty.".to_owned()));
    }
    if is_empty {
        let words = wanted.words();
        return Err(Error::InvalidArgument(format!(
            "The filter \"{field} {words}\" has nothing to compare with. Give a value, or leave the filter out."
        )));
    }
    Ok(())
}

fn is_native(filter: &Value, dialect: Dialect) -> bool {
    let operator = filter.get("operator").and_then(Value::as_str).unwrap_or_default();
    match dialect {
        Dialect::V10 => operator != "IS_ONE_OF_TERMS_OR" && json::REAL.contains(&operator),
        Dialect::V11 => json::REAL.contains(&operator),
        Dialect::Documented => json::DOCUMENTED.contains(&operator),
    }
}

/// Servers compare phrases without regard to case, so one spelling finds both; the documented version compares exactly.
fn false_positive(is_so: bool, dialect: Dialect) -> Value {
    match (dialect.is_real(), is_so) {
        (true, true) => wire("tags", "IS", FALSE_POSITIVE[0]),
        (true, false) => wire("tags", "IS_NOT", FALSE_POSITIVE[0]),
        (false, true) => wire("tags", "IS_IN", json!(FALSE_POSITIVE)),
        (false, false) => wire("tags", "IS_NOT_IN", json!(FALSE_POSITIVE)),
    }
}

/// A filter as servers take it.
pub(super) fn wire(field: impl Into<String>, operator: &str, value: impl Into<Value>) -> Value {
    json!({ "field": field.into(), "operator": operator, "value": value.into() })
}

/// Says what a version cannot express, and what to do instead.
pub(super) fn unsupported(dialect: Dialect, what: &str, instead: &str) -> Error {
    Error::Unsupported(format!("{dialect} cannot {what}. {instead}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn compiled(filter: Filter, dialect: Dialect) -> String {
        compile(&[filter], dialect)
            .map_or_else(|error| error.code().to_owned(), |wire| Value::Array(wire).to_string())
    }

    fn raw(field: &str, operator: &str, value: Value) -> Filter {
        Filter::from(wire(field, operator, value))
    }

    #[test]
    fn what_a_version_knows_passes_unchanged_and_what_only_another_knows_is_translated() {
        for (operator, value, v10, documented) in [
            ("IS_ONE_OF", json!([2, 3]), "IS_ONE_OF", "IS_IN"),
            ("IS_IN", json!([2, 3]), "IS_ONE_OF", "IS_IN"),
            ("CONTAIN", json!("a"), "CONTAIN", "CONTAINS"),
            ("CONTAINS", json!("a"), "CONTAIN", "CONTAINS"),
            ("STARTS_WITH", json!("a"), "START_WITH", "STARTS_WITH"),
            ("IS_BETWEEN", json!(["now-24h", "now"]), "IS_BETWEEN", "IS_BETWEEN"),
            ("SOUNDS_LIKE", json!("a"), "SOUNDS_LIKE", "SOUNDS_LIKE"),
        ] {
            for (dialect, expected) in
                [(Dialect::V10, v10), (Dialect::V11, v10), (Dialect::Documented, documented)]
            {
                let wire = wire("port", expected, value.clone());
                assert_eq!(
                    compiled(raw("port", operator, value.clone()), dialect),
                    Value::Array(vec![wire]).to_string()
                );
            }
        }
    }

    #[test]
    fn what_a_version_cannot_express_is_an_error_that_names_the_version() {
        let error = Filter::exists("notes").compile(Dialect::Documented).expect_err("no such operator");
        assert_eq!(error.code(), "unsupported");
        assert!(error.to_string().starts_with("UTMStack (API version as documented) cannot"), "{error}");
        let two = [
            Filter::new("a", Test::OneOfOr(vec!["x".to_owned()])),
            Filter::new("b", Test::OneOfOr(vec!["y".to_owned()])),
        ];
        assert!(compile(&two, Dialect::V11).is_ok());
        assert_eq!(compile(&two, Dialect::V10).map_err(|error| error.code()), Err("unsupported"));
        assert!(compile(&two[..1], Dialect::V10).is_ok(), "one alone needs no or");
    }

    #[test]
    fn nothing_to_compare_with_is_refused_before_it_is_sent() {
        let nothing: [&str; 0] = [];
        for filter in [
            Filter::one_of("a", nothing),
            Filter::contains("a", " "),
            Filter::equals("", 1),
            Filter::from(json!({"status": 2})),
            raw("a", "IS_NOT_BETWEEN", json!([1])),
        ] {
            assert_eq!(compiled(filter, Dialect::Documented), "invalid_argument");
        }
    }

    #[test]
    fn both_spellings_of_the_tag_are_met() {
        assert_eq!(
            compiled(Filter::false_positive(false), Dialect::V10),
            r#"[{"field":"tags","operator":"IS_NOT","value":"False positive"}]"#
        );
        assert_eq!(
            compiled(Filter::false_positive(false), Dialect::Documented),
            r#"[{"field":"tags","operator":"IS_NOT_IN","value":["False positive","False Positive"]}]"#
        );
    }
}
