use super::answer_shape::AnswerShape;
use super::support::{Support, Verb, Verbs};
use serde::Serialize;

/// A resource of the API: a collection below the customer's root.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Resource {
    /// Its path as most clients write it; servers ignore the case.
    pub path: &'static str,
    /// How the vendor's article prints it among the names that can be listed; `None` when it is not among them.
    pub printed: Option<&'static str>,
    /// What listing it answers.
    pub shape: AnswerShape,
    /// How surely each verb works.
    pub verbs: Verbs,
    /// What else is worth knowing, in a few words; empty for nothing.
    pub note: &'static str,
}

impl Resource {
    /// How surely a verb works on it.
    ///
    /// ```
    /// use triagekit::uptycs::{find, Support, Verb};
    ///
    /// assert_eq!(find("assets").unwrap().support(Verb::Delete), Support::Reconstructed);
    /// ```
    pub const fn support(&self, verb: Verb) -> Support {
        self.verbs.of_verb(verb)
    }
}

const fn row(
    path: &'static str,
    printed: &'static str,
    shape: AnswerShape,
    verbs: [u8; 5],
    note: &'static str,
) -> Resource {
    let printed = if printed.is_empty() { None } else { Some(printed) };
    Resource { path, printed, shape, verbs: Verbs::of(verbs), note }
}

use AnswerShape::{Items, Tables, Uncertain};

