//! The filters of a search, and their operators (docs/utmstack.md, "Operators").

use serde::Deserialize;
use serde_json::Value;

/// One filter. Several are all to be met.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct FilterType {
    /// The field, with `.keyword` for its exact text.
    pub(crate) field: Option<String>,
    /// How to compare.
    pub(crate) operator: Option<Operator>,
    /// What to compare with.
    #[serde(default)]
    pub(crate) value: Value,
}

/// The operators of UTMStack 10.8.1. What the public documentation names beside these does not exist and is
/// refused as unreadable JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(crate) enum Operator {
    Is,
    IsNot,
    IsOneOf,
    IsNotOneOf,
    IsOneOfTerms,
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
    StartWith,
    NotStartWith,
    EndsWith,
    NotEndsWith,
    IsInFields,
    IsNotInFields,
}

impl Operator {
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
    use super::*;

    #[test]
    fn operators_that_only_the_documentation_knows_are_refused() {
        for name in ["CONTAINS", "STARTS_WITH", "IS_IN", "GREATER_EQUAL", "EQUALS", "IS_ONE_OF_TERMS_OR"] {
            assert!(serde_json::from_str::<Operator>(&format!("\"{name}\"")).is_err(), "{name}");
        }
        assert_eq!(serde_json::from_str::<Operator>("\"START_WITH\"").unwrap(), Operator::StartWith);
    }

    #[test]
    fn a_filter_ignores_what_it_does_not_know() {
        let filter: FilterType =
            serde_json::from_str(r#"{"field":"status","operator":"IS","value":2,"label":"x"}"#).unwrap();
        assert_eq!(filter.field.as_deref(), Some("status"));
    }
}
