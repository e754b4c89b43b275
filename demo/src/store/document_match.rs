//! A search over all fields of a document, as a function for SQL: `document_match(body, query)`.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, Error};
use serde_json::Value;
use unicode_segmentation::UnicodeSegmentation as _;

/// Registers the function.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("document_match", 2, flags, |context| {
        let text =
            |index| context.get_raw(index).as_str().map_err(|error| Error::UserFunctionError(error.into()));
        Ok(matches(text(0)?, text(1)?))
    })
}

/// `query_string` with `*word*` over all fields: every word of the query lies in some word of some field.
fn matches(body: &str, query: &str) -> bool {
    let terms: Vec<String> =
        query.split_whitespace().map(|term| term.replace(['<', '>'], "").to_lowercase()).collect();
    // Most documents hold no such letters anywhere, and need not be read as JSON to know it.
    let lower = body.to_lowercase();
    let may_match = |term: &String| term.contains(['"', '\\']) || lower.contains(term.as_str());
    if !terms.iter().all(may_match) {
        return false;
    }
    let Ok(document) = serde_json::from_str::<Value>(body) else { return false };
    let mut words = Vec::new();
    collect(&document, &mut words);
    terms.iter().all(|term| words.iter().any(|word| word.contains(term.as_str())))
}

fn collect(value: &Value, words: &mut Vec<String>) {
    match value {
        Value::Null => {}
        Value::Bool(truth) => words.push(truth.to_string()),
        Value::Number(number) => words.push(number.to_string()),
        Value::String(text) => words.extend(text.unicode_words().map(str::to_lowercase)),
        Value::Array(elements) => elements.iter().for_each(|element| collect(element, words)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BODY: &str =
        r#"{"name":"Brute force","source":{"ip":"203.0.113.9","port":22},"tags":["VIP \"x\""]}"#;

    #[test]
    fn words_of_a_query_may_lie_in_different_fields() {
        assert!(matches(BODY, "brute 113.9"));
        assert!(matches(BODY, "VIP 22 forc"));
        assert!(!matches(BODY, "brute nothing"));
    }

    #[test]
    fn names_of_fields_are_not_searched() {
        assert!(!matches(BODY, "source"));
    }
}
