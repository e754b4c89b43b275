use crate::operation::Evidence;
use serde::Serialize;

/// How a filter compares a field (docs/uptycs.md, 3.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Operator {
    /// The same text, number or truth.
    Equals,
    /// One of a list.
    In,
    /// A pattern with `%`.
    Like,
    /// A pattern with `%`, in any case.
    ILike,
    /// From the first to the second of two; whether the ends count is not known.
    Between,
    /// Anything else than this.
    NotEquals,
    /// None of a list.
    NotIn,
    /// Not this pattern.
    NotLike,
    /// Greater, or later.
    Gt,
    /// Greater or the same.
    Gte,
    /// Less, or earlier.
    Lt,
    /// Less or the same.
    Lte,
    /// `true` for fields without a value, `false` for those with one.
    IsNull,
}

impl Operator {
    /// All of them, the attested ones first.
    pub const ALL: [Self; 13] = [
        Self::Equals,
        Self::In,
        Self::Like,
        Self::ILike,
        Self::Between,
        Self::NotEquals,
        Self::NotIn,
        Self::NotLike,
        Self::Gt,
        Self::Gte,
        Self::Lt,
        Self::Lte,
        Self::IsNull,
    ];

    /// The word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Equals => "equals",
            Self::In => "in",
            Self::Like => "like",
            Self::ILike => "iLike",
            Self::Between => "between",
            Self::NotEquals => "notEquals",
            Self::NotIn => "notIn",
            Self::NotLike => "notLike",
            Self::Gt => "gt",
            Self::Gte => "gte",
            Self::Lt => "lt",
            Self::Lte => "lte",
            Self::IsNull => "isNull",
        }
    }

    /// Finds an operator by its word.
    ///
    /// ```
    /// use triagekit::uptycs::Operator;
    ///
    /// assert_eq!(Operator::parse("iLike"), Some(Operator::ILike));
    /// assert_eq!(Operator::parse("~"), None);
    /// ```
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operator| operator.word() == word)
    }

    /// How surely the real service knows it: five were seen in working clients, the others are named as such services
    /// name them.
    ///
    /// ```
    /// use triagekit::operation::Evidence;
    /// use triagekit::uptycs::Operator;
    ///
    /// assert_eq!(Operator::Between.evidence(), Evidence::Attested);
    /// assert_eq!(Operator::Gte.evidence(), Evidence::Reconstructed);
    /// ```
    pub const fn evidence(self) -> Evidence {
        match self {
            Self::Equals | Self::In | Self::Like | Self::ILike | Self::Between => Evidence::Attested,
            _ => Evidence::Reconstructed,
        }
    }

    /// What its value has to be, where `value` is not that.
    pub(super) fn complaint(self, value: &serde_json::Value) -> Option<&'static str> {
        use serde_json::Value;
        let is_scalar = matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_));
        let (is_right, expected) = match self {
            Self::In | Self::NotIn => {
                (value.as_array().is_some_and(|list| !list.is_empty()), "a list that is not empty")
            }
            Self::Between => {
                (value.as_array().is_some_and(|list| list.len() == 2), "a list of two: from and to")
            }
            Self::Like | Self::ILike | Self::NotLike => (value.is_string(), "text, with % for anything"),
            Self::IsNull => (value.is_boolean(), "true or false"),
            Self::Equals | Self::NotEquals => (is_scalar || value.is_null(), "text, a number, true or false"),
            Self::Gt | Self::Gte | Self::Lt | Self::Lte => (is_scalar, "text or a number"),
        };
        (!is_right).then_some(expected)
    }
}
