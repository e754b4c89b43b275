//! Which fields each generation's documents have (docs/utmstack.md, 4.2, 4.3 and A.4).

use crate::config::Personality;
use crate::utmstack::field::Kind;

/// A mapped field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mapping {
    /// Its path in the document.
    pub(crate) path: String,
    /// What it holds.
    pub(crate) kind: Kind,
    /// Its column, if it has one.
    pub(crate) column: Option<&'static str>,
    /// Whether a document may hold several of it.
    pub(crate) is_array: bool,
}

/// A path, what it holds, its column, and whether it is an array.
type Row = (&'static str, Kind, Option<&'static str>, bool);

/// What all generations have.
const COMMON: &[Row] = &[
    ("@timestamp", Kind::Date, Some("at"), false),
    ("id", Kind::Text, Some("id"), false),
    ("status", Kind::Long, Some("status"), false),
    ("statusLabel", Kind::Text, None, false),
    ("statusObservation", Kind::Text, None, false),
    ("isIncident", Kind::Boolean, Some("is_incident"), false),
    ("incidentDetail.createdBy", Kind::Text, None, false),
    ("incidentDetail.observation", Kind::Text, None, false),
    ("incidentDetail.creationDate", Kind::Text, None, false),
    ("incidentDetail.source", Kind::Text, None, false),
    ("incidentDetail.incidentName", Kind::Text, None, false),
    ("incidentDetail.incidentId", Kind::Text, None, false),
    ("name", Kind::Text, Some("name"), false),
    ("category", Kind::Text, Some("category"), false),
    ("severity", Kind::Long, Some("severity"), false),
    ("severityLabel", Kind::Text, None, false),
    ("description", Kind::Text, None, false),
    ("solution", Kind::Text, None, false),
    ("dataType", Kind::Text, Some("data_type"), false),
    ("dataSource", Kind::Text, Some("data_source"), false),
    ("tags", Kind::Text, Some("tags"), true),
    ("notes", Kind::Text, None, false),
    ("TagRulesApplied", Kind::Long, None, true),
];

/// What only UTMStack 10 has.
const V10: &[Row] = &[
    ("protocol", Kind::Text, Some("protocol"), false),
    ("tactic", Kind::Text, Some("tactic"), false),
    ("reference", Kind::Text, None, true),
    ("source.user", Kind::Text, None, false),
    ("source.host", Kind::Text, Some("source_host"), false),
    ("source.ip", Kind::Text, Some("source_ip"), false),
    ("source.port", Kind::Long, None, false),
    ("source.country", Kind::Text, None, false),
    ("source.countryCode", Kind::Text, None, false),
    ("source.city", Kind::Text, None, false),
    ("source.coordinates", Kind::Float, None, true),
    ("source.accuracyRadius", Kind::Long, None, false),
    ("source.asn", Kind::Long, None, false),
    ("source.aso", Kind::Text, None, false),
    ("source.isSatelliteProvider", Kind::Boolean, None, false),
    ("source.isAnonymousProxy", Kind::Boolean, None, false),
    ("destination.user", Kind::Text, None, false),
    ("destination.host", Kind::Text, Some("destination_host"), false),
    ("destination.ip", Kind::Text, Some("destination_ip"), false),
    ("destination.port", Kind::Long, None, false),
    ("destination.country", Kind::Text, None, false),
    ("destination.countryCode", Kind::Text, None, false),
    ("destination.city", Kind::Text, None, false),
    ("destination.coordinates", Kind::Float, None, true),
    ("destination.accuracyRadius", Kind::Long, None, false),
    ("destination.asn", Kind::Long, None, false),
    ("destination.aso", Kind::Text, None, false),
    ("destination.isSatelliteProvider", Kind::Boolean, None, false),
    ("destination.isAnonymousProxy", Kind::Boolean, None, false),
    ("logs", Kind::Text, None, true),
];

/// What only UTMStack 11 has, beside its sides and events.
const V11: &[Row] = &[
    ("parentId", Kind::Text, Some("parent_id"), false),
    ("technique", Kind::Text, Some("technique"), false),
    ("reference", Kind::Text, None, true),
    ("impact.confidentiality", Kind::Long, None, false),
    ("impact.integrity", Kind::Long, None, false),
    ("impact.availability", Kind::Long, None, false),
    ("impactScore", Kind::Long, None, false),
    ("deduplicatedBy", Kind::Text, None, true),
    ("tagRulesApplied", Kind::Long, None, true),
    ("assetGroupId", Kind::Long, None, false),
    ("assetGroupName", Kind::Text, None, false),
    ("adversary.ip", Kind::Text, Some("source_ip"), false),
    ("adversary.host", Kind::Text, Some("source_host"), false),
    ("target.ip", Kind::Text, Some("destination_ip"), false),
    ("target.host", Kind::Text, Some("destination_host"), false),
];

