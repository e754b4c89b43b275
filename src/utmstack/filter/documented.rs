use super::compile::{unsupported, wire};
use super::field::exact_field;
use super::real::is_instant;
use super::test::Test;
use crate::error::Error;
use crate::utmstack::dialect::Dialect;
use serde_json::{Value, json};

const FIRST: &str = "1970-01-01T00:00:00.000Z";
const LAST: &str = "9999-12-31T23:59:59.999Z";

/// What the vendor's pages want to be sent: twelve operators (docs/utmstack.md, A.2).
pub(super) fn of_test(field: &str, wanted: &Test) -> Result<Vec<Value>, Error> {
    let field = exact_field(field, false);
    let one = |operator: &str, value: Value| Ok(vec![wire(field.as_str(), operator, value)]);
    match wanted {
        Test::Is(value) => one("IS", value.clone()),
        Test::IsNot(value) => one("IS_NOT", value.clone()),
        Test::OneOf(values) => one("IS_IN", json!(values)),
        Test::NotOneOf(values) => one("IS_NOT_IN", json!(values)),
        Test::OneOfOr(values) => one("IS_IN", json!(values)),
        Test::Contains(text) => one("CONTAINS", json!(text)),
        Test::StartsWith(text) => one("STARTS_WITH", json!(text)),
        Test::EndsWith(text) => one("ENDS_WITH", json!(text)),
        Test::Between(from, to) => one("IS_BETWEEN", json!([from, to])),
        Test::GreaterThan(value) | Test::AtLeast(value) | Test::LessThan(value) | Test::AtMost(value) => {
            compared(&field, wanted, value)
        }
        Test::NotContains(_)
        | Test::ContainsOneOf(_)
        | Test::NotContainsOneOf(_)
        | Test::NotStartsWith(_)
        | Test::NotEndsWith(_)
        | Test::Exists
        | Test::NotExists
        | Test::NotBetween(..)
        | Test::InAnyField(_)
        | Test::NotInAnyField(_) => {
            let what = format!("filter {field} by \"{}\"", wanted.words());
            let instead = "Its operators are is, is not, contains, starts with, ends with, one of, none of, between \
                           and comparisons.";
            Err(unsupported(Dialect::Documented, &what, instead))
        }
    }
}

/// Comparisons are for numbers; for instants there is only the range, both ends of which count.
fn compared(field: &str, wanted: &Test, value: &Value) -> Result<Vec<Value>, Error> {
    if value.is_number() {
        let operator = match wanted {
            Test::GreaterThan(_) => "GREATER_THAN",
            Test::AtLeast(_) => "GREATER_EQUAL",
            Test::LessThan(_) => "LESS_THAN",
            _ => "LESS_EQUAL",
        };
        return Ok(vec![wire(field, operator, value.clone())]);
    }
    let range = match wanted {
        _ if !value.as_str().is_some_and(is_instant) => None,
        Test::AtLeast(_) => Some(json!([value, LAST])),
        Test::AtMost(_) => Some(json!([FIRST, value])),
        _ => None,
    };
    range.map(|range| vec![wire(field, "IS_BETWEEN", range)]).ok_or_else(|| {
        let what = format!("compare {field} with {value} by \"{}\"", wanted.words());
        unsupported(
            Dialect::Documented,
            &what,
            "Use \"at least\" or \"at most\" with an instant, or a number.",
        )
    })
}
