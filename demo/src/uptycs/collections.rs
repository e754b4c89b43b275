//! The collections (docs/uptycs.md, "Verbs per resource", "Models", "The article's list names").

use crate::uptycs::collection::Collection;
use crate::uptycs::evidence::Evidence;

const fn model(path: &'static str, verbs: &'static str, members: &'static str) -> Collection {
    Collection { path, verbs, evidence: Evidence::Attested, members, plain: &[] }
}

const fn name_only(path: &'static str) -> Collection {
    Collection { path, verbs: "L", evidence: Evidence::NameOnly, members: "", plain: &[] }
}

/// The list. What has more paths than these verbs has a file of its own beside it.
pub(crate) const COLLECTIONS: &[Collection] = &[
    model(
        "detections",
        "L",
        "displayName severity signals:i status tacticCount:i tactics assetHostName assetId agentType assetLive:b \
         assetLocation assetOs assetOsVersion assetStatus assignedTo assignedUserName lastOccurredAt:t score",
    ),
    Collection {
        plain: &["key", "value"],
        ..model(
            "tags",
            "LGCUD",
            "key! value tag custom:b system:b source status expireAt:t resourceType tagRuleId flagProfileId \
             customProfileId complianceProfileId processBlockRuleId dnsBlockRuleId windowsDefenderPreferenceId \
             filePathGroups:a eventExcludeProfiles:a registryPaths:a querypacks:a yaraGroupRules:a \
             auditConfigurations:a atcQueries:a auditRules:a auditGroups:a prometheusTargets:a imageLoadExclusions:a \
             destinations:a redactions:a",
        )
    },
    model("assetTags", "CUD", "key! value tag custom:b system:b source status resourceType"),
    model("tagConfigurations", "LGCUD", "name! description key value enabled:b custom:b"),
    model(
        "tagRules",
        "LGCUD",
        "name! description query source runOnce:b interval:i osqueryVersion platform enabled:b system:b lastRunAt:t \
         resourceType",
    ),
    model(
        "alertRules",
        "LGCUD",
        "seedId name! description code type rule grouping groupingL2 groupingL3 groupingL4 enabled:b custom:b \
         throttled:b isInternal:b lock:b alertTags:a timeSuppresionStart timeSuppresionDuration:i \
         alertNotifyInterval:i alertNotifyCount:i destinations:a sqlConfig:o scriptConfig:o builderConfig:o \
         alertRuleExceptions:a alertRuleQueries:a",
    ),
    model(
        "eventRules",
        "LGCUD",
        "seedId name! description code type rule grouping groupingL2 groupingL3 groupingL4 enabled:b custom:b \
         isInternal:b lock:b eventTags:a score scriptConfig:o builderConfig:o transformations:a \
         cloudResourceTags:a exceptions:a severity",
    ),
    model("alertRuleCategories", "LGCUD", "ruleId name!"),
    model(
        "eventExcludeProfiles",
        "LGCUD",
        "name! description platform priority:i resourceType custom:b metadata:o",
    ),
    model(
        "exceptions",
        "LGCUD",
        "name! description rule:o tableName exceptionType isGlobal:b custom:b disabled:b closeOpenAlerts:b",
    ),
    model("destinations", "LGCUD", "name! type! address config:o enabled:b default:b template:o"),
    model(
        "users",
        "LGCUD",
        "name! email! phone active:b superAdmin:b bot:b support:b priorLogin:b imageUrl password maxIdleTimeMins:i \
         alertHiddenColumns:a detectionHiddenColumns:a rangerId:i lastUpdatedByUptycs:t lastSyncedWithRanger:t \
         roles:a userRoles:a userObjectGroups:a",
    ),
    model(
        "roles",
        "LGCUD",
        "name! description permissions:a custom:b hidden:b noMinimalPermissions:b roleObjectGroups:a \
         roleObjectGroupIds:a",
    ),
    model(
        "objectGroups",
        "LGD",
        "name key value description secret objectType custom:b retentionDays:i assetGroupRuleId rangerId:i",
    ),
    model("assetGroupRules", "LGCUD", "name! description query interval:i platform enabled:b objectGroupId"),
    model("atcQueries", "LGCUD", "name! description query osPaths:o columns:a custom:b"),
    model(
        "filePathGroups",
        "LGCUD",
        "name! description includePaths:a excludePaths:a custom:b checkSignature:b",
    ),
    model("yaraGroupRules", "LGCUD", "name! description rules custom:b"),
    model(
        "registryPaths",
        "LGCUD",
        "name! description includeRegistryPaths:a excludeRegistryPaths:a regAccesses:b grouping custom:b",
    ),
    model(
        "querypacks",
        "LGCUD",
        "name! description type additionalLogger:b custom:b isInternal:b sha resourceType queries:a conf:o",
    ),
    model("complianceProfiles", "LGCUD", "name! description priority:i custom:b complianceSections:a"),
    model("customProfiles", "LGCUD", "name! description priority:i custom:b querySchedules:o resourceType"),
    model("flagProfiles", "LGCUD", "name! description priority:i flags:o osFlags:o custom:b resourceType"),
    model("auditConfigurations", "LG", "name description framework version type custom:b"),
    model("windowsDefenderPreferences", "LG", "name description"),
    model(
        "lookupTables",
        "LGCUD",
        "name! description active:b idField! rowCount:i forRuleEngine:b dataLookupTable fetchRowsquery",
    ),
    model(
        "carves",
        "LG",
        "assetId assetHostName path status offset:i length:i error deletedUserName deletedAt:t",
    ),
    // Updating and deleting a source is reconstructed; see `threat_sources`.
    model("threatSources", "LG", "name description url enabled:b custom:b lastDownload:t threatVendorId"),
    model("threatIndicators", "LG", "indicator description indicatorType isActive:b threatId threat:o"),
    model("threatVendors", "L", "name url numThreats:i numIocs:i lastDownload:t"),
    model("threatBooks", "L", "name description enabled:b"),
    Collection {
        plain: &["name"],
        ..model(
            "queries",
            "LGCUD",
            "seedId name! description query! type executionType grouping custom:b shared:b assetView:b resultView:b \
             viewConfig:o parameters:a filters:o agentType resourceType sessionProperties:o querySchedule:o \
             destinations:a deletedAt:t deletedBy",
        )
    },
    model("reports", "LGD", "name description type"),
    model("customDashboards", "LGC", "name! description custom:b sections:a"),
    // Nothing is known of what a signature is listed as, but it can be made and deleted.
    Collection { verbs: "LCD", members: "name description signature", ..name_only("signatures") },
    model(
        "cloudAccounts",
        "LCD",
        "tenantId! tenantName connectorType cloudformationTemplate accessConfig:o integrationType cloudType",
    ),
    model("cloudTrailBuckets", "LC", "tenantId! bucketName! bucketRegion bucketPrefix"),
    model("cloudPubsub", "LCD", "tenantId! subscriptionIds:a jobType"),
    model("osqueryPackages", "L", "version osFlavor"),
    name_only("auditGroups"),
    name_only("blockRules"),
    name_only("cloudKinesisStreams"),
    name_only("cloudResourceTags"),
    name_only("cloudResources"),
    name_only("cloudServices"),
    name_only("complianceFailures"),
    name_only("detectionDestinationPolicy"),
    name_only("diskScans"),
    name_only("eventRuleTables"),
    name_only("flagConfig"),
    name_only("fleet"),
    name_only("graphJobs"),
    name_only("imageLoadExclusions"),
    name_only("malwareAccounts"),
    name_only("notifications"),
    name_only("permissions"),
    name_only("permissionsGroups"),
    name_only("pivotQueryJobs"),
    name_only("pivots"),
    name_only("redactions"),
    name_only("reportRuns"),
    name_only("scans"),
    name_only("scheduledGroups"),
    name_only("secretScans"),
    name_only("secrets"),
    name_only("slackUsers"),
    name_only("validAwsJobs"),
    name_only("validGcpJobs"),
    name_only("zeroTrustProfiles"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_path_is_there_once() {
        let paths: HashSet<_> = COLLECTIONS.iter().map(|one| one.path.to_lowercase()).collect();
        assert_eq!(paths.len(), COLLECTIONS.len());
    }
}
