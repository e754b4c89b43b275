use super::test::Test;
use serde::Deserialize;
use serde_json::Value;

/// One condition of a search; all conditions of a search must hold.
///
/// The builder's functions are exact where people mean it so: [`equals`](Filter::equals), [`one_of`](Filter::one_of),
/// [`starts_with`](Filter::starts_with) and [`ends_with`](Filter::ends_with) compare whole values of text, for which
/// servers need the `.keyword` twin of a field; it is added where it is needed. Read from JSON, a filter passes
/// unchanged when the server's version knows its operator, and is translated when only another version does.
///
/// ```
/// use triagekit::utmstack::{Dialect, Filter};
///
/// let filter = Filter::at_least("severity", 2);
/// assert_eq!(
///     serde_json::Value::Array(filter.compile(Dialect::V10).unwrap()).to_string(),
///     r#"[{"field":"severity","operator":"IS_ONE_OF","value":[2,3]}]"#
/// );
/// assert_eq!(
///     serde_json::Value::Array(filter.compile(Dialect::Documented).unwrap()).to_string(),
///     r#"[{"field":"severity","operator":"GREATER_EQUAL","value":2}]"#
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(from = "Value")]
pub struct Filter(pub(super) Kind);

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    /// A test of a field; `is_exact` adds `.keyword` where text is compared as a whole.
    Condition { field: String, is_exact: bool, test: Test },
    /// Tagged as a false positive, or not, in either spelling.
    FalsePositive(bool),
    /// As somebody wrote it.
    Raw(Value),
}

impl From<Value> for Filter {
    /// A filter as the server takes it: `{"field":…,"operator":…,"value":…}`. Its shape is looked at when it is compiled.
    fn from(value: Value) -> Self {
        Self(Kind::Raw(value))
    }
}

impl Filter {
    /// Any test of a field, as it is: for text, [`Test::Is`] is a phrase search and nothing is added to the field.
    pub fn new(field: impl Into<String>, test: Test) -> Self {
        Self(Kind::Condition { field: field.into(), is_exact: false, test })
    }

    /// A test of a field's whole value.
    pub(super) fn exact(field: impl Into<String>, test: Test) -> Self {
        Self(Kind::Condition { field: field.into(), is_exact: true, test })
    }

    /// The field has this very value.
    pub fn equals(field: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::exact(field, Test::Is(value.into()))
    }

    /// The field has another value, or none.
    pub fn differs(field: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::exact(field, Test::IsNot(value.into()))
    }

    /// The field has one of these very values.
    pub fn one_of<V: Into<Value>>(field: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
        Self::exact(field, Test::OneOf(values.into_iter().map(Into::into).collect()))
    }

    /// The field has none of these values.
    pub fn none_of<V: Into<Value>>(field: impl Into<String>, values: impl IntoIterator<Item = V>) -> Self {
        Self::exact(field, Test::NotOneOf(values.into_iter().map(Into::into).collect()))
    }

    /// The field's text contains this, in any case.
    pub fn contains(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self::new(field, Test::Contains(text.into()))
    }

    /// The field's text begins so; case counts.
    pub fn starts_with(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self::exact(field, Test::StartsWith(text.into()))
    }

    /// The field's text ends so; case counts.
    pub fn ends_with(field: impl Into<String>, text: impl Into<String>) -> Self {
        Self::exact(field, Test::EndsWith(text.into()))
    }

    /// The field is there.
    pub fn exists(field: impl Into<String>) -> Self {
        Self::new(field, Test::Exists)
    }

    /// The field is not there.
    pub fn absent(field: impl Into<String>) -> Self {
        Self::new(field, Test::NotExists)
    }

    /// The field lies between two numbers or instants, both included.
    pub fn between(field: impl Into<String>, from: impl Into<Value>, to: impl Into<Value>) -> Self {
        Self::new(field, Test::Between(from.into(), to.into()))
    }

    /// The field is this number or more, this instant or later.
    pub fn at_least(field: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::new(field, Test::AtLeast(value.into()))
    }

    /// The field is this number or less, this instant or earlier.
    pub fn at_most(field: impl Into<String>, value: impl Into<Value>) -> Self {
        Self::new(field, Test::AtMost(value.into()))
    }

    /// Any field of the document contains this text.
    pub fn in_any_field(text: impl Into<String>) -> Self {
        // The field is ignored; the vendor's own interface sends this one (docs/utmstack.md, 3.1).
        Self::new("alert.*", Test::InAnyField(text.into()))
    }

    /// The field that it is about, without `.keyword`; `None` where it is about none or all.
    pub fn field(&self) -> Option<&str> {
        let field = match &self.0 {
            Kind::Condition { test: Test::InAnyField(_) | Test::NotInAnyField(_), .. } => return None,
            Kind::Condition { field, .. } => field,
            Kind::FalsePositive(_) => "tags",
            Kind::Raw(value) => value.get("field").and_then(Value::as_str)?,
        };
        Some(field.strip_suffix(".keyword").unwrap_or(field))
    }

    /// Tagged as a false positive, in either of the two spellings in use; or not, for `false`.
    pub fn false_positive(is_false_positive: bool) -> Self {
        Self(Kind::FalsePositive(is_false_positive))
    }
}