/// What only the documentation has.
const DOCUMENTED: &[Row] = &[
    ("tactic", Kind::Text, Some("tactic"), false),
    ("source.ip", Kind::Text, Some("source_ip"), false),
    ("source.hostname", Kind::Text, Some("source_host"), false),
    ("destination.ip", Kind::Text, Some("destination_ip"), false),
    ("destination.hostname", Kind::Text, Some("destination_host"), false),
];

/// The fields of one end of a connection in UTMStack 11, of the many it may have.
const SIDE: &[(&str, Kind)] = &[
    ("ip", Kind::Text),
    ("host", Kind::Text),
    ("user", Kind::Text),
    ("group", Kind::Text),
    ("domain", Kind::Text),
    ("mac", Kind::Text),
    ("url", Kind::Text),
    ("cidr", Kind::Text),
    ("geolocation.country", Kind::Text),
    ("geolocation.city", Kind::Text),
    ("geolocation.countryCode", Kind::Text),
    ("geolocation.aso", Kind::Text),
    ("process", Kind::Text),
    ("processState", Kind::Text),
    ("command", Kind::Text),
    ("file", Kind::Text),
    ("path", Kind::Text),
    ("filename", Kind::Text),
    ("mimeType", Kind::Text),
    ("email", Kind::Text),
    ("md5", Kind::Text),
    ("sha1", Kind::Text),
    ("sha256", Kind::Text),
    ("cve", Kind::Text),
    ("malware", Kind::Text),
    ("malwareFamily", Kind::Text),
    ("malwareType", Kind::Text),
    ("operatingSystem", Kind::Text),
    ("port", Kind::Long),
    ("geolocation.asn", Kind::Long),
    ("geolocation.accuracy", Kind::Long),
    ("bytesSent", Kind::Long),
    ("bytesReceived", Kind::Long),
    ("packagesSent", Kind::Long),
    ("packagesReceived", Kind::Long),
    ("sizeInBytes", Kind::Long),
    ("connections", Kind::Long),
    ("geolocation.latitude", Kind::Float),
    ("geolocation.longitude", Kind::Float),
    ("usedCpuPercent", Kind::Float),
    ("usedMemPercent", Kind::Float),
];

/// The fields of an event of UTMStack 11, beside its sides.
const EVENT: &[(&str, Kind)] = &[
    ("id", Kind::Text),
    ("@timestamp", Kind::Date),
    ("deviceTime", Kind::Text),
    ("dataType", Kind::Text),
    ("dataSource", Kind::Text),
    ("tenantId", Kind::Text),
    ("tenantName", Kind::Text),
    ("raw", Kind::Text),
    ("log.message", Kind::Text),
    ("log.eventCode", Kind::Long),
    ("protocol", Kind::Text),
    ("connectionStatus", Kind::Text),
    ("actionResult", Kind::Text),
    ("action", Kind::Text),
    ("severity", Kind::Text),
];

/// The field at a path; `None` when no document has ever had it.
pub(crate) fn mapping(path: &str, personality: Personality) -> Option<Mapping> {
    let own = own(personality);
    if let Some(&(path, kind, column, is_array)) = COMMON.iter().chain(own).find(|row| row.0 == path) {
        return Some(Mapping { path: path.to_owned(), kind, column, is_array });
    }
    if personality != Personality::V11 {
        return None;
    }
    let (first, rest) = path.split_once('.')?;
    let kind = match first {
        "adversary" | "target" => of(SIDE, rest),
        "events" | "lastEvent" => match rest.split_once('.') {
            Some(("origin" | "target", rest)) => of(SIDE, rest),
            _ => of(EVENT, rest),
        },
        _ => None,
    }?;
    Some(Mapping { path: path.to_owned(), kind, column: None, is_array: first == "events" })
}

/// All fields of a generation.
pub(crate) fn mappings(personality: Personality) -> Vec<Mapping> {
    let rows = COMMON.iter().chain(own(personality));
    let mut paths: Vec<String> = rows.map(|row| row.0.to_owned()).collect();
    if personality == Personality::V11 {
        let side =
            |before: &str| SIDE.iter().map(move |one| format!("{before}.{}", one.0)).collect::<Vec<_>>();
        paths.extend(side("adversary").into_iter().chain(side("target")));
        for event in ["events", "lastEvent"] {
            paths.extend(EVENT.iter().map(|one| format!("{event}.{}", one.0)));
            paths
                .extend(side(&format!("{event}.origin")).into_iter().chain(side(&format!("{event}.target"))));
        }
    }
    paths.sort();
    paths.dedup();
    paths.iter().filter_map(|path| mapping(path, personality)).collect()
}

const fn own(personality: Personality) -> &'static [Row] {
    match personality {
        Personality::V10 => V10,
        Personality::V11 => V11,
        Personality::Documented => DOCUMENTED,
    }
}

fn of(rows: &[(&str, Kind)], path: &str) -> Option<Kind> {
    rows.iter().find(|row| row.0 == path).map(|row| row.1)
}
