use serde::Serialize;
use serde_json::Value;

/// What a filter does with its value (docs/utmstack.md, 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum Operator {
    /// On text the phrase is contained; on `.keyword`, numbers and booleans the value is equal.
    Is,
    /// The opposite of [`Operator::Is`].
    IsNot,
    /// Between two values, both included.
    IsBetween,
}

/// One condition of a search; all conditions of a search must hold.
///
/// ```
/// use triagekit::utmstack::{Filter, Operator};
///
/// let filter = Filter::new("status", Operator::IsNot, 1);
/// assert_eq!(serde_json::to_string(&filter).unwrap(), r#"{"field":"status","operator":"IS_NOT","value":1}"#);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filter {
    field: String,
    operator: Operator,
    value: Value,
}

impl Filter {
    /// A condition on a field.
    pub fn new(field: impl Into<String>, operator: Operator, value: impl Into<Value>) -> Self {
        Self { field: field.into(), operator, value: value.into() }
    }
}
