//! What is answered, and how surely each answer is known: the table of `demo/README.md`. A test asks every one.

use std::fmt::Write as _;

use crate::uptycs::collections::COLLECTIONS;
use crate::uptycs::evidence::Evidence;

/// Method, path below the customer, evidence, and what is not as anyone would expect.
type Endpoint = (&'static str, &'static str, Evidence, &'static str);

const KNOWN: Evidence = Evidence::Attested;
const GUESSED: Evidence = Evidence::Reconstructed;

/// What has a handler of its own.
const ENDPOINTS: &[Endpoint] = &[
    ("GET", "", KNOWN, "the customer: `id`, `name`, `domain`"),
    ("GET", "/public/api/version", KNOWN, "names no customer; its shape is reconstructed"),
    ("GET", "/public/api/osqueryPackages", KNOWN, "names no customer; also below the customer"),
    ("GET", "/alerts", KNOWN, "rows of 0.6 to 1 KB"),
    ("GET", "/alerts/{id}", KNOWN, ""),
    (
        "PUT",
        "/alerts/{id}",
        KNOWN,
        "`status`; `new` becomes `open`. `note` and `assignedTo` are reconstructed",
    ),
    ("PUT", "/alerts", GUESSED, "many by `filters`, by analogy with detections; answers `{count}`"),
    ("GET", "/alertsReporting", KNOWN, "80 columns, five of them reconstructed; 1,000 rows a page at most"),
    ("GET", "/alertsReporting/{id}", KNOWN, ""),
    ("GET", "/detections/{id}", KNOWN, "wrapped in `detection`; graphs are empty"),
    ("PUT", "/detections", KNOWN, "many by `filters`; the answer `{count}` is reconstructed"),
    ("GET", "/assets", KNOWN, ""),
    ("GET", "/assets/count", KNOWN, ""),
    ("GET", "/assets/{id}", KNOWN, ""),
    ("GET", "/assets/{id}/user", KNOWN, "its shape is reconstructed"),
    ("PUT", "/assets/{id}", KNOWN, "`tags` replaces all of them; `disabled` is reconstructed"),
    ("DELETE", "/assets/{id}", GUESSED, "the asset is gone at once"),
    ("DELETE", "/assets/tags", KNOWN, "`tagId` and `filters` in the body"),
    ("POST", "/assets/query", KNOWN, "live assets only; a mistake is 400, which is reconstructed"),
    ("POST", "/query", KNOWN, "a mistake is 400, which is reconstructed"),
    ("POST", "/auditQuery", KNOWN, "sees `api_audit_logs` alone"),
    ("GET", "/queryJobs", KNOWN, ""),
    ("POST", "/queryJobs", KNOWN, "global when no type is given, which is reconstructed"),
    ("GET", "/queryJobs/{id}", KNOWN, "each poll moves the job on"),
    ("PUT", "/queryJobs/{id}", KNOWN, "`CANCELLED` and nothing else"),
    ("DELETE", "/queryJobs/{id}", KNOWN, ""),
    (
        "GET",
        "/queryJobs/{id}/results",
        KNOWN,
        "50,000 rows a page; names that come twice get a number, which is reconstructed",
    ),
    (
        "GET",
        "/schema",
        KNOWN,
        "`tables`, not `items`; also `/schema/global`, `/schema/realtime`, `/schema/timemachine`",
    ),
    ("POST", "/threatSources", KNOWN, "multipart; the columns of the file are reconstructed"),
    ("PUT", "/threatSources/{id}", GUESSED, "the same parts"),
    ("DELETE", "/threatSources/{id}", GUESSED, "its indicators go with it"),
    ("POST", "/threatBooks/{id}/runs", KNOWN, "is over at once and finds nothing"),
    ("GET", "/threatBooks/{id}/runs/{runId}", KNOWN, ""),
    ("GET", "/lookupTables/{id}/data", KNOWN, "a bare array"),
    (
        "POST",
        "/lookupTables/{id}/data",
        KNOWN,
        "an array of rows; answers with the table, which is reconstructed",
    ),
    ("POST", "/lookupTables/{id}/csvdata", KNOWN, "multipart, part `file`"),
    ("DELETE", "/lookupTables/{id}/data/{rowId}", KNOWN, ""),
    ("GET", "/carves/{id}/link", KNOWN, "nothing listens at the address"),
    ("GET", "/packageDownloads/osquery/{osFlavor}/{assetGroupId}", KNOWN, "a text instead of a package"),
    ("GET", "/eventRules/summary", KNOWN, "its shape is reconstructed"),
    ("POST", "/customDashboards/{id}/sections", KNOWN, ""),
    ("DELETE", "/cloudTrailBuckets/{tenantId}/{bucket}", KNOWN, ""),
    ("GET", "/cloud/aws/s3Buckets", KNOWN, "and the other inventories and organizations: empty"),
];

/// The table in Markdown.
pub fn endpoints_table() -> String {
    let mut table = "| verb | path | evidence | |\n|---|---|---|---|\n".to_owned();
    for (method, path, evidence, note) in ENDPOINTS {
        // Writing to a String cannot fail.
        let path = if path.is_empty() { "/" } else { path };
        let _ = writeln!(table, "| {method} | `{path}` | {} | {note} |", evidence.word());
    }
    for collection in COLLECTIONS {
        let (path, word) = (collection.path, collection.evidence.word());
        for (verb, method, id) in [
            ('L', "GET", ""),
            ('G', "GET", "/{id}"),
            ('C', "POST", ""),
            ('U', "PUT", "/{id}"),
            ('D', "DELETE", "/{id}"),
        ] {
            if collection.has(verb) {
                let note = if verb == 'L' && word == Evidence::NameOnly.word() { "empty" } else { "" };
                let _ = writeln!(table, "| {method} | `/{path}{id}` | {word} | {note} |");
            }
        }
    }
    table
}
