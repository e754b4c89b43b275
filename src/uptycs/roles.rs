//! Roles: created, and given to users (docs/uptycs.md, 3.7 and 9).

use super::client::{Client, id_path};
use super::edit_list::{Edit, EditList, Editable};
use super::write::Write;
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine};
use crate::retry::Safety;
use serde_json::{Value, json};

/// A user's roles, which a write replaces as a whole.
const ROLES: Editable = Editable { field: "roles", doing: "changing the roles of a user", read, body };

/// A role that is to be created.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NewRole {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// What it allows, as `NOUN:VERB`, such as `ASSET:READ`.
    pub permissions: Vec<String>,
    /// The ids of the object groups that it is confined to; listed as `objectGroups`.
    pub object_groups: Vec<String>,
    /// Whether it is hidden in the vendor's interface.
    pub is_hidden: bool,
}

/// The ids of a user's roles, in either form in which users come (docs/uptycs.md, 5).
fn read(user: &Value) -> Vec<String> {
    let list = |name: &str| user.get(name).and_then(Value::as_array).into_iter().flatten();
    let plain = list("roles").filter_map(|role| role.get("id").or(Some(role)).and_then(Value::as_str));
    let linked = list("userRoles")
        .filter_map(|link| link.pointer("/role/id").or_else(|| link.get("roleId")).and_then(Value::as_str));
    let mut ids: Vec<String> = Vec::new();
    for id in plain.chain(linked) {
        if !ids.iter().any(|other| other == id) {
            ids.push(id.to_owned());
        }
    }
    ids
}

fn body(ids: &[String]) -> Value {
    let roles: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
    json!({ "roles": roles })
}

impl Client {
    /// Creates a role (`POST /roles`; attested).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a role without a name, or a permission that is not written `NOUN:VERB`.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile, NewRole};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let role = NewRole { name: "Reader".into(), permissions: vec!["ASSET:READ".into()], ..NewRole::default() };
    /// assert!(client.create_role(&role).is_ok());
    /// ```
    pub fn create_role(&self, role: &NewRole) -> Result<Machine<Write>, Error> {
        if role.name.trim().is_empty() {
            return Err(Error::InvalidArgument("A role needs a name.".to_owned()));
        }
        let is_word = |word: &str| {
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_')
        };
        let is_permission =
            |text: &str| text.split_once(':').is_some_and(|(noun, verb)| is_word(noun) && is_word(verb));
        if let Some(odd) = role.permissions.iter().find(|permission| !is_permission(permission)) {
            return Err(Error::InvalidArgument(format!(
                "{odd:?} is no permission; they are written NOUN:VERB, such as ASSET:READ or ALERT:UPDATE."
            )));
        }
        let groups: Vec<Value> = role.object_groups.iter().map(|id| json!({ "objectGroupId": id })).collect();
        let body = json!({
            "name": role.name,
            "description": role.description,
            "permissions": role.permissions,
            "hidden": role.is_hidden,
            "roleObjectGroups": groups,
        });
        let call =
            Call::write(Method::Post, "/roles", Safety::UnsafeWrite, "creating a role").with_json(&body);
        let wanted = body.as_object().cloned().unwrap_or_default();
        Ok(self.machine(Write::new(call, wanted)))
    }

    /// Gives roles to a user, or takes them away, by the roles' ids: reads, writes the whole list, reads back, and reports
    /// what somebody else changed meanwhile (`PUT /users/{id}` with `roles`; attested).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    pub fn edit_user_roles(&self, user_id: &str, edit: Edit) -> Result<Machine<EditList>, Error> {
        edit.check()?;
        Ok(self.machine(EditList::new(id_path("/users", user_id)?, ROLES, edit)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_are_read_in_either_form() {
        for user in [
            json!({"roles": [{"id": "a"}, {"id": "b"}]}),
            json!({"roles": ["a", "b"]}),
            json!({"userRoles": [{"role": {"id": "a"}}, {"roleId": "b"}], "roles": [{"id": "a"}]}),
        ] {
            let mut ids = read(&user);
            ids.sort();
            assert_eq!(ids, ["a", "b"], "{user}");
        }
        assert_eq!(body(&["a".to_owned()]), json!({"roles": [{"id": "a"}]}));
    }
}
