//! Filters as conditions in SQL, with the meaning that OpenSearch gives them.

use rusqlite::types::Value as Sql;
use serde_json::Value;

use crate::config::Personality;
use crate::instant::UtcInstant;
use crate::utmstack::date_math::{End, date_math};
use crate::utmstack::field::{Field, Kind};
use crate::utmstack::filter_type::{FilterType, Operator};

/// A condition on `alert` with its parameters, or why the server fails on the filter.
type Condition = Result<(String, Vec<Sql>), String>;

/// What the meaning of a filter depends on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Meaning {
    /// The generation whose fields and operators these are.
    pub(crate) personality: Personality,
    /// What `now` is.
    pub(crate) now: UtcInstant,
}

impl Meaning {
    /// All filters together; without any, every alert meets them.
    pub(crate) fn all(self, filters: &[FilterType]) -> Condition {
        let mut texts = vec!["TRUE".to_owned()];
        let mut parameters = Vec::new();
        // `should` clauses of one query are alternatives, of which one has to be met.
        let mut alternatives = Vec::new();
        let mut of_alternatives = Vec::new();
        for filter in filters {
            let (text, more) = self.one(filter)?;
            if filter.operator == Some(Operator::IsOneOfTermsOr) {
                alternatives.push(text);
                of_alternatives.extend(more);
            } else {
                texts.push(text);
                parameters.extend(more);
            }
        }
        if !alternatives.is_empty() {
            texts.push(format!("({})", alternatives.join(" OR ")));
            parameters.extend(of_alternatives);
        }
        Ok((texts.join(" AND "), parameters))
    }

    fn one(self, filter: &FilterType) -> Condition {
        let operator = filter.operator.ok_or("the operator of a filter is null")?;
        let (operator, is_negated) = operator.positive();
        let name = filter.field.as_deref().ok_or("the field of a filter is null")?;
        let (text, parameters) = if operator == Operator::IsInFields {
            in_any_field(&scalar(&filter.value)?)
        } else {
            match self.field(name) {
                Some(field) => self.positive(&field, operator, &filter.value)?,
                None if self.personality == Personality::Documented => {
                    return Err(format!("Unknown field '{name}'"));
                }
                // A field that no document has: nothing matches, and everything is without it.
                None => ("FALSE".to_owned(), Vec::new()),
            }
        };
        Ok((if is_negated { format!("NOT coalesce({text}, FALSE)") } else { text }, parameters))
    }

    /// The field of a name. The documentation knows exact texts only (docs/utmstack.md, A.2).
    fn field(self, name: &str) -> Option<Field> {
        let mut field = Field::named(name, self.personality)?;
        if self.personality == Personality::Documented && field.kind == Kind::Text {
            field.kind = Kind::Keyword;
        }
        Some(field)
    }

    fn positive(self, field: &Field, operator: Operator, value: &Value) -> Condition {
        match operator {
            Operator::Is => self.is(field, &scalar(value)?),
            Operator::IsOneOf | Operator::ContainOneOf => {
                any(list(value)?, |value| self.is(field, &scalar(value)?))
            }
            Operator::IsOneOfTerms | Operator::IsOneOfTermsOr => any(list(value)?, |value| match value {
                Value::String(term) => self.exactly(field, term),
                _ => Err("class java.lang.Integer cannot be cast to class java.lang.String".to_owned()),
            }),
            Operator::Contain => {
                let on_keyword = if self.personality == Personality::Documented {
                    "substring"
                } else {
                    "keyword_contains"
                };
                text_match(field, "contains", on_keyword, &scalar(value)?)
            }
            Operator::StartWith => text_match(field, "word_starts", "starts", &scalar(value)?),
            Operator::EndsWith => text_match(field, "word_ends", "ends", &scalar(value)?),
            Operator::Exist => Ok((exists(field), Vec::new())),
            Operator::IsBetween => match list(value)? {
                [from, to] => self.range(field, &[(">=", from, End::Lower), ("<=", to, End::Upper)]),
                _ => Err("IS_BETWEEN needs two values".to_owned()),
            },
            Operator::IsGreaterThan => self.range(field, &[(">", value, End::Upper)]),
            Operator::GreaterEqual => self.range(field, &[(">=", value, End::Lower)]),
            Operator::LessThan => self.range(field, &[("<", value, End::Lower)]),
            Operator::IsLessThanOrEquals => self.range(field, &[("<=", value, End::Upper)]),
            other => Err(format!("{other:?} has no meaning of its own")),
        }
    }

    /// `match_phrase`: on an analysed text the phrase is contained, on everything else it is the value.
    fn is(self, field: &Field, value: &str) -> Condition {
        match field.kind {
            // A whole id is found by its index, as the words of an id in their order are the id.
            Kind::Text if field.sql == "alert.id" && value.len() == 36 => {
                Ok(("alert.id = ?".to_owned(), vec![Sql::from(value.to_lowercase())]))
            }
            Kind::Text => text_match(field, "phrase", "keyword", value),
            _ => self.exactly(field, value),
        }
    }

