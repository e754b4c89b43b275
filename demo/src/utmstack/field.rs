//! The fields of `alert-*` as OpenSearch maps them: texts twice (analysed, and whole as `.keyword`), numbers as
//! `long`, booleans as such.

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

/// A mapped field: its path, what it holds, its column if it has one, and whether it is an array.
struct Mapping(&'static str, Kind, Option<&'static str>, bool);

const MAPPINGS: &[Mapping] = &[
    Mapping("@timestamp", Kind::Date, Some("at"), false),
    Mapping("id", Kind::Text, Some("id"), false),
    Mapping("status", Kind::Long, Some("status"), false),
    Mapping("statusLabel", Kind::Text, None, false),
    Mapping("statusObservation", Kind::Text, None, false),
    Mapping("isIncident", Kind::Boolean, Some("is_incident"), false),
    Mapping("incidentDetail.createdBy", Kind::Text, None, false),
    Mapping("incidentDetail.observation", Kind::Text, None, false),
    Mapping("incidentDetail.creationDate", Kind::Text, None, false),
    Mapping("incidentDetail.source", Kind::Text, None, false),
    Mapping("incidentDetail.incidentName", Kind::Text, None, false),
    Mapping("incidentDetail.incidentId", Kind::Text, None, false),
    Mapping("name", Kind::Text, Some("name"), false),
    Mapping("category", Kind::Text, Some("category"), false),
    Mapping("severity", Kind::Long, Some("severity"), false),
    Mapping("severityLabel", Kind::Text, None, false),
    Mapping("protocol", Kind::Text, Some("protocol"), false),
    Mapping("description", Kind::Text, None, false),
    Mapping("solution", Kind::Text, None, false),
    Mapping("tactic", Kind::Text, Some("tactic"), false),
    Mapping("reference", Kind::Text, None, true),
    Mapping("dataType", Kind::Text, Some("data_type"), false),
    Mapping("dataSource", Kind::Text, Some("data_source"), false),
    Mapping("source.user", Kind::Text, None, false),
    Mapping("source.host", Kind::Text, Some("source_host"), false),
    Mapping("source.ip", Kind::Text, Some("source_ip"), false),
    Mapping("source.port", Kind::Long, None, false),
    Mapping("source.country", Kind::Text, None, false),
    Mapping("source.countryCode", Kind::Text, None, false),
    Mapping("source.city", Kind::Text, None, false),
    Mapping("source.coordinates", Kind::Float, None, true),
    Mapping("source.accuracyRadius", Kind::Long, None, false),
    Mapping("source.asn", Kind::Long, None, false),
    Mapping("source.aso", Kind::Text, None, false),
    Mapping("source.isSatelliteProvider", Kind::Boolean, None, false),
    Mapping("source.isAnonymousProxy", Kind::Boolean, None, false),
    Mapping("destination.user", Kind::Text, None, false),
    Mapping("destination.host", Kind::Text, Some("destination_host"), false),
    Mapping("destination.ip", Kind::Text, Some("destination_ip"), false),
    Mapping("destination.port", Kind::Long, None, false),
    Mapping("destination.country", Kind::Text, None, false),
    Mapping("destination.countryCode", Kind::Text, None, false),
    Mapping("destination.city", Kind::Text, None, false),
    Mapping("destination.coordinates", Kind::Float, None, true),
    Mapping("destination.accuracyRadius", Kind::Long, None, false),
    Mapping("destination.asn", Kind::Long, None, false),
    Mapping("destination.aso", Kind::Text, None, false),
    Mapping("destination.isSatelliteProvider", Kind::Boolean, None, false),
    Mapping("destination.isAnonymousProxy", Kind::Boolean, None, false),
    Mapping("logs", Kind::Text, None, true),
    Mapping("tags", Kind::Text, Some("tags"), true),
    Mapping("notes", Kind::Text, None, false),
    Mapping("TagRulesApplied", Kind::Long, None, true),
];

/// A field as a filter or a sort names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Field {
    /// What it holds, under this name.
    pub(crate) kind: Kind,
    /// What it is in SQL.
    pub(crate) sql: String,
    /// Whether a document may hold several of it.
    pub(crate) is_array: bool,
    /// Whether no document is without it.
    pub(crate) is_always_there: bool,
}

impl Field {
    /// The field of a name; `None` when no document has ever had it.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let (path, keyword) = match name.strip_suffix(".keyword") {
            Some(path) => (path, true),
            None => (name, false),
        };
        let &Mapping(path, kind, column, is_array) = MAPPINGS.iter().find(|mapping| mapping.0 == path)?;
        let kind = match (kind, keyword) {
            (Kind::Text, true) => Kind::Keyword,
            (kind, false) => kind,
            // Only texts have a keyword beside them.
            (_, true) => return None,
        };
        let sql = column.map_or_else(
            || format!("(SELECT body ->> '$.{path}' FROM alert_body WHERE alert_body.seq = alert.seq)"),
            |column| format!("alert.{column}"),
        );
        let is_always_there = column.is_some_and(|column| !matches!(column, "tags" | "protocol" | "tactic"));
        Some(Self { kind, sql, is_array, is_always_there })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_mapped_twice_and_a_number_once() {
        assert_eq!(Field::named("name").unwrap().kind, Kind::Text);
        assert_eq!(Field::named("name.keyword").unwrap().kind, Kind::Keyword);
        assert_eq!(Field::named("status").unwrap().kind, Kind::Long);
        assert_eq!(Field::named("status.keyword"), None);
        assert_eq!(Field::named("source.hostname"), None, "only the documentation knows it");
    }
}
