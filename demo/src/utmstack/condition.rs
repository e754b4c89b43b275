//! Filters as conditions in SQL, with the meaning that OpenSearch gives them.

use rusqlite::types::Value as Sql;
use serde_json::Value;

use crate::instant::UtcInstant;
use crate::utmstack::date_math::{End, date_math};
use crate::utmstack::field::{Field, Kind};
use crate::utmstack::filter_type::{FilterType, Operator};

/// A condition on `alert` with its parameters, or why the server fails on the filter.
type Condition = Result<(String, Vec<Sql>), String>;

/// All filters together; without any, every alert meets them.
pub(crate) fn all(filters: &[FilterType], now: UtcInstant) -> Condition {
    let mut texts = vec!["TRUE".to_owned()];
    let mut parameters = Vec::new();
    for filter in filters {
        let (text, more) = one(filter, now)?;
        texts.push(text);
        parameters.extend(more);
    }
    Ok((texts.join(" AND "), parameters))
}

fn one(filter: &FilterType, now: UtcInstant) -> Condition {
    let operator = filter.operator.ok_or("the operator of a filter is null")?;
    let (operator, is_negated) = operator.positive();
    let name = filter.field.as_deref().ok_or("the field of a filter is null")?;
    let (text, parameters) = if operator == Operator::IsInFields {
        in_any_field(&scalar(&filter.value)?)
    } else {
        match Field::named(name) {
            Some(field) => positive(&field, operator, &filter.value, now)?,
            // A field that no document has: nothing matches, and everything is without it.
            None => ("FALSE".to_owned(), Vec::new()),
        }
    };
    Ok((if is_negated { format!("NOT coalesce({text}, FALSE)") } else { text }, parameters))
}

fn positive(field: &Field, operator: Operator, value: &Value, now: UtcInstant) -> Condition {
    match operator {
        Operator::Is => is(field, &scalar(value)?, now),
        Operator::IsOneOf | Operator::ContainOneOf => {
            any(list(value)?, |value| is(field, &scalar(value)?, now))
        }
        Operator::IsOneOfTerms => any(list(value)?, |value| match value {
            Value::String(term) => exactly(field, term),
            _ => Err("class java.lang.Integer cannot be cast to class java.lang.String".to_owned()),
        }),
        Operator::Contain => text_match(field, "contains", "keyword_contains", &scalar(value)?),
        Operator::StartWith => text_match(field, "word_starts", "starts", &scalar(value)?),
        Operator::EndsWith => text_match(field, "word_ends", "ends", &scalar(value)?),
        Operator::Exist => Ok((exists(field), Vec::new())),
        Operator::IsBetween => match list(value)? {
            [from, to] => between(field, &scalar(from)?, &scalar(to)?, now),
            _ => Err("IS_BETWEEN needs two values".to_owned()),
        },
        Operator::IsGreaterThan => compare(field, ">", &scalar(value)?, End::Upper, now),
        Operator::IsLessThanOrEquals => compare(field, "<=", &scalar(value)?, End::Upper, now),
        other => Err(format!("{other:?} has no meaning of its own")),
    }
}

/// `match_phrase`: on an analysed text the phrase is contained, on everything else it is the value.
fn is(field: &Field, value: &str, now: UtcInstant) -> Condition {
    match field.kind {
        // A whole id is found by its index, as the words of an id in their order are the id.
        Kind::Text if field.sql == "alert.id" && value.len() == 36 => {
            Ok(("alert.id = ?".to_owned(), vec![Sql::from(value.to_lowercase())]))
        }
        Kind::Text => text_match(field, "phrase", "keyword", value),
        Kind::Date => between(field, value, value, now),
        _ => exactly(field, value),
    }
}

fn exactly(field: &Field, value: &str) -> Condition {
    let number = || {
        value
            .trim()
            .parse::<f64>()
            .map_err(|_| format!("failed to create query: For input string: \"{value}\""))
    };
    match field.kind {
        Kind::Keyword if !field.is_array => {
            Ok((format!("{} = ?", field.sql), vec![Sql::from(value.to_owned())]))
        }
        Kind::Keyword | Kind::Text => text_match(field, "keyword", "keyword", value),
        Kind::Long | Kind::Float if field.is_array => {
            let text = format!("EXISTS (SELECT 1 FROM json_each({}) WHERE json_each.value = ?)", field.sql);
            Ok((text, vec![Sql::from(number()?)]))
        }
        Kind::Long | Kind::Float => Ok((format!("{} = ?", field.sql), vec![Sql::from(number()?)])),
        Kind::Boolean => match value {
            "true" => Ok((format!("{} = 1", field.sql), Vec::new())),
            "false" => Ok((format!("{} = 0", field.sql), Vec::new())),
            _ => Err(format!("Can't parse boolean value [{value}], expected [true] or [false]")),
        },
        Kind::Date => Err("a terms query on a date".to_owned()),
    }
}