    /// `terms`: not analysed, so that on an analysed text it meets single words in lower case.
    fn exactly(self, field: &Field, value: &str) -> Condition {
        match field.kind {
            Kind::Keyword if !field.is_array => {
                Ok((format!("{} = ?", field.sql), vec![Sql::from(value.to_owned())]))
            }
            Kind::Keyword | Kind::Text => text_match(field, "word", "keyword", value),
            Kind::Long | Kind::Float => {
                let number: f64 = value
                    .trim()
                    .parse()
                    .map_err(|_| format!("failed to create query: For input string: \"{value}\""))?;
                Ok((of_elements(field, |sql| format!("{sql} = ?")), vec![Sql::from(number)]))
            }
            Kind::Boolean => match value {
                "true" => Ok((format!("{} = 1", field.sql), Vec::new())),
                "false" => Ok((format!("{} = 0", field.sql), Vec::new())),
                _ => Err(format!("Can't parse boolean value [{value}], expected [true] or [false]")),
            },
            Kind::Date => {
                let value = Value::from(value);
                self.range(field, &[(">=", &value, End::Lower), ("<=", &value, End::Upper)])
            }
        }
    }

    /// One or two ends of a range; one element of an array has to lie within both.
    fn range(self, field: &Field, ends: &[(&str, &Value, End)]) -> Condition {
        let mut parameters = Vec::with_capacity(ends.len());
        for (_, value, end) in ends {
            let value = scalar(value)?;
            parameters.push(match field.kind {
                Kind::Date => {
                    let at = date_math(&value, self.now, *end).ok_or_else(|| {
                        format!(
                            "failed to parse date field [{value}] with format [strict_date_optional_time]"
                        )
                    })?;
                    Sql::from(at.millis())
                }
                Kind::Long | Kind::Float => {
                    let number: f64 =
                        value.trim().parse().map_err(|_| format!("For input string: \"{value}\""))?;
                    Sql::from(number)
                }
                _ => Sql::from(value),
            });
        }
        let text = of_elements(field, |sql| {
            let ends: Vec<String> =
                ends.iter().map(|(operator, _, _)| format!("{sql} {operator} ?")).collect();
            format!("({})", ends.join(" AND "))
        });
        Ok((text, parameters))
    }
}

/// A condition on the field, or on one element of it when it is an array.
fn of_elements(field: &Field, condition: impl Fn(&str) -> String) -> String {
    if field.is_array {
        let condition = condition("element.value");
        return format!("EXISTS (SELECT 1 FROM json_each({}) AS element WHERE {condition})", field.sql);
    }
    condition(&field.sql)
}

fn text_match(field: &Field, on_text: &str, on_keyword: &str, value: &str) -> Condition {
    let kind = match field.kind {
        Kind::Text => on_text,
        Kind::Keyword => on_keyword,
        // `query_string` is lenient: on a number it matches the number itself.
        _ if on_text == "contains" => "keyword",
        _ => return Err("Can only use wildcard queries on keyword and text fields".to_owned()),
    };
    Ok((format!("text_match('{kind}', {}, ?)", field.sql), vec![Sql::from(value.to_owned())]))
}

fn exists(field: &Field) -> String {
    // Null and the empty array are nothing; the empty text is something.
    if field.is_array {
        format!("coalesce({}, '[]') <> '[]'", field.sql)
    } else {
        format!("{} IS NOT NULL", field.sql)
    }
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

    fn conditions(filters: &Value, personality: Personality) -> Condition {
        let meaning = Meaning { personality, now: UtcInstant::from_millis(1_000_000_000_000) };
        meaning.all(&FilterType::read_all(filters, personality).unwrap())
    }

    fn condition(field: &str, operator: &str, value: &Value) -> Condition {
        conditions(&json!([{ "field": field, "operator": operator, "value": value }]), Personality::V10)
    }

    #[test]
    fn without_filters_every_alert_is_found() {
        assert_eq!(conditions(&Value::Null, Personality::V10), Ok(("TRUE".to_owned(), vec![])));
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
        let unknown = json!([{ "field": "nothing", "operator": "IS", "value": 1 }]);
        assert!(conditions(&unknown, Personality::Documented).is_err(), "the documentation refuses it");
    }

    #[test]
    fn a_range_takes_instants_as_milliseconds() {
        let (text, parameters) = condition("@timestamp", "IS_BETWEEN", &json!(["now-1s", "now"])).unwrap();
        assert_eq!(text, "TRUE AND (alert.at >= ? AND alert.at <= ?)");
        assert_eq!(parameters, [Sql::from(999_999_999_000_i64), Sql::from(1_000_000_000_000_i64)]);
    }

    #[test]
    fn several_alternatives_stand_beside_what_all_have_to_meet() {
        let filters = json!([
            { "field": "id.keyword", "operator": "IS_ONE_OF_TERMS_OR", "value": ["a"] },
            { "field": "status", "operator": "IS", "value": 2 },
            { "field": "parentId.keyword", "operator": "IS_ONE_OF_TERMS_OR", "value": ["a"] },
        ]);
        let (text, parameters) = conditions(&filters, Personality::V11).unwrap();
        assert_eq!(
            text,
            "TRUE AND alert.status = ? AND ((FALSE OR alert.id = ?) OR (FALSE OR alert.parent_id = ?))"
        );
        assert_eq!(parameters[0], Sql::from(2.0));
    }
}
