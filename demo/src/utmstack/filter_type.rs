//! The filters of a search, and their operators (docs/utmstack.md, 3.1 and A.2).

use serde_json::Value;

use crate::config::Personality;
use crate::utmstack::body::{Body, parse_error};
use crate::utmstack::failure::Failure;

/// One filter. Several are all to be met.
#[derive(Debug, Clone)]
pub(crate) struct FilterType {
    /// The field, with `.keyword` for its exact text.
    pub(crate) field: Option<String>,
    /// How to compare.
    pub(crate) operator: Option<Operator>,
    /// What to compare with.
    pub(crate) value: Value,
}

impl FilterType {
    /// Reads a filter; an operator that the generation does not know cannot be read.
    pub(crate) fn read(value: &Value, personality: Personality) -> Result<Self, Failure> {
        let body = Body::of(value)?;
        let operator = body.text("operator")?;
        let operator = operator.map(|name| {
            Operator::named(&name, personality).ok_or_else(|| {
                parse_error(&format!(
                    "Cannot deserialize value of type `OperatorType` from String \"{name}\""
                ))
            })
        });
        Ok(Self {
            field: body.text("field")?,
            operator: operator.transpose()?,
            value: body.value("value").cloned().unwrap_or_default(),
        })
    }

    /// Reads the filters of a list; null is none.
    pub(crate) fn read_all(value: &Value, personality: Personality) -> Result<Vec<Self>, Failure> {
        match value {
            Value::Null => Ok(Vec::new()),
            Value::Array(filters) => filters.iter().map(|filter| Self::read(filter, personality)).collect(),
            other => Err(parse_error(&format!("Cannot deserialize a list of filters out of {other}"))),
        }
    }

    /// Reads the filters in a field of a body.
    pub(crate) fn read_field(
        body: &Body,
        name: &str,
        personality: Personality,
    ) -> Result<Vec<Self>, Failure> {
        Self::read_all(body.value(name).unwrap_or(&Value::Null), personality)
    }
}

/// The ways of comparing, by the names of the servers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Operator {
    Is,
    IsNot,
    IsOneOf,
    IsNotOneOf,
    IsOneOfTerms,
    /// Several of these are alternatives to one another.
    IsOneOfTermsOr,
    Contain,
    DoesNotContain,
    ContainOneOf,
    DoesNotContainOneOf,
    Exist,
    DoesNotExist,
    IsBetween,
    IsNotBetween,
    IsGreaterThan,
    IsLessThanOrEquals,
    /// Only the documentation has it.
    GreaterEqual,
    /// Only the documentation has it.
    LessThan,
    StartWith,
    NotStartWith,
    EndsWith,
    NotEndsWith,
    IsInFields,
    IsNotInFields,
}

/// The operators of UTMStack 10.8.1. What the public documentation names beside these does not exist and is
/// refused as unreadable JSON.
const SERVERS: &[(&str, Operator)] = &[
    ("IS", Operator::Is),
    ("IS_NOT", Operator::IsNot),
    ("IS_ONE_OF", Operator::IsOneOf),
    ("IS_NOT_ONE_OF", Operator::IsNotOneOf),
    ("IS_ONE_OF_TERMS", Operator::IsOneOfTerms),
    ("CONTAIN", Operator::Contain),
    ("DOES_NOT_CONTAIN", Operator::DoesNotContain),
    ("CONTAIN_ONE_OF", Operator::ContainOneOf),
    ("DOES_NOT_CONTAIN_ONE_OF", Operator::DoesNotContainOneOf),
    ("EXIST", Operator::Exist),
    ("DOES_NOT_EXIST", Operator::DoesNotExist),
    ("IS_BETWEEN", Operator::IsBetween),
    ("IS_NOT_BETWEEN", Operator::IsNotBetween),
    ("IS_GREATER_THAN", Operator::IsGreaterThan),
    ("IS_LESS_THAN_OR_EQUALS", Operator::IsLessThanOrEquals),
    ("START_WITH", Operator::StartWith),
    ("NOT_START_WITH", Operator::NotStartWith),
    ("ENDS_WITH", Operator::EndsWith),
    ("NOT_ENDS_WITH", Operator::NotEndsWith),
    ("IS_IN_FIELDS", Operator::IsInFields),
    ("IS_NOT_IN_FIELDS", Operator::IsNotInFields),
];

/// The twelve of the documentation, and `EQUALS`, which one of its pages uses.
const DOCUMENTED: &[(&str, Operator)] = &[
    ("IS", Operator::Is),
    ("EQUALS", Operator::Is),
    ("IS_NOT", Operator::IsNot),
    ("CONTAINS", Operator::Contain),
    ("STARTS_WITH", Operator::StartWith),
    ("ENDS_WITH", Operator::EndsWith),
    ("GREATER_THAN", Operator::IsGreaterThan),
    ("GREATER_EQUAL", Operator::GreaterEqual),
    ("LESS_THAN", Operator::LessThan),
    ("LESS_EQUAL", Operator::IsLessThanOrEquals),
    ("IS_BETWEEN", Operator::IsBetween),
    ("IS_IN", Operator::IsOneOf),
    ("IS_NOT_IN", Operator::IsNotOneOf),
];

impl Operator {
    /// The operator of a name in a generation.
    pub(crate) fn named(name: &str, personality: Personality) -> Option<Self> {
        let table = match personality {
            Personality::V11 if name == "IS_ONE_OF_TERMS_OR" => return Some(Self::IsOneOfTermsOr),
            Personality::V10 | Personality::V11 => SERVERS,
            Personality::Documented => DOCUMENTED,
        };
        table.iter().find(|row| row.0 == name).map(|row| row.1)
    }

    /// The operator that this one is the negation of, and whether it is one.
    pub(crate) fn positive(self) -> (Self, bool) {
        match self {
            Self::IsNot => (Self::Is, true),
            Self::IsNotOneOf => (Self::IsOneOf, true),
            Self::DoesNotContain => (Self::Contain, true),
            Self::DoesNotContainOneOf => (Self::ContainOneOf, true),
            Self::DoesNotExist => (Self::Exist, true),
            Self::IsNotBetween => (Self::IsBetween, true),
            Self::NotStartWith => (Self::StartWith, true),
            Self::NotEndsWith => (Self::EndsWith, true),
            Self::IsNotInFields => (Self::IsInFields, true),
            other => (other, false),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn operators_that_only_the_documentation_knows_are_refused() {
        for name in ["CONTAINS", "STARTS_WITH", "IS_IN", "GREATER_EQUAL", "EQUALS", "IS_ONE_OF_TERMS_OR"] {
            assert_eq!(Operator::named(name, Personality::V10), None, "{name}");
        }
        assert_eq!(Operator::named("IS_ONE_OF_TERMS_OR", Personality::V11), Some(Operator::IsOneOfTermsOr));
        assert_eq!(Operator::named("IS_IN", Personality::Documented), Some(Operator::IsOneOf));
        assert_eq!(Operator::named("CONTAIN", Personality::Documented), None);
    }

    #[test]
    fn a_filter_ignores_what_it_does_not_know() {
        let filter = json!({ "field": "status", "operator": "IS", "value": 2, "label": "x" });
        let filter = FilterType::read(&filter, Personality::V10).unwrap();
        assert_eq!(filter.field.as_deref(), Some("status"));
    }
}