/// The 70 names that the vendor's article can list, and the collections that others are known to use beside them
/// (docs/uptycs.md, 3.2 and 8). The letters are list, get, create, update, delete: a letter for attested, `r` for
/// reconstructed, `.` for unknown, `x` for reported not to work.
///
/// ```
/// use triagekit::uptycs::RESOURCES;
///
/// assert_eq!(RESOURCES.iter().filter(|resource| resource.printed.is_some()).count(), 70);
/// ```
pub const RESOURCES: [Resource; 74] = [
    row("alertRuleCategories", "alertRuleCategories", Items, *b"LGCUD", ""),
    row("alertRules", "alertrules", Items, *b"LGCUD", "partial bodies are accepted on update"),
    row("alerts", "alerts", Items, *b"LG.U.", "an update writes the status; see update_alert"),
    row("alertsReporting", "alertsReporting", Items, *b"LG...", "flat rows, at most 1000 a page"),
    row("assetGroupRules", "assetGroupRules", Items, *b"LGCUD", ""),
    row(
        "assets",
        "assets",
        Items,
        *b"LGxUr",
        "an update replaces the tags; see edit_asset_tags and delete_assets",
    ),
    row("atcQueries", "atcQueries", Items, *b"LGCUD", ""),
    row("auditConfigurations", "auditConfigurations", Items, *b"LG...", ""),
    row("auditGroups", "auditgroups", Items, *b"L....", "only the name is public"),
    row("blockRules", "blockrules", Items, *b"xx...", "client-go's authors got 404 in 2022"),
    row("carves", "carves", Items, *b"LG...", "see carve_link"),
    row(
        "cloudAccounts",
        "cloudAccounts",
        Items,
        *b"L.C.D",
        "takes hideServices, hideSideQuery, minimalInfo; deleting answers the text OK",
    ),
    row("cloudKinesisStreams", "cloudKinesisStreams", Items, *b"L....", "only the name is public"),
    row("cloudPubsub", "cloudPubSub", Items, *b"L.C.D", ""),
    row("cloudResourceTags", "cloudResourceTags", Items, *b"L....", "only the name is public"),
    row("cloudResources", "cloudResources", Items, *b"L....", "only the name is public"),
    row("cloudServices", "cloudServices", Items, *b"L....", "only the name is public"),
    row("cloudTrailBuckets", "cloudTrailBuckets", Items, *b"L.C.D", "deleted as tenantId/bucket"),
    row("complianceFailures", "complianceFailures", Items, *b"L....", "only the name is public"),
    row("complianceProfiles", "complianceProfiles", Items, *b"LGCUD", ""),
    row("customProfiles", "customProfiles", Items, *b"LGCUD", ""),
    row("destinations", "destinations", Items, *b"LGCUD", ""),
    row(
        "detectionDestinationPolicy",
        "detectionDestinationPolicy",
        Uncertain,
        *b"L....",
        "singular: may be one object",
    ),
    row("detections", "detections", Items, *b"LG...", "changed in bulk; see update_detections"),
    row("diskScans", "diskScans", Items, *b"L....", "only the name is public"),
    row("eventExcludeProfiles", "eventExcludeProfiles", Items, *b"LGCUD", ""),
    row("eventRuleTables", "eventRuleTables", Items, *b"L....", "only the name is public"),
    row("eventRules", "eventrules", Items, *b"LGCUD", ""),
    row("exceptions", "exceptions", Items, *b"LGCUD", ""),
    row("filePathGroups", "filePathGroups", Items, *b"LGCUD", ""),
    row("flagConfig", "flagConfig", Uncertain, *b"L....", "singular: may be one object"),
    row("flagProfiles", "flagprofiles", Items, *b"LGCUD", ""),
    row("fleet", "fleet", Uncertain, *b"L....", "singular: may be one object"),
    row("graphJobs", "graphJobs", Items, *b"L....", "shape seen only inside a detection"),
    row("imageLoadExclusions", "imageLoadExclusions", Items, *b"L....", "only the name is public"),
    row("lookupTables", "lookupTables", Items, *b"LGCUD", "for rows see lookup_rows"),
    row("malwareAccounts", "malwareAccounts", Items, *b"L....", "only the name is public"),
    row("notifications", "notifications", Items, *b"L....", "only the name is public"),
    row("objectGroups", "objectGroups", Items, *b"LG..D", ""),
    row("osqueryPackages", "osqueryPackages", Items, *b"L....", "some clients ask without the customer's id"),
    row("permissions", "permissions", Items, *b"L....", "only the name is public"),
    row("permissionsGroups", "permissionsGroups", Items, *b"L....", "only the name is public"),
    row("pivotQueryJobs", "pivotQueryJobs", Items, *b"L....", "only the name is public"),
    row("pivots", "pivots", Items, *b"L....", "only the name is public"),
    row("queryJobs", "queryJobs", Items, *b"LGCUD", "an update cancels; see sql"),
    row("querypacks", "querypacks", Items, *b"LGCUD", ""),
    row("redactions", "redactions", Items, *b"L....", "only the name is public"),
    row("registryPaths", "registryPaths", Items, *b"LGCUD", ""),
    row("reportRuns", "reportRuns", Items, *b"L....", "only the name is public"),
    row("reports", "reports", Items, *b"LG..D", ""),
    row("roles", "roles", Items, *b"LGCUD", "see create_role and give_roles"),
    row("scans", "scans", Items, *b"L....", "only the name is public"),
    row("scheduledGroups", "scheduledGroups", Items, *b"L....", "only the name is public"),
    row("schema", "schema", Tables, *b"L....", "tables, not items; see schema()"),
    row("secretScans", "secretScans", Items, *b"L....", "load tests read secretScans/results"),
    row("secrets", "secrets", Items, *b"L....", "only the name is public"),
    row("signatures", "signatures", Items, *b"L.C.D", ""),
    row("slackUsers", "slackUsers", Items, *b"L....", "only the name is public"),
    row("tagRules", "tagrules", Items, *b"LGCUD", ""),
    row("tags", "tags", Items, *b"LGCUD", "takes key and value"),
    row("threatBooks", "threatBooks", Items, *b"L....", "run as threatBooks/{id}/runs"),
    row("threatIndicators", "threatIndicators", Items, *b"LG...", ""),
    row("threatVendors", "threatVendors", Items, *b"L....", ""),
    row("threatSources", "thretSources", Items, *b"LGCrr", "written as multipart; see create_threat_source"),
    row("users", "users", Items, *b"LGCUD", ""),
    row("validAwsJobs", "validAwsJobs", Items, *b"L....", "only the name is public"),
    row("validGcpJobs", "validGcpJobs", Items, *b"L....", "only the name is public"),
    row("windowsDefenderPreferences", "windowsDefenderPreferences", Items, *b"LG...", "no data captured"),
    row("yaraGroupRules", "yaraGroupRules", Items, *b"LGCUD", ""),
    row("zeroTrustProfiles", "zerotrustProfiles", Items, *b"L....", "only the name is public"),
    row("assetTags", "", Items, *b"xxCUD", "client-go alone has it, and says it cannot be read"),
    row("customDashboards", "", Items, *b"LGC..", ""),
    row("queries", "", Items, *b"LGCUD", "saved queries; takes name"),
    row("tagConfigurations", "", Items, *b"LGCUD", ""),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn the_article_names_seventy_and_none_stands_twice() {
        let printed = RESOURCES.iter().filter(|resource| resource.printed.is_some()).count();
        assert_eq!(printed, 70);
        let paths: BTreeSet<String> =
            RESOURCES.iter().map(|resource| resource.path.to_ascii_lowercase()).collect();
        assert_eq!(paths.len(), RESOURCES.len());
    }

    #[test]
    fn printed_names_differ_from_paths_by_case_alone_but_for_the_typo() {
        let others: Vec<&str> = RESOURCES
            .iter()
            .filter_map(|resource| resource.printed.map(|printed| (resource.path, printed)))
            .filter(|(path, printed)| !path.eq_ignore_ascii_case(printed))
            .map(|(_, printed)| printed)
            .collect();
        assert_eq!(others, ["thretSources"]);
    }

    #[test]
    fn what_cannot_be_listed_is_marked() {
        let unlisted: Vec<&str> = RESOURCES
            .iter()
            .filter(|resource| resource.support(Verb::List) != Support::Attested)
            .map(|resource| resource.path)
            .collect();
        assert_eq!(unlisted, ["blockRules", "assetTags"]);
    }
}
