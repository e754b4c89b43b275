use serde_json::{Map, Value};

/// What every write must leave out (docs/uptycs.md, 3.1).
const ALWAYS: [&str; 12] = [
    "id",
    "customerId",
    "seedId",
    "createdAt",
    "createdBy",
    "updatedAt",
    "updatedBy",
    "links",
    "lock",
    "custom",
    "isInternal",
    "throttled",
];

/// What the entries of a list inside an object must leave out: what links them to the object and to their making.
const IN_ENTRIES: [&str; 9] =
    ["id", "ruleId", "roleId", "userId", "customerId", "createdAt", "createdBy", "updatedAt", "updatedBy"];

/// Lists whose entries are links to other objects, which are written without ids of their own.
const LINKING: [&str; 5] =
    ["destinations", "alertRuleExceptions", "alertRuleQueries", "roleObjectGroups", "userObjectGroups"];

/// An object as it may be written, and what was taken out of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stripped {
    /// What is left to write.
    pub object: Map<String, Value>,
    /// The names of the fields that were taken out, inner ones as `destinations.id`; in alphabetical order, each once.
    pub removed: Vec<String>,
}

/// Takes out of an object that was read what a write of it must not carry, since the API refuses such bodies
/// (docs/uptycs.md, 3.1): ids, times, links and flags, and of rules empty lists.
///
/// `path` is the resource's canonical path.
///
/// ```
/// use triagekit::uptycs::strip;
///
/// let rule = serde_json::json!({"id": "r", "name": "Shell", "links": [], "enabled": true});
/// let stripped = strip("alertRules", rule.as_object().unwrap().clone());
/// assert_eq!(serde_json::to_string(&stripped.object).unwrap(), r#"{"enabled":true,"name":"Shell"}"#);
/// assert_eq!(stripped.removed, ["id", "links"]);
/// ```
pub fn strip(path: &str, object: Map<String, Value>) -> Stripped {
    let mut removed = Vec::new();
    let mut kept = Map::new();
    let is_rule = path == "alertRules" || path == "eventRules";
    for (name, mut value) in object {
        let is_empty_list = value.as_array().is_some_and(Vec::is_empty);
        let must_go = ALWAYS.contains(&name.as_str())
            || (is_rule && name == "exceptions")
            || (is_rule && is_empty_list && (name == "alertTags" || name == "destinations"))
            || (path == "roles" && name == "noMinimalPermissions");
        if must_go {
            removed.push(name);
            continue;
        }
        if LINKING.contains(&name.as_str()) {
            strip_entries(&name, &mut value, &mut removed);
        } else if path == "users" && name == "roles" {
            keep_ids(&name, &mut value, &mut removed);
        }
        kept.insert(name, value);
    }
    removed.sort();
    removed.dedup();
    Stripped { object: kept, removed }
}

fn strip_entries(list: &str, value: &mut Value, removed: &mut Vec<String>) {
    for entry in entries(value) {
        for name in IN_ENTRIES.into_iter().chain(["links"]) {
            if entry.remove(name).is_some() {
                removed.push(format!("{list}.{name}"));
            }
        }
    }
}

/// A user's roles are written as their ids alone.
fn keep_ids(list: &str, value: &mut Value, removed: &mut Vec<String>) {
    for entry in entries(value) {
        entry.retain(|name, _| {
            let is_id = name == "id";
            if !is_id {
                removed.push(format!("{list}.{name}"));
            }
            is_id
        });
    }
}

fn entries(value: &mut Value) -> impl Iterator<Item = &mut Map<String, Value>> {
    value.as_array_mut().into_iter().flatten().filter_map(Value::as_object_mut)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn stripped(path: &str, value: &Value) -> (Value, Vec<String>) {
        let stripped = strip(path, value.as_object().expect("an object").clone());
        (Value::Object(stripped.object), stripped.removed)
    }

    #[test]
    fn a_rule_that_was_read_can_be_written() {
        let rule = json!({
            "id": "r", "customerId": "c", "name": "Shell", "enabled": true, "custom": true, "lock": false,
            "exceptions": [{"id": "e"}], "alertTags": [], "createdAt": "2026-01-01T00:00:00.000Z",
            "destinations": [{"id": "x", "ruleId": "r", "destinationId": "d", "severity": "high"}],
            "alertRuleExceptions": [{"id": "y", "exceptionId": "e", "links": []}],
        });
        let (left, removed) = stripped("alertRules", &rule);
        assert_eq!(
            left,
            json!({
                "name": "Shell", "enabled": true,
                "destinations": [{"destinationId": "d", "severity": "high"}],
                "alertRuleExceptions": [{"exceptionId": "e"}],
            })
        );
        assert!(removed.contains(&"destinations.ruleId".to_owned()), "{removed:?}");
    }

    #[test]
    fn empty_lists_stay_where_they_mean_something() {
        let tag = json!({"key": "k", "value": "v", "querypacks": [], "destinations": []});
        assert_eq!(stripped("tags", &tag), (tag, Vec::new()));
        let exceptions = json!({"exceptions": [1]});
        assert_eq!(stripped("tags", &exceptions).0, exceptions);
    }

    #[test]
    fn a_user_keeps_the_ids_of_roles_and_nothing_else_of_them() {
        let user = json!({"id": "u", "name": "Ada", "roles": [{"id": "r", "name": "Analyst"}]});
        let (left, removed) = stripped("users", &user);
        assert_eq!(left, json!({"name": "Ada", "roles": [{"id": "r"}]}));
        assert_eq!(removed, ["id", "roles.name"]);
    }
}
