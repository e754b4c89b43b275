//! Things of which a tenant has few: rules, roles, tags and the like. They share their verbs, so they are a
//! table (`collections`) and not a handler each.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::uptycs::collections::COLLECTIONS;
use crate::uptycs::evidence::Evidence;
use crate::uptycs::resource::{Field, Kind, Resource};

/// The type of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    /// A text.
    Text,
    /// A number.
    Number,
    /// True or false.
    Boolean,
    /// An instant.
    Instant,
    /// An array.
    Array,
    /// An object.
    Object,
}

/// A field of a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Member {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its type.
    pub(crate) kind: Type,
    /// Whether something new must have it.
    pub(crate) is_required: bool,
}

/// A kind of things.
#[derive(Debug)]
pub(crate) struct Collection {
    /// The path after the customer, in the vendor's spelling.
    pub(crate) path: &'static str,
    /// Out of `LGCUD`: list, get, create, update, delete.
    pub(crate) verbs: &'static str,
    /// How surely its list is known.
    pub(crate) evidence: Evidence,
    /// Its own fields, separated by spaces: `:b`, `:i`, `:t`, `:a`, `:o` mark truth, numbers, instants, arrays and
    /// objects, all others are texts, and `!` marks what something new must have. Empty when only the name of the
    /// list is public.
    pub(crate) members: &'static str,
    /// Fields that a parameter of their own name compares.
    pub(crate) plain: &'static [&'static str],
}

/// What every model has (docs/uptycs.md, "Models"). Nobody may write it.
const OWNED: &str = "id customerId createdAt:t createdBy updatedAt:t updatedBy links:a";

/// More that comes with an answer and may not be sent back (docs/uptycs.md, "Conventions").
const NOT_WRITABLE: &[&str] = &["seedId", "lock", "custom", "isInternal", "throttled"];

impl Collection {
    /// The collection at a path, whatever its case.
    pub(crate) fn at(path: &str) -> Option<&'static Self> {
        COLLECTIONS.iter().find(|one| one.path.eq_ignore_ascii_case(path))
    }

    /// Whether it has a verb, such as `C`.
    pub(crate) fn has(&self, verb: char) -> bool {
        self.verbs.contains(verb)
    }

    /// Its own fields.
    pub(crate) fn own_members(&self) -> impl Iterator<Item = Member> {
        self.members.split_ascii_whitespace().map(member)
    }

    /// All fields.
    pub(crate) fn all_members(&self) -> impl Iterator<Item = Member> {
        let owned = if self.members.is_empty() { "id" } else { OWNED };
        owned.split_ascii_whitespace().map(member).chain(self.own_members())
    }

    /// Whether callers may write a field.
    pub(crate) fn is_writable(&self, name: &str) -> bool {
        self.own_members().any(|member| member.name == name) && !NOT_WRITABLE.contains(&name)
    }

    /// What lists it.
    pub(crate) fn resource(&self) -> Option<&'static Resource> {
        RESOURCES.iter().find(|resource| resource.path == self.path)
    }
}

static RESOURCES: LazyLock<Vec<Resource>> = LazyLock::new(|| COLLECTIONS.iter().map(resource).collect());

fn resource(collection: &'static Collection) -> Resource {
    let fields = collection.all_members().filter_map(|member| {
        let kind = match member.kind {
            Type::Text => Kind::Text,
            Type::Number => Kind::Number,
            Type::Boolean => Kind::Boolean,
            Type::Instant => Kind::IsoInstant,
            Type::Array | Type::Object => return None,
        };
        let sql = match member.name {
            "id" => "object.id".to_owned(),
            name => format!("(object.body ->> '$.{name}')"),
        };
        Some(Field { name: member.name, sql: Cow::Owned(sql), kind })
    });
    Resource {
        path: collection.path,
        title: Cow::Owned(format!("{} information", spoken(collection.path))),
        table: "object",
        fields: Cow::Owned(fields.collect()),
        plain: collection.plain,
        extra_link: None,
    }
}

/// `alertRules` as `Alert rules`.
fn spoken(path: &str) -> String {
    let mut words = String::new();
    for (index, letter) in path.chars().enumerate() {
        if index == 0 {
            words.extend(letter.to_uppercase());
        } else if letter.is_uppercase() {
            words.push(' ');
            words.extend(letter.to_lowercase());
        } else {
            words.push(letter);
        }
    }
    words
}

fn member(text: &'static str) -> Member {
    let (text, is_required) = text.strip_suffix('!').map_or((text, false), |text| (text, true));
    let (name, mark) = text.split_once(':').unwrap_or((text, ""));
    let kind = match mark {
        "b" => Type::Boolean,
        "i" => Type::Number,
        "t" => Type::Instant,
        "a" => Type::Array,
        "o" => Type::Object,
        _ => Type::Text,
    };
    Member { name, kind, is_required }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collection_is_found_whatever_the_case_and_titled_in_words() {
        let rules = Collection::at("ALERTrules").unwrap();
        assert_eq!(rules.resource().unwrap().title, "Alert rules information");
        assert!(Collection::at("thretSources").is_none(), "the typo of the help text");
    }

    #[test]
    fn what_the_service_owns_cannot_be_written() {
        let rules = Collection::at("alertRules").unwrap();
        assert!(rules.is_writable("enabled"));
        for name in ["id", "createdAt", "lock", "custom", "throttled", "nonsense"] {
            assert!(!rules.is_writable(name), "{name}");
        }
    }
}
