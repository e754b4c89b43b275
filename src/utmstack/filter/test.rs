use serde_json::Value;

/// What a condition asks of a field's value.
///
/// Values are JSON scalars: text, numbers, booleans. Instants are ISO 8601 in UTC or date math such as `now-24h`
/// (docs/utmstack.md, 3.2).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Test {
    /// Text: the phrase is contained, in any case; exact for numbers, booleans, `.keyword` and the documented version.
    Is(Value),
    /// The opposite of [`Test::Is`]; holds for documents without the field.
    IsNot(Value),
    /// Any of these.
    OneOf(Vec<Value>),
    /// None of these; holds for documents without the field.
    NotOneOf(Vec<Value>),
    /// Any of these texts, where several such conditions are joined by "or" instead of "and".
    OneOfOr(Vec<String>),
    /// Text that contains this, in any case.
    Contains(String),
    /// Text that does not contain this.
    NotContains(String),
    /// Text that contains any of these phrases.
    ContainsOneOf(Vec<String>),
    /// Text that contains none of these phrases.
    NotContainsOneOf(Vec<String>),
    /// Text that begins so, case counting.
    StartsWith(String),
    /// Text that does not begin so.
    NotStartsWith(String),
    /// Text that ends so, case counting.
    EndsWith(String),
    /// Text that does not end so.
    NotEndsWith(String),
    /// The field is there.
    Exists,
    /// The field is not there, or null.
    NotExists,
    /// Between two numbers or instants, both included.
    Between(Value, Value),
    /// Outside of two numbers or instants; holds for documents without the field.
    NotBetween(Value, Value),
    /// More than a number, later than an instant.
    GreaterThan(Value),
    /// A number or more, an instant or later.
    AtLeast(Value),
    /// Less than a number, earlier than an instant.
    LessThan(Value),
    /// A number or less, an instant or earlier.
    AtMost(Value),
    /// Any field of the document contains this text.
    InAnyField(String),
    /// No field of the document contains this text.
    NotInAnyField(String),
}

impl Test {
    /// What it asks, in a word or two, for messages.
    pub(super) const fn words(&self) -> &'static str {
        match self {
            Self::Is(_) => "is",
            Self::IsNot(_) => "is not",
            Self::OneOf(_) => "one of",
            Self::NotOneOf(_) => "none of",
            Self::OneOfOr(_) => "one of, joined by or",
            Self::Contains(_) => "contains",
            Self::NotContains(_) => "does not contain",
            Self::ContainsOneOf(_) => "contains one of",
            Self::NotContainsOneOf(_) => "contains none of",
            Self::StartsWith(_) => "starts with",
            Self::NotStartsWith(_) => "does not start with",
            Self::EndsWith(_) => "ends with",
            Self::NotEndsWith(_) => "does not end with",
            Self::Exists => "exists",
            Self::NotExists => "does not exist",
            Self::Between(..) => "between",
            Self::NotBetween(..) => "not between",
            Self::GreaterThan(_) => "greater than",
            Self::AtLeast(_) => "at least",
            Self::LessThan(_) => "less than",
            Self::AtMost(_) => "at most",
            Self::InAnyField(_) => "in any field",
            Self::NotInAnyField(_) => "in no field",
        }
    }
}
