//! The fields of the alert indexes as OpenSearch maps them: texts twice (analysed, and whole as `.keyword`),
//! numbers as `long`, booleans as such.

use crate::config::Personality;
use crate::utmstack::mapping::{Mapping, mapping, mappings};

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Analysed text.
    Text,
    /// The whole text.
    Keyword,
    /// A whole number.
    Long,
    /// A number with a fraction.
    Float,
    /// True or false.
    Boolean,
    /// An instant.
    Date,
}

impl Kind {
    /// The type in OpenSearch's mapping.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Keyword => "keyword",
            Self::Long => "long",
            Self::Float => "float",
            Self::Boolean => "boolean",
            Self::Date => "date",
        }
    }
}

/// A field as a filter or a sort names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// What it holds, under this name.
    pub(crate) kind: Kind,
    /// What it is in SQL; a JSON array when it is one.
    pub(crate) sql: String,
    /// Whether a document may hold several of it.
    pub(crate) is_array: bool,
    /// Whether no document is without it.
    pub(crate) is_always_there: bool,
}

impl Field {
    /// The field of a name; `None` when no document has ever had it.
    pub(crate) fn named(name: &str, personality: Personality) -> Option<Self> {
        let (path, keyword) = match name.strip_suffix(".keyword") {
            Some(path) => (path, true),
            None => (name, false),
        };
        let Mapping { kind, column, is_array, .. } = mapping(path, personality)?;
        let kind = match (kind, keyword) {
            (Kind::Text, true) => Kind::Keyword,
            (kind, false) => kind,
            // Only texts have a keyword beside them.
            (_, true) => return None,
        };
        let sql = match (column, path.strip_prefix("events.")) {
            (Some(column), _) => format!("alert.{column}"),
            // An array of objects is flattened: each of its fields is an array.
            (None, Some(rest)) => format!(
                "(SELECT json_group_array({}) FROM alert_body, json_each(body, '$.events') AS event
                    WHERE alert_body.seq = alert.seq AND event.value ->> '$.{}' IS NOT NULL)",
                extracted("event.value", rest, kind),
                json_path(rest)
            ),
            (None, None) => format!(
                "(SELECT {} FROM alert_body WHERE alert_body.seq = alert.seq)",
                extracted("body", path, kind)
            ),
        };
        let optional = [
            "tags",
            "protocol",
            "tactic",
            "technique",
            "parent_id",
            "source_ip",
            "source_host",
            "destination_ip",
            "destination_host",
        ];
        let is_always_there = column.is_some_and(|column| !optional.contains(&column));
        Some(Self { kind, sql, is_array, is_always_there })
    }

    /// Every name under which a field can be asked for, with its type, in the order of their names.
    pub(crate) fn all(personality: Personality) -> Vec<(String, Kind)> {
        let mut all = Vec::new();
        for mapping in mappings(personality) {
            if mapping.kind == Kind::Text {
                all.push((format!("{}.keyword", mapping.path), Kind::Keyword));
            }
            all.push((mapping.path, mapping.kind));
        }
        all.sort_by(|one, other| one.0.cmp(&other.0));
        all
    }
}

/// The value at a path; instants in milliseconds, as the column of `@timestamp` has them.
fn extracted(from: &str, path: &str, kind: Kind) -> String {
    let value = format!("{from} ->> '$.{}'", json_path(path));
    if kind == Kind::Date {
        return format!("CAST(round(unixepoch({value}, 'subsec') * 1000) AS INTEGER)");
    }
    value
}

/// A path of SQLite's JSON functions; `@` has to stand in quotes there.
fn json_path(path: &str) -> String {
    path.split('.').map(|part| format!("\"{part}\"")).collect::<Vec<_>>().join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_mapped_twice_and_a_number_once() {
        let field = |name: &str| Field::named(name, Personality::V10);
        assert_eq!(field("name").unwrap().kind, Kind::Text);
        assert_eq!(field("name.keyword").unwrap().kind, Kind::Keyword);
        assert_eq!(field("status").unwrap().kind, Kind::Long);
        assert_eq!(field("status.keyword"), None);
        assert_eq!(field("source.hostname"), None, "only the documentation knows it");
    }

    #[test]
    fn each_generation_has_its_own_fields() {
        let has = |name: &str, personality| Field::named(name, personality).is_some();
        assert!(has("source.host", Personality::V10) && !has("source.host", Personality::V11));
        assert!(has("adversary.geolocation.country", Personality::V11) && has("parentId", Personality::V11));
        assert!(!has("parentId", Personality::V10));
        assert!(has("source.hostname", Personality::Documented));
        assert!(Field::named("events.target.host", Personality::V11).unwrap().is_array);
    }

    #[test]
    fn all_names_are_listed_with_their_types() {
        let all = Field::all(Personality::V10);
        assert!(all.contains(&("status".to_owned(), Kind::Long)));
        assert!(all.contains(&("name.keyword".to_owned(), Kind::Keyword)));
        assert!(all.iter().is_sorted_by_key(|one| &one.0));
    }
}
