use super::operator::Operator;
use crate::error::Error;
use crate::operation::Evidence;
use serde_json::{Map, Value};

/// What the rows of a list have to meet: all conditions at once (docs/uptycs.md, 3.1).
///
/// The API has no "or" between fields; `one_of` is the way to allow several values of one field.
///
/// ```
/// use triagekit::uptycs::{Filter, Operator};
///
/// let filter = Filter::new()
///     .between("alertTime", "2026-11-20T00:00:00.000Z", "2026-11-21T00:00:00.000Z")
///     .one_of("status", ["open", "assigned"]);
/// assert_eq!(
///     filter.to_json().unwrap(),
///     r#"{"alertTime":{"between":["2026-11-20T00:00:00.000Z","2026-11-21T00:00:00.000Z"]},"status":{"in":["open","assigned"]}}"#
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    conditions: Vec<(String, Operator, Value)>,
}

impl Filter {
    /// A filter that everything meets.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds any condition. `operator.evidence()` says how surely the service knows the operator.
    pub fn with(mut self, field: impl Into<String>, operator: Operator, value: impl Into<Value>) -> Self {
        self.conditions.push((field.into(), operator, value.into()));
        self
    }

    /// The field has this value (attested).
    pub fn equals(self, field: impl Into<String>, value: impl Into<Value>) -> Self {
        self.with(field, Operator::Equals, value)
    }

    /// The field has one of these values (attested).
    pub fn one_of<V: Into<Value>>(
        self,
        field: impl Into<String>,
        values: impl IntoIterator<Item = V>,
    ) -> Self {
        let values: Vec<Value> = values.into_iter().map(Into::into).collect();
        self.with(field, Operator::In, values)
    }

    /// The field meets a pattern, with `%` for anything (attested).
    pub fn like(self, field: impl Into<String>, pattern: impl Into<String>) -> Self {
        self.with(field, Operator::Like, pattern.into())
    }

    /// The field meets a pattern in any case, with `%` for anything (attested).
    pub fn like_in_any_case(self, field: impl Into<String>, pattern: impl Into<String>) -> Self {
        self.with(field, Operator::ILike, pattern.into())
    }

    /// The field lies from one value to another; whether the ends count is not known (attested).
    pub fn between<V: Into<Value>>(self, field: impl Into<String>, from: V, to: V) -> Self {
        self.with(field, Operator::Between, vec![from.into(), to.into()])
    }

    /// Reads a filter as it stands on the wire: `{"field":{"operator":value}}`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for text of another form, or an operator that is not known here. A filter with
    /// operators of another service version is passed as text instead ([`ListOptions::filters`](crate::uptycs::ListOptions)).
    ///
    /// ```
    /// use triagekit::uptycs::Filter;
    ///
    /// let filter = Filter::parse(r#"{"live":{"equals":"true"}}"#).unwrap();
    /// assert_eq!(filter, Filter::new().equals("live", "true"));
    /// assert!(Filter::parse(r#"{"live":true}"#).is_err());
    /// ```
    pub fn parse(text: &str) -> Result<Self, Error> {
        let fields: Map<String, Value> = serde_json::from_str(text).map_err(|cause| {
            invalid(&format!(
                "Filters are a JSON object such as {{\"status\":{{\"equals\":\"open\"}}}}; {cause}."
            ))
        })?;
        let mut filter = Self::new();
        for (field, operations) in fields {
            let Value::Object(operations) = operations else {
                return Err(invalid(&format!(
                    "The filter of {field:?} is an object such as {{\"equals\":\"open\"}}, not a plain value."
                )));
            };
            for (word, value) in operations {
                let operator = Operator::parse(&word).ok_or_else(|| {
                    invalid(&format!(
                        "{word:?} is no operator; there are {}.",
                        Operator::ALL.map(Operator::word).join(", ")
                    ))
                })?;
                filter = filter.with(field.clone(), operator, value);
            }
        }
        Ok(filter)
    }

    /// Whether everything meets it.
    pub fn is_empty(&self) -> bool {
        self.conditions.is_empty()
    }

    /// How surely the service knows all its operators: that of the least sure one.
    pub fn evidence(&self) -> Evidence {
        self.conditions.iter().map(|(_, operator, _)| operator.evidence()).max().unwrap_or(Evidence::Attested)
    }

    /// The filter as JSON, for the parameter or the field `filters`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] when a value does not fit its operator, or one field has an operator twice.
    pub fn to_json(&self) -> Result<String, Error> {
        self.to_object().map(|object| Value::Object(object).to_string())
    }

    /// The filter as an object.
    pub(crate) fn to_object(&self) -> Result<Map<String, Value>, Error> {
        let mut fields = Map::new();
        for (field, operator, value) in &self.conditions {
            if let Some(expected) = operator.complaint(value) {
                let word = operator.word();
                return Err(invalid(&format!("The filter {word:?} of {field:?} needs {expected}.")));
            }
            let operations = fields.entry(field.clone()).or_insert_with(|| Value::Object(Map::new()));
            let Value::Object(operations) = operations else { continue };
            if operations.insert(operator.word().to_owned(), value.clone()).is_some() {
                return Err(invalid(&format!(
                    "The field {field:?} has the filter {:?} twice; one of them would be lost. Use \"in\" for several values.",
                    operator.word()
                )));
            }
        }
        Ok(fields)
    }
}

fn invalid(text: &str) -> Error {
    Error::InvalidArgument(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_of_one_field_share_its_object() {
        let filter = Filter::new()
            .with("createdAt", Operator::Gte, "2026-11-20")
            .with("createdAt", Operator::Lt, "2026-11-21")
            .equals("custom", true);
        let json = filter.to_json().expect("fits");
        assert_eq!(json, r#"{"createdAt":{"gte":"2026-11-20","lt":"2026-11-21"},"custom":{"equals":true}}"#);
        assert_eq!(filter.evidence(), Evidence::Reconstructed);
        assert_eq!(Filter::parse(&json).expect("reads").to_json(), Ok(json));
    }

    #[test]
    fn what_would_be_lost_or_refused_is_said_before_anything_is_sent() {
        for (filter, words) in [
            (Filter::new().equals("status", "open").equals("status", "new"), "twice"),
            (Filter::new().one_of("status", Vec::<String>::new()), "not empty"),
            (Filter::new().with("alertTime", Operator::Between, vec!["x"]), "from and to"),
            (Filter::new().with("indicator", Operator::Like, 5), "text"),
            (Filter::new().with("note", Operator::IsNull, "yes"), "true or false"),
        ] {
            let error = filter.to_json().expect_err(words);
            assert!(error.to_string().contains(words), "{error}");
        }
    }

    #[test]
    fn no_condition_is_an_empty_object_and_attested() {
        assert_eq!(Filter::new().to_json().as_deref(), Ok("{}"));
        assert_eq!(Filter::new().evidence(), Evidence::Attested);
    }

    #[test]
    fn text_of_another_form_is_named() {
        for text in ["", "[]", r#"{"a":1}"#, r#"{"a":{"is":1}}"#] {
            assert_eq!(Filter::parse(text).map_err(|error| error.code()), Err("invalid_argument"), "{text}");
        }
    }
}
