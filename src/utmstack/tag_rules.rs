use super::ask::Ask;
use super::client::Client;
use super::dialect::Dialect;
use super::filter::{Filter, compile};
use super::listing::Listing;
use super::spoken::Spoken;
use super::tag_catalogue::Tag;
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine};
use crate::retry::Safety;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const NAME: &str = "tag rules";
const PATH: &str = "/api/alert-tag-rules";

/// A rule that tags alerts which are still to come (docs/utmstack.md, 5.2).
///
/// One that gives only the tag "False positive" also completes them.
#[derive(Debug, Clone, PartialEq)]
pub struct TagRuleDraft {
    /// Its name, which no other rule has.
    pub name: String,
    /// What it is for; the name where this is empty.
    pub description: String,
    /// Which alerts it meets: all of these hold. At least one.
    pub conditions: Vec<Filter>,
    /// Which tags of the catalogue they get. At least one.
    pub tags: Vec<Tag>,
}

/// A rule as the server keeps it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TagRule {
    /// Its id.
    pub id: u64,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// What it is for.
    #[serde(default)]
    pub description: Option<String>,
    /// Its conditions as the server takes them.
    #[serde(default)]
    pub conditions: Vec<Value>,
    /// The tags that it gives.
    #[serde(default)]
    pub tags: Vec<Tag>,
    /// Whether it is at work.
    #[serde(default)]
    pub active: Option<bool>,
    /// Whatever else the server says of it.
    #[serde(flatten)]
    pub rest: serde_json::Map<String, Value>,
}

/// Which rules are listed; what is not given does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TagRuleQuery {
    /// The name contains this.
    pub name: Option<String>,
    /// A condition is on this field.
    pub condition_field: Option<String>,
    /// It gives one of these tags, by their ids.
    pub tag_ids: Vec<u64>,
    /// Whether it is at work.
    pub is_active: Option<bool>,
    /// How many to give at the most.
    pub limit: Option<u64>,
}

impl TagRuleDraft {
    fn body(&self, dialect: Dialect, id: Option<u64>) -> Result<Value, Error> {
        let wanted = |what: &str| Err(Error::InvalidArgument(format!("A tag rule needs {what}.")));
        if self.name.trim().is_empty() {
            return wanted("a name");
        }
        if self.conditions.is_empty() {
            return wanted("at least one condition; without any it would meet every alert");
        }
        if self.tags.is_empty() {
            return wanted("at least one tag of the catalogue");
        }
        let description = if self.description.trim().is_empty() { &self.name } else { &self.description };
        let mut body = json!({
            "name": self.name,
            "description": description,
            "conditions": compile(&self.conditions, dialect)?,
            "tags": self.tags,
        });
        if let (Some(id), Some(fields)) = (id, body.as_object_mut()) {
            fields.insert("id".to_owned(), json!(id));
        }
        Ok(body)
    }
}

impl Client {
    /// Lists tag rules, those changed last first; each row is a [`TagRule`].
    ///
    /// Evidence: attested (docs/utmstack.md, 5.2).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn tag_rules(&self, query: &TagRuleQuery) -> Result<Machine<Spoken<Listing>>, Error> {
        let query = query.clone();
        self.real(NAME, move |_| {
            let mut call = Call::get(PATH, "listing tag rules").with("ruleDeleted", "false");
            if let Some(name) = &query.name {
                call = call.with("name", name.as_str());
            }
            if let Some(field) = &query.condition_field {
                call = call.with("conditionField", field.as_str());
            }
            if let Some(is_active) = query.is_active {
                call = call.with("ruleActive", is_active.to_string());
            }
            if !query.tag_ids.is_empty() {
                let ids: Vec<String> = query.tag_ids.iter().map(u64::to_string).collect();
                call = call.with("tagIds", ids.join(","));
            }
            Ok(Listing::new(call.with("sort", "last_modified_date,desc"), query.limit))
        })
    }

    /// Reads one tag rule; nothing where there is none of that id.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.2).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn tag_rule(&self, id: u64) -> Result<Machine<Spoken<Ask<Option<TagRule>>>>, Error> {
        self.real(NAME, move |_| {
            let call = Call::get(format!("{PATH}/{id}"), "reading a tag rule");
            Ok(Ask::new(call, "a tag rule", |response| {
                if response.body.is_empty() { Ok(None) } else { serde_json::from_slice(&response.body) }
            }))
        })
    }

    /// Makes a rule that tags alerts which are still to come. It does not touch those that are there.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.2). The flag `createRule` of the vendor's pages makes none; this does. A
    /// name that is taken ends the machine with `server_error`, since the server answers 500 to it.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] without a name, a condition or a tag.
    pub fn create_tag_rule(&self, draft: &TagRuleDraft) -> Result<Machine<Spoken<Ask<TagRule>>>, Error> {
        let draft = draft.clone();
        self.real(NAME, move |dialect| {
            let call = Call::write(Method::Post, PATH, Safety::UnsafeWrite, "creating a tag rule");
            Ok(Ask::json(call.with_json(draft.body(dialect, None)?), "a tag rule"))
        })
    }

    /// Changes a rule's name, description, conditions and tags.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.2).
    ///
    /// # Errors
    ///
    /// As [`Client::create_tag_rule`].
    pub fn update_tag_rule(
        &self,
        id: u64,
        draft: &TagRuleDraft,
    ) -> Result<Machine<Spoken<Ask<TagRule>>>, Error> {
        let draft = draft.clone();
        self.real(NAME, move |dialect| {
            let call = Call::write(Method::Put, PATH, Safety::IdempotentWrite, "changing a tag rule");
            Ok(Ask::json(call.with_json(draft.body(dialect, Some(id))?), "a tag rule"))
        })
    }

    /// Deletes a rule for good. Alerts keep the tags that it gave.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.2).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn delete_tag_rule(&self, id: u64) -> Result<Machine<Spoken<Ask<()>>>, Error> {
        self.real(NAME, move |_| {
            let path = format!("{PATH}/{id}");
            Ok(Ask::done(Call::write(Method::Delete, path, Safety::IdempotentWrite, "deleting a tag rule")))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_needs_a_name_a_condition_and_a_tag_and_is_written_in_the_servers_operators() {
        let tag = Tag { id: 1, tag_name: "False positive".to_owned(), tag_color: None, system_owner: None };
        let draft = TagRuleDraft {
            name: "Backup".to_owned(),
            description: String::new(),
            conditions: vec![Filter::contains("name", "backup"), Filter::at_most("severity", 2)],
            tags: vec![tag],
        };
        let body = draft.body(Dialect::V11, Some(4)).expect("a rule");
        assert_eq!((&body["id"], &body["description"]), (&json!(4), &json!("Backup")));
        assert_eq!(
            body["conditions"][1],
            json!({"field": "severity", "operator": "IS_ONE_OF", "value": [1, 2]})
        );
        for broken in [
            TagRuleDraft { name: " ".to_owned(), ..draft.clone() },
            TagRuleDraft { conditions: Vec::new(), ..draft.clone() },
            TagRuleDraft { tags: Vec::new(), ..draft.clone() },
        ] {
            assert!(broken.body(Dialect::V10, None).is_err());
        }
    }
}
