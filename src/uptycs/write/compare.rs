use super::outcome::Difference;
use serde_json::{Map, Value};

/// Which of the wanted fields an object does not have as wanted. More fields in the object do not matter.
pub(crate) fn differences(wanted: &Map<String, Value>, found: &Map<String, Value>) -> Vec<Difference> {
    wanted
        .iter()
        .filter(|(name, value)| !found.get(*name).is_some_and(|found| same(name, value, found)))
        .map(|(name, value)| Difference {
            field: name.clone(),
            wanted: value.clone(),
            found: found.get(name).cloned(),
        })
        .collect()
}

/// Whether a value that was read is the one that was written to a field.
///
/// Objects may have gained fields, lists may have changed their order, and truths and numbers may have become text.
pub(crate) fn same(field: &str, wanted: &Value, found: &Value) -> bool {
    match (wanted, found) {
        (Value::Object(wanted), Value::Object(found)) => differences(wanted, found).is_empty(),
        (Value::Array(wanted), Value::Array(found)) => {
            wanted.len() == found.len()
                && wanted.iter().all(|value| found.iter().any(|other| same("", value, other)))
        }
        (Value::Null, Value::String(text)) | (Value::String(text), Value::Null) => text.is_empty(),
        (Value::String(wanted), Value::String(found)) => {
            wanted == found || (field == "status" && is_open(wanted) && is_open(found))
        }
        (Value::String(text), other @ (Value::Bool(_) | Value::Number(_)))
        | (other @ (Value::Bool(_) | Value::Number(_)), Value::String(text)) => *text == format!("{other}"),
        (wanted, found) => wanted == found,
    }
}

/// `new` and `open` are one status (docs/uptycs.md, 3.3).
fn is_open(status: &str) -> bool {
    status == "open" || status == "new"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn servers_may_add_reorder_and_spell_otherwise() {
        for (wanted, found) in [
            (json!({"a": 1}), json!({"a": 1, "b": 2})),
            (json!(["x", "y"]), json!(["y", "x"])),
            (json!([{"id": "r"}]), json!([{"id": "r", "name": "Analyst"}])),
            (json!("true"), json!(true)),
            (json!(5), json!("5")),
            (json!(""), json!(null)),
        ] {
            assert!(same("field", &wanted, &found), "{wanted} {found}");
        }
        assert!(same("status", &json!("new"), &json!("open")));
    }

    #[test]
    fn what_is_another_value_is_a_difference() {
        for (wanted, found) in [
            (json!("closed"), json!("open")),
            (json!(["x"]), json!(["x", "y"])),
            (json!({"a": 1}), json!({})),
        ] {
            assert!(!same("status", &wanted, &found), "{wanted} {found}");
        }
        let wanted = json!({"status": "closed", "note": "x"});
        let found = json!({"status": "closed"});
        let differences =
            differences(wanted.as_object().expect("object"), found.as_object().expect("object"));
        assert_eq!(differences.len(), 1);
        assert_eq!(differences.first().map(|it| (it.field.as_str(), it.found.clone())), Some(("note", None)));
    }
}
