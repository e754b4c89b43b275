use super::test::Test;
use crate::error::Error;
use serde_json::Value;

/// The names of operators that servers know (docs/utmstack.md, 3.1); only version 11 knows the last.
pub(super) const REAL: [&str; 22] = [
    "IS",
    "IS_NOT",
    "IS_ONE_OF",
    "IS_NOT_ONE_OF",
    "IS_ONE_OF_TERMS",
    "CONTAIN",
    "DOES_NOT_CONTAIN",
    "CONTAIN_ONE_OF",
    "DOES_NOT_CONTAIN_ONE_OF",
    "EXIST",
    "DOES_NOT_EXIST",
    "IS_BETWEEN",
    "IS_NOT_BETWEEN",
    "IS_GREATER_THAN",
    "IS_LESS_THAN_OR_EQUALS",
    "START_WITH",
    "NOT_START_WITH",
    "ENDS_WITH",
    "NOT_ENDS_WITH",
    "IS_IN_FIELDS",
    "IS_NOT_IN_FIELDS",
    "IS_ONE_OF_TERMS_OR",
];

/// The names of operators that the vendor's pages list (docs/utmstack.md, A.2).
pub(super) const DOCUMENTED: [&str; 12] = [
    "IS",
    "IS_NOT",
    "CONTAINS",
    "STARTS_WITH",
    "ENDS_WITH",
    "GREATER_THAN",
    "GREATER_EQUAL",
    "LESS_THAN",
    "LESS_EQUAL",
    "IS_BETWEEN",
    "IS_IN",
    "IS_NOT_IN",
];

/// Reads a filter of either vocabulary as what it means; `None` for an operator that neither has.
pub(super) fn read(filter: &Value) -> Result<Option<(&str, Test)>, Error> {
    let (Some(field), Some(operator)) = (text(filter, "field"), text(filter, "operator")) else {
        return Err(Error::InvalidArgument(
            "A filter is an object with \"field\", \"operator\" and \"value\", such as \
             {\"field\":\"status\",\"operator\":\"IS\",\"value\":2}."
                .to_owned(),
        ));
    };
    let value = filter.get("value").cloned().unwrap_or(Value::Null);
    let expected = |what: &str| {
        Error::InvalidArgument(format!("The filter {operator} on {field} needs {what} as its value."))
    };
    let list = || value.as_array().cloned().ok_or_else(|| expected("a list"));
    let texts = || list().map(|list| list.iter().map(as_text).collect::<Vec<_>>());
    let pair = || match list()?.as_slice() {
        [from, to] => Ok((from.clone(), to.clone())),
        _ => Err(expected("a list of two")),
    };
    let scalar = || {
        if value.is_array() || value.is_object() || value.is_null() {
            Err(expected("text, a number or a boolean"))
        } else {
            Ok(value.clone())
        }
    };
    let phrase = || scalar().map(|value| as_text(&value));
    let test = match operator {
        "IS" | "EQUALS" => Test::Is(scalar()?),
        "IS_NOT" => Test::IsNot(scalar()?),
        "IS_ONE_OF" | "IS_IN" | "IS_ONE_OF_TERMS" => Test::OneOf(list()?),
        "IS_NOT_ONE_OF" | "IS_NOT_IN" => Test::NotOneOf(list()?),
        "IS_ONE_OF_TERMS_OR" => Test::OneOfOr(texts()?),
        "CONTAIN" | "CONTAINS" => Test::Contains(phrase()?),
        "DOES_NOT_CONTAIN" => Test::NotContains(phrase()?),
        "CONTAIN_ONE_OF" => Test::ContainsOneOf(texts()?),
        "DOES_NOT_CONTAIN_ONE_OF" => Test::NotContainsOneOf(texts()?),
        "START_WITH" | "STARTS_WITH" => Test::StartsWith(phrase()?),
        "NOT_START_WITH" => Test::NotStartsWith(phrase()?),
        "ENDS_WITH" => Test::EndsWith(phrase()?),
        "NOT_ENDS_WITH" => Test::NotEndsWith(phrase()?),
        "EXIST" => Test::Exists,
        "DOES_NOT_EXIST" => Test::NotExists,
        "IS_BETWEEN" => pair().map(|(from, to)| Test::Between(from, to))?,
        "IS_NOT_BETWEEN" => pair().map(|(from, to)| Test::NotBetween(from, to))?,
        "IS_GREATER_THAN" | "GREATER_THAN" => Test::GreaterThan(scalar()?),
        "GREATER_EQUAL" => Test::AtLeast(scalar()?),
        "LESS_THAN" => Test::LessThan(scalar()?),
        "IS_LESS_THAN_OR_EQUALS" | "LESS_EQUAL" => Test::AtMost(scalar()?),
        "IS_IN_FIELDS" => Test::InAnyField(phrase()?),
        "IS_NOT_IN_FIELDS" => Test::NotInAnyField(phrase()?),
        _ => return Ok(None),
    };
    Ok(Some((field, test)))
}

fn text<'a>(filter: &'a Value, name: &str) -> Option<&'a str> {
    filter.get(name).and_then(Value::as_str)
}

/// A scalar as text, without the quotes of JSON.
pub(super) fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}
