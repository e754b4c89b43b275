use super::compile::{unsupported, wire};
use super::field::exact_field;
use super::json::as_text;
use super::test::Test;
use crate::error::Error;
use crate::time::Timestamp;
use crate::utmstack::dialect::Dialect;
use serde_json::{Value, json};

/// The highest severity; there is no 4 (docs/utmstack.md, 4.1).
const SEVERITIES: [i64; 3] = [1, 2, 3];
const STATUSES: [i64; 4] = [1, 2, 3, 5];
/// The bounds of ranges that are open on one side: whole numbers that every JSON reader keeps, and instants that every
/// index takes.
const LEAST: i64 = -9_007_199_254_740_991;
const MOST: i64 = 9_007_199_254_740_991;
const FIRST: &str = "0001-01-01T00:00:00.000Z";
const LAST: &str = "9999-12-31T23:59:59.999Z";

/// What servers of versions 10 and 11 are sent (docs/utmstack.md, 3.1).
pub(super) fn of_test(
    field: &str,
    is_exact: bool,
    wanted: &Test,
    dialect: Dialect,
) -> Result<Vec<Value>, Error> {
    let name = |values: &[Value]| {
        if is_exact && values.iter().all(Value::is_string) {
            exact_field(field, true)
        } else {
            field.to_owned()
        }
    };
    let whole = || if is_exact { exact_field(field, true) } else { field.to_owned() };
    let one = |filter: Value| Ok(vec![filter]);
    match wanted {
        Test::Is(value) => one(wire(name(core::slice::from_ref(value)), "IS", value.clone())),
        Test::IsNot(value) => one(wire(name(core::slice::from_ref(value)), "IS_NOT", value.clone())),
        Test::OneOf(values) => {
            let name = name(values);
            // Exact terms have no limit that a list could meet; phrases are clauses, of which 1,024 fit a query.
            let is_terms = name.ends_with(".keyword") && values.iter().all(Value::is_string);
            one(wire(name, if is_terms { "IS_ONE_OF_TERMS" } else { "IS_ONE_OF" }, values.clone()))
        }
        Test::NotOneOf(values) => one(wire(name(values), "IS_NOT_ONE_OF", values.clone())),
        Test::OneOfOr(values) => {
            let operator = if dialect == Dialect::V11 { "IS_ONE_OF_TERMS_OR" } else { "IS_ONE_OF_TERMS" };
            one(wire(exact_field(field, true), operator, json!(values)))
        }
        Test::Contains(text) => one(wire(field, "CONTAIN", text.as_str())),
        Test::NotContains(text) => one(wire(field, "DOES_NOT_CONTAIN", text.as_str())),
        Test::ContainsOneOf(texts) => one(wire(field, "CONTAIN_ONE_OF", json!(texts))),
        Test::NotContainsOneOf(texts) => one(wire(field, "DOES_NOT_CONTAIN_ONE_OF", json!(texts))),
        Test::StartsWith(text) => one(wire(whole(), "START_WITH", text.as_str())),
        Test::NotStartsWith(text) => one(wire(whole(), "NOT_START_WITH", text.as_str())),
        Test::EndsWith(text) => one(wire(whole(), "ENDS_WITH", text.as_str())),
        Test::NotEndsWith(text) => one(wire(whole(), "NOT_ENDS_WITH", text.as_str())),
        Test::Exists => one(wire(field, "EXIST", "")),
        Test::NotExists => one(wire(field, "DOES_NOT_EXIST", "")),
        Test::Between(from, to) => one(wire(field, "IS_BETWEEN", json!([from, to]))),
        Test::NotBetween(from, to) => one(wire(field, "IS_NOT_BETWEEN", json!([from, to]))),
        Test::GreaterThan(value) | Test::AtLeast(value) | Test::LessThan(value) | Test::AtMost(value) => {
            compared(field, wanted, value, dialect)
        }
        Test::InAnyField(text) => one(wire(field, "IS_IN_FIELDS", text.as_str())),
        Test::NotInAnyField(text) => one(wire(field, "IS_NOT_IN_FIELDS", text.as_str())),
    }
}

