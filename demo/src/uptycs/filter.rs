//! The parameter `filters`: `{"field":{"operator":value},…}`, all of them to be met (docs/uptycs.md,
//! "Conventions").

use std::fmt::Write as _;

use rusqlite::types::Value as Sql;
use serde_json::{Map, Value};

use crate::instant::UtcInstant;
use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;
use crate::uptycs::resource::{Field, Kind, Resource};

/// A condition in SQL with its parameters.
#[derive(Debug, PartialEq)]
pub(crate) struct Condition {
    /// The condition, `TRUE` when there are no filters.
    pub(crate) sql: String,
    /// Its parameters.
    pub(crate) parameters: Vec<Sql>,
}

/// Reads the text of the parameter.
pub(crate) fn parse(resource: &Resource, text: Option<&str>) -> Result<Condition, Failure> {
    let text = text.map(str::trim).filter(|text| !text.is_empty()).unwrap_or("{}");
    // One public client writes `?filters={…}?offset=0` and seems to work: what follows a question mark is
    // taken for the start of something else.
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Map<String, Value>>();
    let Some(Ok(filters)) = documents.next() else {
        return Err(Failure::bad_request(format!("\"filters\" must be a JSON object, but is {text}")));
    };
    let rest = text.get(documents.byte_offset()..).unwrap_or_default().trim_start();
    if !rest.is_empty() && !rest.starts_with('?') {
        return Err(Failure::bad_request(format!(
            "\"filters\" must be one JSON object, but {rest} follows it"
        )));
    }
    compile(resource, &filters)
}

/// Reads the parameter `filters` of a request, and the fields that are parameters themselves.
pub(crate) fn of_call(resource: &Resource, call: &Call) -> Result<Condition, Failure> {
    let mut condition = parse(resource, call.parameter("filters"))?;
    for (name, value) in &call.query {
        if let Some(field) = resource.field(name).filter(|_| resource.plain.contains(&name.as_str())) {
            // Writing to a String cannot fail.
            let _ = write!(condition.sql, " AND {} = ?", field.sql);
            condition.parameters.push(operand(field, &Value::String(value.clone()))?);
        }
    }
    Ok(condition)
}

/// Makes a condition of filters that were read already, as from a body.
pub(crate) fn compile(resource: &Resource, filters: &Map<String, Value>) -> Result<Condition, Failure> {
    let mut texts = vec!["TRUE".to_owned()];
    let mut parameters = Vec::new();
    for (name, operations) in filters {
        let field = resource.field(name).ok_or_else(|| {
            Failure::bad_request(format!("\"{name}\" is not a filter of {}", resource.path))
        })?;
        let operations = operations.as_object().ok_or_else(|| {
            Failure::bad_request(format!("the filter \"{name}\" must be an object such as {{\"equals\":…}}"))
        })?;
        for (operator, value) in operations {
            let (text, more) = condition(field, operator, value)?;
            texts.push(text);
            parameters.extend(more);
        }
    }
    Ok(Condition { sql: texts.join(" AND "), parameters })
}

/// `equals`, `in`, `like`, `iLike` and `between` are attested. The others are what a service of this kind most
/// likely knows beside them; no public client uses one (docs/uptycs.md, "Unverified").
fn condition(field: &Field, operator: &str, value: &Value) -> Result<(String, Vec<Sql>), Failure> {
    let sql = &field.sql;
    let one = |text: &str| Ok((format!("{sql} {text} ?"), vec![operand(field, value)?]));
    match operator {
        "equals" if value.is_null() => Ok((format!("{sql} IS NULL"), Vec::new())),
        "equals" => one("="),
        "in" => members(field, "IN", value),
        "like" => pattern(field, "", value, false),
        "iLike" => pattern(field, "", value, true),
        "between" => match value.as_array().map(Vec::as_slice) {
            Some([from, to]) => {
                Ok((format!("{sql} BETWEEN ? AND ?"), vec![operand(field, from)?, operand(field, to)?]))
            }
            _ => {
                Err(Failure::bad_request(format!("\"between\" of \"{}\" needs an array of two", field.name)))
            }
        },
        "notEquals" if value.is_null() => Ok((format!("{sql} IS NOT NULL"), Vec::new())),
        "notEquals" => one("<>"),
        "notIn" => members(field, "NOT IN", value),
        "notLike" => pattern(field, "NOT ", value, false),
        "gt" => one(">"),
        "gte" => one(">="),
        "lt" => one("<"),
        "lte" => one("<="),
        "isNull" => Ok((format!("({sql} IS NULL) = {}", u8::from(truth(value)?)), Vec::new())),
        _ => Err(Failure::bad_request(format!("\"{operator}\" of \"{}\" is not an operator", field.name))),
    }
}

