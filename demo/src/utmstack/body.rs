//! Bodies as Jackson reads them: unknown fields are ignored, numbers and texts turn into one another.

use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};

use crate::utmstack::failure::Failure;

/// A JSON object that a caller sent.
#[derive(Debug, Clone, Default)]
pub(crate) struct Body {
    fields: Map<String, Value>,
}

impl Body {
    /// Reads an object.
    pub(crate) fn read(headers: &HeaderMap, bytes: &[u8]) -> Result<Self, Failure> {
        match read_json(headers, bytes)? {
            Value::Object(fields) => Ok(Self { fields }),
            other => Err(parse_error(&format!("Cannot deserialize an object out of {other}"))),
        }
    }

    /// An object that lies within another.
    pub(crate) fn of(value: &Value) -> Result<Self, Failure> {
        match value {
            Value::Object(fields) => Ok(Self { fields: fields.clone() }),
            other => Err(parse_error(&format!("Cannot deserialize an object out of {other}"))),
        }
    }

    /// A field as it came; `None` when it is missing or null.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        self.fields.get(name).filter(|value| !value.is_null())
    }

    /// A text.
    pub(crate) fn text(&self, name: &str) -> Result<Option<String>, Failure> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Array(_) | Value::Object(_)) => Err(wrong_type(name, "String")),
            Some(scalar) => Ok(Some(scalar.to_string())),
        }
    }

    /// A whole number; a text that holds one will do, and a fraction is cut off.
    pub(crate) fn int(&self, name: &str) -> Result<Option<i64>, Failure> {
        let Some(value) = self.value(name) else { return Ok(None) };
        let text = match value {
            Value::Number(number) => number.to_string(),
            Value::String(text) if text.trim().is_empty() => return Ok(None),
            Value::String(text) => text.trim().to_owned(),
            _ => return Err(wrong_type(name, "Integer")),
        };
        let whole = text.split('.').next().unwrap_or_default();
        whole.parse().map(Some).map_err(|_| wrong_type(name, "Integer"))
    }

    /// True or false.
    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, Failure> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Bool(truth)) => Ok(Some(*truth)),
            Some(Value::String(text)) if text == "true" => Ok(Some(true)),
            Some(Value::String(text)) if text == "false" => Ok(Some(false)),
            Some(Value::Number(number)) => Ok(Some(number.as_i64() != Some(0))),
            Some(_) => Err(wrong_type(name, "Boolean")),
        }
    }

    /// A list.
    pub(crate) fn list(&self, name: &str) -> Result<Option<&[Value]>, Failure> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::Array(elements)) => Ok(Some(elements)),
            Some(_) => Err(wrong_type(name, "ArrayList")),
        }
    }

    /// A list of texts.
    pub(crate) fn texts(&self, name: &str) -> Result<Option<Vec<String>>, Failure> {
        let Some(elements) = self.list(name)? else { return Ok(None) };
        elements
            .iter()
            .filter(|element| !element.is_null())
            .map(|element| match element {
                Value::String(text) => Ok(text.clone()),
                Value::Array(_) | Value::Object(_) => Err(wrong_type(name, "String")),
                scalar => Ok(scalar.to_string()),
            })
            .collect::<Result<_, _>>()
            .map(Some)
    }
}

/// Reads any JSON; the content type has to say that it is some.
pub(crate) fn read_json(headers: &HeaderMap, bytes: &[u8]) -> Result<Value, Failure> {
    let content_type =
        headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !content_type.to_ascii_lowercase().contains("json") {
        return Err(Failure::Unreadable {
            status: StatusCode::UNSUPPORTED_MEDIA_TYPE,
            detail: format!("Content type '{content_type}' not supported"),
        });
    }
    serde_json::from_slice(bytes).map_err(|error| parse_error(&error.to_string()))
}

/// What cannot be read as JSON, or not as the JSON that was expected.
pub(crate) fn parse_error(cause: &str) -> Failure {
    Failure::bad_request(format!("JSON parse error: {cause}"))
}

fn wrong_type(name: &str, kind: &str) -> Failure {
    parse_error(&format!("Cannot deserialize value of type {kind} for field {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_texts_turn_into_one_another() {
        let body =
            Body::of(&serde_json::json!({ "a": "5", "b": 2.9, "c": 7, "d": null, "e": [1, "x"] })).unwrap();
        assert_eq!((body.int("a").unwrap(), body.int("b").unwrap()), (Some(5), Some(2)));
        assert_eq!(body.text("c").unwrap().as_deref(), Some("7"));
        assert_eq!((body.int("d").unwrap(), body.text("missing").unwrap()), (None, None));
        assert_eq!(body.texts("e").unwrap().unwrap(), ["1", "x"]);
        assert!(body.int("e").is_err());
    }

    #[test]
    fn a_body_needs_a_content_type_of_json() {
        assert!(Body::read(&HeaderMap::new(), b"{}").is_err());
        let mut headers = HeaderMap::new();
        headers.insert(header::CONTENT_TYPE, "application/json;charset=UTF-8".parse().unwrap());
        assert!(Body::read(&headers, b"{}").is_ok());
        assert!(Body::read(&headers, b"[]").is_err());
    }
}
