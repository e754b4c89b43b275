use crate::http::Method;
use crate::operation::Evidence::{Attested, Reconstructed};
use crate::operation::{Evidence, Operation};
use crate::platform::Platform;

const fn row(
    name: &'static str,
    method: Method,
    path: &'static str,
    evidence: Evidence,
    source: &'static str,
) -> Operation {
    Operation { platform: Platform::Uptycs, name, method, path, evidence, versions: "", source }
}

/// What this crate does on Uptycs: the rows of the API matrix. How surely each verb works on each resource that is named
/// freely stands in [`RESOURCES`](super::RESOURCES).
///
/// ```
/// use triagekit::operation::Evidence;
/// use triagekit::uptycs::OPERATIONS;
///
/// let delete = OPERATIONS.iter().find(|operation| operation.name == "assets.delete").unwrap();
/// assert_eq!(delete.evidence, Evidence::Reconstructed);
/// ```
pub const OPERATIONS: [Operation; 47] = [
    row("list", Method::Get, "/{name}", Attested, "docs/uptycs.md, 3.2"),
    row("get", Method::Get, "/{name}/{id}", Attested, "docs/uptycs.md, 3.2"),
    row("create", Method::Post, "/{name}", Attested, "docs/uptycs.md, 3.2"),
    row("update", Method::Put, "/{name}/{id}", Attested, "docs/uptycs.md, 3.2"),
    row("delete", Method::Delete, "/{name}/{id}", Attested, "docs/uptycs.md, 3.2"),
    row("alerts.list", Method::Get, "/alerts", Attested, "docs/uptycs.md, 3.3"),
    row("alerts.get", Method::Get, "/alerts/{id}", Attested, "docs/uptycs.md, 3.3"),
    row("alerts.update_status", Method::Put, "/alerts/{id}", Attested, "docs/uptycs.md, 3.3"),
    row("alerts.update_note", Method::Put, "/alerts", Reconstructed, "docs/uptycs.md, 3.3"),
    row("alerts.assign", Method::Put, "/alerts", Reconstructed, "docs/uptycs.md, 3.3"),
    row("alerts_reporting.list", Method::Get, "/alertsReporting", Attested, "docs/uptycs.md, 3.3"),
    row("alerts_reporting.get", Method::Get, "/alertsReporting/{id}", Attested, "docs/uptycs.md, 3.3"),
    row("detections.list", Method::Get, "/detections", Attested, "docs/uptycs.md, 3.3"),
    row("detections.get", Method::Get, "/detections/{id}", Attested, "docs/uptycs.md, 3.3"),
    row("detections.update", Method::Put, "/detections", Attested, "docs/uptycs.md, 3.3"),
    row("detections.assign", Method::Put, "/detections", Reconstructed, "docs/uptycs.md, 3.3"),
    row("assets.list", Method::Get, "/assets", Attested, "docs/uptycs.md, 3.4"),
    row("assets.get", Method::Get, "/assets/{id}", Attested, "docs/uptycs.md, 3.4"),
    row("assets.count", Method::Get, "/assets/count", Attested, "docs/uptycs.md, 3.4"),
    row("assets.users", Method::Get, "/assets/{id}/user", Attested, "docs/uptycs.md, 3.4"),
    row("assets.edit_tags", Method::Put, "/assets/{id}", Attested, "docs/uptycs.md, 3.4"),
    row("assets.untag", Method::Delete, "/assets/tags", Attested, "docs/uptycs.md, 3.4"),
    row("assets.live_query", Method::Post, "/assets/query", Attested, "docs/uptycs.md, 4.5"),
    row("assets.delete", Method::Delete, "/assets/{id}", Reconstructed, "docs/uptycs.md, 3.4"),
    row("threat_sources.create", Method::Post, "/threatSources", Attested, "docs/uptycs.md, 3.5"),
    row("threat_sources.update", Method::Put, "/threatSources/{id}", Reconstructed, "docs/uptycs.md, 3.5"),
    row("threat_sources.delete", Method::Delete, "/threatSources/{id}", Reconstructed, "docs/uptycs.md, 3.5"),
    row("threat_indicators.list", Method::Get, "/threatIndicators", Attested, "docs/uptycs.md, 3.5"),
    row("threat_vendors.list", Method::Get, "/threatVendors", Attested, "docs/uptycs.md, 3.5"),
    row("lookup_tables.rows", Method::Get, "/lookupTables/{id}/data", Attested, "docs/uptycs.md, 3.6"),
    row("lookup_tables.add_rows", Method::Post, "/lookupTables/{id}/data", Attested, "docs/uptycs.md, 3.6"),
    row("lookup_tables.add_csv", Method::Post, "/lookupTables/{id}/csvdata", Attested, "docs/uptycs.md, 3.6"),
    row(
        "lookup_tables.delete_row",
        Method::Delete,
        "/lookupTables/{id}/data/{rowId}",
        Attested,
        "docs/uptycs.md, 3.6",
    ),
    row("roles.create", Method::Post, "/roles", Attested, "docs/uptycs.md, 3.7"),
    row("users.edit_roles", Method::Put, "/users/{id}", Attested, "docs/uptycs.md, 9"),
    row("carves.link", Method::Get, "/carves/{id}/link", Attested, "docs/uptycs.md, 3.7"),
    row(
        "packages.download",
        Method::Get,
        "/packageDownloads/osquery/{osFlavor}/{assetGroupId}",
        Attested,
        "docs/uptycs.md, 3.7",
    ),
    row("sql.submit", Method::Post, "/queryJobs", Attested, "docs/uptycs.md, 4.1"),
    row("sql.follow", Method::Get, "/queryJobs/{id}", Attested, "docs/uptycs.md, 4.1"),
    row("sql.results", Method::Get, "/queryJobs/{id}/results", Attested, "docs/uptycs.md, 4.1"),
    row("sql.cancel", Method::Put, "/queryJobs/{id}", Attested, "docs/uptycs.md, 4.1"),
    row("sql.delete", Method::Delete, "/queryJobs/{id}", Attested, "docs/uptycs.md, 4.1"),
    row("sql.query", Method::Post, "/query", Attested, "docs/uptycs.md, 4.3"),
    row("sql.audit_query", Method::Post, "/auditQuery", Attested, "docs/uptycs.md, 4.3"),
    row("schema.global", Method::Get, "/schema/global", Attested, "docs/uptycs.md, 5"),
    row("schema.realtime", Method::Get, "/schema/realtime", Attested, "docs/uptycs.md, 5"),
    row("schema.timemachine", Method::Get, "/schema/timemachine", Attested, "docs/uptycs.md, 5"),
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uptycs::{Support, Verb, find};
    use std::collections::BTreeSet;

    #[test]
    fn no_operation_stands_twice() {
        let names: BTreeSet<&str> = OPERATIONS.iter().map(|operation| operation.name).collect();
        assert_eq!(names.len(), OPERATIONS.len());
    }

    #[test]
    fn what_the_table_of_resources_says_of_a_verb_is_not_exceeded() {
        for operation in &OPERATIONS {
            let mut parts = operation.path.trim_start_matches('/').split('/');
            let (Some(name), id, None) = (parts.next(), parts.next(), parts.next()) else { continue };
            let verb = match (operation.method, id) {
                (Method::Get, None) => Verb::List,
                (Method::Get, Some("{id}")) => Verb::Get,
                (Method::Post, None) => Verb::Create,
                (Method::Put, Some("{id}")) => Verb::Update,
                (Method::Delete, Some("{id}")) => Verb::Delete,
                _ => continue,
            };
            let Some(resource) = find(name) else { continue };
            let support = resource.support(verb);
            assert_ne!(support, Support::Refused, "{operation:?}");
            assert_eq!(support.evidence(), operation.evidence, "{operation:?}");
        }
    }
}