fn members(field: &Field, operator: &str, value: &Value) -> Result<(String, Vec<Sql>), Failure> {
    let values = value
        .as_array()
        .ok_or_else(|| Failure::bad_request(format!("\"in\" of \"{}\" needs an array", field.name)))?;
    let parameters = values.iter().map(|value| operand(field, value)).collect::<Result<Vec<_>, _>>()?;
    let places = vec!["?"; parameters.len()].join(",");
    Ok((format!("{} {operator} ({places})", field.sql), parameters))
}

/// SQL's own `%` and `_`. `LIKE` of SQLite does not care for the case of ASCII letters, so the case-sensitive
/// one is a function of its own (see `like` in the store).
fn pattern(field: &Field, not: &str, value: &Value, any_case: bool) -> Result<(String, Vec<Sql>), Failure> {
    let pattern = value
        .as_str()
        .ok_or_else(|| Failure::bad_request(format!("a pattern for \"{}\" must be a text", field.name)))?;
    let sql = &field.sql;
    let text = if any_case {
        format!("{not}like_any_case({sql}, ?)")
    } else {
        format!("{not}like_same_case({sql}, ?)")
    };
    Ok((text, vec![Sql::from(pattern.to_owned())]))
}

fn operand(field: &Field, value: &Value) -> Result<Sql, Failure> {
    let wrong =
        |what: &str| Failure::bad_request(format!("\"{}\" must be {what}, but is {value}", field.name));
    match field.kind {
        Kind::Text => match value {
            Value::String(text) => Ok(Sql::from(text.clone())),
            Value::Number(number) => Ok(Sql::from(number.to_string())),
            _ => Err(wrong("a text")),
        },
        Kind::Number => match value {
            Value::Number(number) => number.as_f64().map(Sql::from).ok_or_else(|| wrong("a number")),
            Value::String(text) => text.parse::<f64>().map(Sql::from).map_err(|_| wrong("a number")),
            _ => Err(wrong("a number")),
        },
        Kind::Boolean => truth(value).map(Sql::from),
        Kind::Instant | Kind::IsoInstant => {
            let at = value.as_str().and_then(instant).ok_or_else(|| wrong("a valid date"))?;
            Ok(Sql::from(if field.kind == Kind::Instant { at.sql() } else { at.iso() }))
        }
    }
}

fn truth(value: &Value) -> Result<bool, Failure> {
    match value {
        Value::Bool(truth) => Ok(*truth),
        Value::String(text) if text == "true" => Ok(true),
        Value::String(text) if text == "false" => Ok(false),
        _ => Err(Failure::bad_request(format!("true or false is needed, but came {value}"))),
    }
}

/// The forms that working clients send: ISO 8601 with or without fraction, `Z` and `T`, and `01/31/24 00:00:00`.
fn instant(text: &str) -> Option<UtcInstant> {
    UtcInstant::parse(text).or_else(|| {
        let civil = jiff::civil::DateTime::strptime("%m/%d/%y %H:%M:%S", text).ok()?;
        UtcInstant::from_civil(civil)
    })
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    static RESOURCE: Resource = Resource {
        path: "things",
        title: Cow::Borrowed(""),
        table: "thing",
        fields: Cow::Borrowed(&[
            Field::new("status", "status", Kind::Text),
            Field::new("live", "live", Kind::Boolean),
            Field::new("alertTime", "alert_time", Kind::Instant),
        ]),
        plain: &[],
        extra_link: None,
    };

    fn sql(text: &str) -> (String, Vec<Sql>) {
        let condition = parse(&RESOURCE, Some(text)).unwrap();
        (condition.sql, condition.parameters)
    }

    #[test]
    fn fields_and_operators_are_all_to_be_met() {
        let (text, parameters) = sql(r#"{"status":{"in":["open","new"]},"live":{"equals":"true"}}"#);
        assert_eq!(text, "TRUE AND live = ? AND status IN (?,?)");
        assert_eq!(parameters.len(), 3);
    }

    #[test]
    fn instants_come_in_four_forms() {
        for from in [
            "2024-01-31T00:00:00Z",
            "2024-01-31T00:00:00.000000",
            "2024-01-31 00:00:00.000",
            "01/31/24 00:00:00",
        ] {
            let (_, parameters) = sql(&format!(r#"{{"alertTime":{{"between":["{from}","{from}"]}}}}"#));
            assert_eq!(parameters[0], Sql::from("2024-01-31 00:00:00.000".to_owned()), "{from}");
        }
    }

    #[test]
    fn a_second_question_mark_is_forgiven() {
        assert_eq!(sql(r#"{"status":{"equals":"open"}}?offset=0"#).1.len(), 1);
    }

    #[test]
    fn what_cannot_be_understood_is_refused() {
        for text in [
            "{",
            "[]",
            "{} x",
            r#"{"color":{"equals":"red"}}"#,
            r#"{"status":"open"}"#,
            r#"{"status":{"is":"open"}}"#,
            r#"{"alertTime":{"between":["x","y"]}}"#,
            r#"{"status":{"in":"open"}}"#,
        ] {
            assert!(parse(&RESOURCE, Some(text)).is_err(), "{text}");
        }
    }
}
