use crate::http::Method;
use crate::operation::{Evidence, Operation};
use crate::platform::Platform;

/// What UTMStack lets a client do, as far as it is spoken here: the rows of the API matrix.
///
/// ```
/// use triagekit::utmstack::OPERATIONS;
///
/// let status = OPERATIONS.iter().find(|operation| operation.name == "alerts.update_status").unwrap();
/// assert_eq!((status.path, status.versions), ("/api/utm-alerts/status", "v10 v11 documented"));
/// ```
pub const OPERATIONS: &[Operation] = &[
    attested(
        "sign_in.password",
        Method::Post,
        "/api/authenticate",
        "v10 v11 documented",
        "docs/utmstack.md, 2.1",
    ),
    attested("sign_in.code", Method::Get, "/api/tfa/verifyCode", "v10", "docs/utmstack.md, 2.1"),
    attested("sign_in.code_raw", Method::Post, "/api/tfa/verify-code", "v11", "docs/utmstack.md, 2.1"),
    reconstructed(
        "sign_in.code_old_path",
        Method::Post,
        "/api/tfa/verifyCode",
        "v10",
        "docs/utmstack.md, 2.1",
    ),
    attested("sign_in.resend", Method::Get, "/api/tfa/refresh", "v11", "docs/utmstack.md, 2.1"),
    attested(
        "alerts.search",
        Method::Post,
        "/api/elasticsearch/search",
        "v10 v11 documented",
        "docs/utmstack.md, 1.3",
    ),
    attested("alerts.count", Method::Post, "/api/elasticsearch/search", "v10 v11", "docs/utmstack.md, 1.1"),
    attested(
        "alerts.count_exactly",
        Method::Post,
        "/api/elasticsearch/property/values-with-count",
        "v10 v11 documented",
        "docs/utmstack.md, 1.9",
    ),
    attested(
        "alerts.count_open",
        Method::Get,
        "/api/utm-alerts/count-open-alerts",
        "v10 v11 documented",
        "docs/utmstack.md, 1.8",
    ),
    attested(
        "alerts.property_values",
        Method::Post,
        "/api/elasticsearch/property/values-with-count",
        "v10 v11 documented",
        "docs/utmstack.md, 1.9",
    ),
    attested(
        "alerts.all_values",
        Method::Get,
        "/api/elasticsearch/property/values",
        "v10 v11",
        "docs/utmstack.md, 1.9",
    ),
    attested(
        "alerts.index_properties",
        Method::Get,
        "/api/elasticsearch/index/properties",
        "v10 v11",
        "docs/utmstack.md, 1.9",
    ),
    attested(
        "alerts.update_status",
        Method::Post,
        "/api/utm-alerts/status",
        "v10 v11 documented",
        "docs/utmstack.md, 1.4",
    ),
    attested(
        "alerts.update_tags",
        Method::Post,
        "/api/utm-alerts/tags",
        "v10 v11 documented",
        "docs/utmstack.md, 1.5",
    ),
    attested(
        "alerts.set_note",
        Method::Post,
        "/api/utm-alerts/notes",
        "v10 v11 documented",
        "docs/utmstack.md, 1.6",
    ),
    attested(
        "alerts.append_note",
        Method::Post,
        "/api/utm-alerts/notes",
        "v10 v11 documented",
        "docs/utmstack.md, 1.6",
    ),
    attested(
        "alerts.convert_to_incident",
        Method::Post,
        "/api/utm-alerts/convert-to-incident",
        "v10 v11 documented",
        "docs/utmstack.md, 1.7",
    ),
    attested("alerts.history", Method::Get, "/api/utm-alert-logs", "v10 v11", "docs/utmstack.md, 5.3"),
    attested("tags.list", Method::Get, "/api/utm-alert-tags", "v10 v11", "docs/utmstack.md, 5.1"),
    attested("tags.create", Method::Post, "/api/utm-alert-tags", "v10 v11", "docs/utmstack.md, 5.1"),
    attested("tags.update", Method::Put, "/api/utm-alert-tags", "v10 v11", "docs/utmstack.md, 5.1"),
    attested("tags.delete", Method::Delete, "/api/utm-alert-tags/{id}", "v10 v11", "docs/utmstack.md, 5.1"),
    attested("tag_rules.list", Method::Get, "/api/alert-tag-rules", "v10 v11", "docs/utmstack.md, 5.2"),
    attested("tag_rules.get", Method::Get, "/api/alert-tag-rules/{id}", "v10 v11", "docs/utmstack.md, 5.2"),
    attested("tag_rules.create", Method::Post, "/api/alert-tag-rules", "v10 v11", "docs/utmstack.md, 5.2"),
    attested("tag_rules.update", Method::Put, "/api/alert-tag-rules", "v10 v11", "docs/utmstack.md, 5.2"),
    attested(
        "tag_rules.delete",
        Method::Delete,
        "/api/alert-tag-rules/{id}",
        "v10 v11",
        "docs/utmstack.md, 5.2",
    ),
    attested("incidents.list", Method::Get, "/api/utm-incidents", "v10 v11", "docs/utmstack.md, 5.4"),
    attested("incidents.get", Method::Get, "/api/utm-incidents/{id}", "v10 v11", "docs/utmstack.md, 5.4"),
    attested("incidents.create", Method::Post, "/api/utm-incidents", "v10 v11", "docs/utmstack.md, 5.4"),
    attested(
        "incidents.add_alerts",
        Method::Post,
        "/api/utm-incidents/add-alerts",
        "v10 v11",
        "docs/utmstack.md, 5.4",
    ),
    attested(
        "incidents.update",
        Method::Put,
        "/api/utm-incidents/change-status",
        "v10 v11",
        "docs/utmstack.md, 5.4",
    ),
    attested(
        "incidents.users",
        Method::Get,
        "/api/utm-incidents/users-assigned",
        "v10 v11",
        "docs/utmstack.md, 5.4",
    ),
    attested("incidents.alerts", Method::Get, "/api/utm-incident-alerts", "v10 v11", "docs/utmstack.md, 5.4"),
    attested("incidents.notes", Method::Get, "/api/utm-incident-notes", "v10 v11", "docs/utmstack.md, 5.4"),
    attested(
        "incidents.add_note",
        Method::Post,
        "/api/utm-incident-notes",
        "v10 v11",
        "docs/utmstack.md, 5.4",
    ),
    attested(
        "incidents.history",
        Method::Get,
        "/api/utm-incident-histories",
        "v10 v11",
        "docs/utmstack.md, 5.4",
    ),
    attested(
        "overview.today_and_week",
        Method::Get,
        "/api/overview/count-alerts-today-and-last-week",
        "v10 v11",
        "docs/utmstack.md, 5.5",
    ),
    attested(
        "overview.by_status",
        Method::Get,
        "/api/overview/count-alerts-by-status",
        "v10 v11",
        "docs/utmstack.md, 5.5",
    ),
    attested(
        "overview.by_severity",
        Method::Get,
        "/api/overview/count-alerts-by-severity",
        "v10 v11",
        "docs/utmstack.md, 5.5",
    ),
    attested(
        "overview.top_alerts",
        Method::Get,
        "/api/overview/top-alerts",
        "v10 v11",
        "docs/utmstack.md, 5.5",
    ),
    attested(
        "overview.top_categories",
        Method::Get,
        "/api/overview/top-alerts-by-category",
        "v10 v11",
        "docs/utmstack.md, 5.5",
    ),
    attested("account.get", Method::Get, "/api/account", "v10 v11", "docs/utmstack.md, 2.4"),
    attested("users.list", Method::Get, "/api/users", "v10 v11", "docs/utmstack.md, 2.4"),
    attested("api_keys.list", Method::Get, "/api/api-keys", "v10 v11", "docs/utmstack.md, 2.3"),
    attested("api_keys.create", Method::Post, "/api/api-keys", "v10 v11", "docs/utmstack.md, 2.3"),
    attested(
        "api_keys.generate",
        Method::Post,
        "/api/api-keys/{id}/generate",
        "v10 v11",
        "docs/utmstack.md, 2.3",
    ),
    attested("api_keys.delete", Method::Delete, "/api/api-keys/{id}", "v10 v11", "docs/utmstack.md, 2.3"),
    attested("release.get", Method::Get, "/api/releaseInfo", "v10 v11", "docs/utmstack.md, 0"),
];

const fn attested(
    name: &'static str,
    method: Method,
    path: &'static str,
    versions: &'static str,
    source: &'static str,
) -> Operation {
    Operation {
        platform: Platform::Utmstack,
        name,
        method,
        path,
        evidence: Evidence::Attested,
        versions,
        source,
    }
}

const fn reconstructed(
    name: &'static str,
    method: Method,
    path: &'static str,
    versions: &'static str,
    source: &'static str,
) -> Operation {
    Operation { evidence: Evidence::Reconstructed, ..attested(name, method, path, versions, source) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::utmstack::Dialect;
    use std::collections::HashSet;

    #[test]
    fn every_row_names_versions_that_there_are_and_a_section() {
        let mut names = HashSet::new();
        for operation in OPERATIONS {
            assert!(names.insert(operation.name), "{} comes twice", operation.name);
            assert!(operation.path.starts_with("/api/"), "{}", operation.path);
            let known = operation.versions.split(' ').all(|word| Dialect::parse(word).is_some());
            assert!(known && !operation.versions.is_empty(), "{}", operation.versions);
            assert!(operation.source.starts_with("docs/utmstack.md, "), "{}", operation.source);
        }
    }
}