fn text_match(field: &Field, on_text: &str, on_keyword: &str, value: &str) -> Condition {
    let (kind, sql) = match field.kind {
        Kind::Text => (on_text, field.sql.clone()),
        Kind::Keyword => (on_keyword, field.sql.clone()),
        // `query_string` is lenient: on a number it matches the number itself.
        _ if on_text == "contains" => ("keyword", field.sql.clone()),
        _ => return Err("Can only use wildcard queries on keyword and text fields".to_owned()),
    };
    Ok((format!("text_match('{kind}', {sql}, ?)"), vec![Sql::from(value.to_owned())]))
}

fn exists(field: &Field) -> String {
    // Null and the empty array are nothing; the empty text is something.
    if field.is_array {
        format!("coalesce({0}, '[]') <> '[]'", field.sql)
    } else {
        format!("{} IS NOT NULL", field.sql)
    }
}

fn between(field: &Field, from: &str, to: &str, now: UtcInstant) -> Condition {
    let (lower, mut parameters) = compare(field, ">=", from, End::Lower, now)?;
    let (upper, more) = compare(field, "<=", to, End::Upper, now)?;
    parameters.extend(more);
    Ok((format!("({lower} AND {upper})"), parameters))
}

fn compare(field: &Field, operator: &str, value: &str, end: End, now: UtcInstant) -> Condition {
    let parameter = match field.kind {
        Kind::Date => {
            let at = date_math(value, now, end).ok_or_else(|| {
                format!("failed to parse date field [{value}] with format [strict_date_optional_time]")
            })?;
            Sql::from(at.millis())
        }
        Kind::Long | Kind::Float => {
            let number: f64 = value.trim().parse().map_err(|_| format!("For input string: \"{value}\""))?;
            Sql::from(number)
        }
        _ => Sql::from(value.to_owned()),
    };
    Ok((format!("{} {operator} ?", field.sql), vec![parameter]))
}

/// `query_string` over all fields: every word lies in the document somewhere.
fn in_any_field(value: &str) -> (String, Vec<Sql>) {
    let body = "(SELECT body FROM alert_body WHERE alert_body.seq = alert.seq)";
    (format!("document_match({body}, ?)"), vec![Sql::from(value.to_owned())])
}

fn any(values: &[Value], condition: impl Fn(&Value) -> Condition) -> Condition {
    let mut texts = vec!["FALSE".to_owned()];
    let mut parameters = Vec::new();
    for value in values {
        let (text, more) = condition(value)?;
        texts.push(text);
        parameters.extend(more);
    }
    Ok((format!("({})", texts.join(" OR ")), parameters))
}

/// A single value, which the server turns into text whatever it is.
fn scalar(value: &Value) -> Result<String, String> {
    match value {
        Value::Null => Err("the value of a filter is null".to_owned()),
        Value::String(text) => Ok(text.clone()),
        other => Ok(other.to_string()),
    }
}

fn list(value: &Value) -> Result<&[Value], String> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| "the value of a filter is not a list".to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn condition(field: &str, operator: &str, value: &Value) -> Condition {
        let filter =
            serde_json::from_value(json!({ "field": field, "operator": operator, "value": value })).unwrap();
        all(&[filter], UtcInstant::from_millis(1_000_000_000_000))
    }

    #[test]
    fn without_filters_every_alert_is_found() {
        assert_eq!(all(&[], UtcInstant::now()), Ok(("TRUE".to_owned(), vec![])));
    }

    #[test]
    fn values_that_opensearch_cannot_read_fail() {
        assert!(condition("status", "IS", &json!("open")).is_err());
        assert!(condition("status", "IS", &Value::Null).is_err());
        assert!(condition("status", "IS_ONE_OF", &json!(2)).is_err());
        assert!(condition("status", "IS_ONE_OF_TERMS", &json!([2])).is_err());
        assert!(condition("@timestamp", "IS_BETWEEN", &json!(["yesterday", "now"])).is_err());
        assert!(condition("severity", "START_WITH", &json!("2")).is_err());
    }

    #[test]
    fn a_field_that_nobody_has_matches_nothing_and_its_negation_everything() {
        assert_eq!(condition("parentId", "EXIST", &Value::Null).unwrap().0, "TRUE AND FALSE");
        assert_eq!(
            condition("parentId", "DOES_NOT_EXIST", &Value::Null).unwrap().0,
            "TRUE AND NOT coalesce(FALSE, FALSE)"
        );
    }

    #[test]
    fn a_range_takes_instants_as_milliseconds() {
        let (text, parameters) = condition("@timestamp", "IS_BETWEEN", &json!(["now-1s", "now"])).unwrap();
        assert_eq!(text, "TRUE AND (alert.at >= ? AND alert.at <= ?)");
        assert_eq!(parameters, [Sql::from(999_999_999_000_i64), Sql::from(1_000_000_000_000_i64)]);
    }
}
