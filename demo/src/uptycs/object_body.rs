//! Bodies of collections: what may be written, and how a stored one is complete.

use serde_json::{Map, Value, json};

use crate::instant::UtcInstant;
use crate::uptycs::collection::{Collection, Member, Type};
use crate::uptycs::failure::Failure;

/// Checks what a caller writes, in the words that real clients met.
pub(crate) fn check(collection: &Collection, body: &Map<String, Value>, is_new: bool) -> Result<(), Failure> {
    for (name, value) in body {
        if !collection.is_writable(name) {
            return Err(Failure::bad_request(format!("\"{name}\" is not allowed")));
        }
        if let Some(member) = collection.own_members().find(|member| member.name == name)
            && !fits(member, value)
        {
            return Err(Failure::bad_request(format!(
                "{name} of {} should be {}",
                collection.path,
                words(member.kind)
            )));
        }
    }
    let missing = collection
        .own_members()
        .find(|member| member.is_required && body.get(member.name).is_none_or(Value::is_null));
    match missing {
        Some(member) if is_new => Err(Failure::bad_request(format!("\"{}\" is required", member.name))),
        _ => Ok(()),
    }
}

fn fits(member: Member, value: &Value) -> bool {
    if value.is_null() {
        return !member.is_required;
    }
    match member.kind {
        Type::Text | Type::Instant => value.is_string() || value.is_number(),
        Type::Number => value.is_number() || value.as_str().is_some_and(|text| text.parse::<f64>().is_ok()),
        // A working client sends "true".
        Type::Boolean => value.is_boolean() || matches!(value.as_str(), Some("true" | "false")),
        Type::Array => value.is_array(),
        Type::Object => value.is_object(),
    }
}

fn words(kind: Type) -> &'static str {
    match kind {
        Type::Text => "a string",
        Type::Number => "a number",
        Type::Boolean => "a boolean",
        Type::Instant => "a valid date",
        Type::Array => "an array",
        Type::Object => "an object",
    }
}

/// A body with every field of its model. What is not given is null, empty or false by its type.
pub(crate) fn complete(
    collection: &Collection,
    customer: &str,
    id: &str,
    given: Map<String, Value>,
    made: (UtcInstant, &str),
) -> Map<String, Value> {
    let (at, by) = made;
    let mut body = Map::new();
    for member in collection.all_members() {
        let value = match (member.name, member.kind) {
            ("id", _) => json!(id),
            ("customerId", _) => json!(customer),
            ("createdAt" | "updatedAt", _) => json!(at.iso()),
            ("createdBy" | "updatedBy", _) => json!(by),
            ("links", _) => links(collection, customer, id),
            ("custom" | "enabled" | "active", Type::Boolean) => json!(true),
            (_, Type::Boolean) => json!(false),
            (_, Type::Array) => json!([]),
            _ => Value::Null,
        };
        body.insert(member.name.to_owned(), value);
    }
    merge(collection, &mut body, given);
    body
}

/// Puts what a caller wrote over what there is.
pub(crate) fn merge(collection: &Collection, body: &mut Map<String, Value>, given: Map<String, Value>) {
    for (name, value) in given {
        let is_truth =
            collection.own_members().any(|member| member.name == name && member.kind == Type::Boolean);
        let value = match value.as_str() {
            Some("true") if is_truth => json!(true),
            Some("false") if is_truth => json!(false),
            _ => value,
        };
        body.insert(name, value);
    }
    if matches!(collection.path, "tags" | "assetTags") {
        let part = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);
        let tag = match (part("key"), part("value")) {
            (Some(key), Some(value)) => Some(format!("{key}={value}")),
            (key, _) => key,
        };
        body.insert("tag".to_owned(), json!(tag));
    }
}

fn links(collection: &Collection, customer: &str, id: &str) -> Value {
    let path = collection.path;
    json!([
        { "rel": "self", "title": "Information", "href": format!("/api/customers/{customer}/{path}/{id}") },
        { "rel": "parent", "title": "Customer information", "href": format!("/api/customers/{customer}") },
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(path: &str, body: &Value, is_new: bool) -> bool {
        check(Collection::at(path).unwrap(), body.as_object().unwrap(), is_new).is_err()
    }

    #[test]
    fn what_was_got_cannot_be_sent_back_as_it_is() {
        for name in ["id", "createdAt", "links", "lock"] {
            assert!(refused("eventRules", &json!({ "name": "x", name: "y" }), true), "{name}");
        }
        assert!(!refused("eventRules", &json!({ "name": "x", "enabled": "true" }), true));
        assert!(refused("eventRules", &json!({ "enabled": "perhaps" }), false));
        assert!(refused("eventRules", &json!({ "enabled": true }), true), "a new one needs a name");
        assert!(!refused("eventRules", &json!({ "enabled": true }), false));
    }

    #[test]
    fn a_stored_body_has_every_field_and_tags_are_named() {
        let tags = Collection::at("tags").unwrap();
        let given = json!({ "key": "site", "value": "fra" }).as_object().unwrap().clone();
        let body = complete(tags, "c", "i", given, (UtcInstant::from_millis(0), "me"));
        assert_eq!(
            (body["tag"].as_str(), body["filePathGroups"].as_array().map(Vec::len)),
            (Some("site=fra"), Some(0))
        );
        assert_eq!(body["createdAt"], "1970-01-01T00:00:00.000Z");
    }
}