/// Comparisons: servers have only ranges for numbers, and two one-sided operators that are sure for instants alone.
fn compared(field: &str, wanted: &Test, value: &Value, dialect: Dialect) -> Result<Vec<Value>, Error> {
    if let Some(codes) = codes(field)
        && let Some(bound) = value.as_f64()
    {
        let kept: Vec<i64> = codes.iter().copied().filter(|code| holds(wanted, *code, bound)).collect();
        // No code is like that: a condition that nothing meets.
        return Ok(vec![if kept.is_empty() {
            wire(field, "IS", -1)
        } else {
            wire(field, "IS_ONE_OF", json!(kept))
        }]);
    }
    let (least, most) = match value {
        Value::Number(_) => (json!(LEAST), json!(MOST)),
        Value::String(text) if is_instant(text) => (json!(FIRST), json!(LAST)),
        _ => {
            let shown: String = as_text(value).chars().take(40).collect();
            let what = format!("compare {field} with {shown:?} by \"{}\"", wanted.words());
            return Err(unsupported(dialect, &what, "Compare with a number or an instant."));
        }
    };
    Ok(match wanted {
        Test::AtLeast(_) => vec![wire(field, "IS_BETWEEN", json!([value, most]))],
        Test::AtMost(_) => vec![wire(field, "IS_BETWEEN", json!([least, value]))],
        // What lies outside of all that is less or equal, and is there at all.
        Test::GreaterThan(_) => {
            vec![wire(field, "IS_NOT_BETWEEN", json!([least, value])), wire(field, "EXIST", "")]
        }
        _ => vec![wire(field, "IS_NOT_BETWEEN", json!([value, most])), wire(field, "EXIST", "")],
    })
}

/// The values of a field that has only a few.
fn codes(field: &str) -> Option<&'static [i64]> {
    match field {
        "severity" => Some(&SEVERITIES),
        "status" => Some(&STATUSES),
        _ => None,
    }
}

fn holds(wanted: &Test, code: i64, bound: f64) -> bool {
    let Some(code) = i32::try_from(code).ok().map(f64::from) else { return false };
    match wanted {
        Test::GreaterThan(_) => code > bound,
        Test::AtLeast(_) => code >= bound,
        Test::LessThan(_) => code < bound,
        _ => code <= bound,
    }
}

/// An instant in a form that OpenSearch takes: ISO 8601, or date math from `now`.
pub(super) fn is_instant(text: &str) -> bool {
    text.starts_with("now") || text.contains("||") || Timestamp::parse(text).is_some() || is_date(text)
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && Timestamp::parse(&format!("{text}T00:00:00Z")).is_some()
}

#[cfg(test)]
mod tests {
    use super::super::build::Filter;
    use super::*;

    fn v10(filter: &Filter) -> String {
        Value::Array(filter.compile(Dialect::V10).expect("expressed")).to_string()
    }

    #[test]
    fn whole_text_is_compared_by_its_twin_and_numbers_by_themselves() {
        for (filter, expected) in [
            (Filter::equals("name", "a"), r#"[{"field":"name.keyword","operator":"IS","value":"a"}]"#),
            (Filter::equals("severity", 2), r#"[{"field":"severity","operator":"IS","value":2}]"#),
            (
                Filter::one_of("id.keyword", ["a"]),
                r#"[{"field":"id.keyword","operator":"IS_ONE_OF_TERMS","value":["a"]}]"#,
            ),
            (
                Filter::one_of("status", [2, 3]),
                r#"[{"field":"status","operator":"IS_ONE_OF","value":[2,3]}]"#,
            ),
            (
                Filter::starts_with("name", "A"),
                r#"[{"field":"name.keyword","operator":"START_WITH","value":"A"}]"#,
            ),
            (Filter::contains("name", "a"), r#"[{"field":"name","operator":"CONTAIN","value":"a"}]"#),
            (Filter::absent("parentId"), r#"[{"field":"parentId","operator":"DOES_NOT_EXIST","value":""}]"#),
        ] {
            assert_eq!(v10(&filter), expected);
        }
    }

    #[test]
    fn comparisons_become_lists_of_codes_or_ranges() {
        for (filter, expected) in [
            (Filter::at_most("status", 3), r#"[{"field":"status","operator":"IS_ONE_OF","value":[1,2,3]}]"#),
            (Filter::at_least("severity", 4), r#"[{"field":"severity","operator":"IS","value":-1}]"#),
            (
                Filter::at_least("impactScore", 2),
                r#"[{"field":"impactScore","operator":"IS_BETWEEN","value":[2,9007199254740991]}]"#,
            ),
            (
                Filter::at_least("@timestamp", "now-24h"),
                r#"[{"field":"@timestamp","operator":"IS_BETWEEN","value":["now-24h","9999-12-31T23:59:59.999Z"]}]"#,
            ),
        ] {
            assert_eq!(v10(&filter), expected);
        }
        let error = Filter::at_least("name", "a").compile(Dialect::V10).expect_err("text has no order");
        assert_eq!(error.code(), "unsupported");
    }
}
