//! Fills Uptycs's collections: what a tenant of this company would have set up.

use rusqlite::{Connection, params};
use serde_json::{Map, Value, json};

use crate::data::{Level, Scenario};
use crate::instant::{DAY, UtcInstant};
use crate::random::Random;
use crate::uptycs::{Collection, KeyFile, complete_object};

/// The tactics whose rules have a category of their own.
const CATEGORIES: &[&str] =
    &["Initial Access", "Execution", "Persistence", "Credential Access", "Exfiltration"];

const PEOPLE: &[(&str, &str)] = &[
    ("Ana Novák", "a.novak"),
    ("Bola Okafor", "b.okafor"),
    ("Carin Lindqvist", "c.lindqvist"),
    ("田中 恵美", "e.tanaka"),
    ("Müge Yılmaz", "k.yilmaz"),
    ("Jim O'Neil", "j.oneil"),
];

const PERMISSIONS: &[&str] = &[
    "ALERT:READ",
    "ALERT:UPDATE",
    "ASSET:READ",
    "ASSET:DELETE",
    "QUERY:READ",
    "QUERY_JOB:CREATE",
    "THREAT:CREATE",
];

/// Writes things of collections with ids of their own.
struct Filler<'a> {
    db: &'a Connection,
    scenario: &'a Scenario,
    random: Random,
    user: String,
    end: UtcInstant,
}

impl Filler<'_> {
    /// Writes a thing and gives its id.
    fn add(&mut self, path: &str, body: Value) -> rusqlite::Result<String> {
        let id = self.random.uuid();
        self.add_as(path, &id, body)?;
        Ok(id)
    }

    fn add_as(&mut self, path: &str, id: &str, body: Value) -> rusqlite::Result<()> {
        let Some(collection) = Collection::at(path) else { return Ok(()) };
        let given = match body {
            Value::Object(given) => given,
            _ => Map::new(),
        };
        let made = self.end.plus(-30 * DAY - self.random.millis_below(300 * DAY));
        let body =
            complete_object(collection, &self.scenario.customer_id, id, given, (made, self.user.as_str()));
        self.db
            .prepare_cached("INSERT INTO object (kind, id, body) VALUES (?1, ?2, ?3)")?
            .execute(params![collection.path, id, Value::Object(body).to_string()])?;
        Ok(())
    }
}

/// Writes them all, and the detections of the alerts that are there.
pub(crate) fn fill_objects(
    db: &Connection,
    scenario: &Scenario,
    seed: u64,
    end: UtcInstant,
) -> rusqlite::Result<()> {
    let user = KeyFile::new(seed, scenario, "").user_id;
    let mut filler = Filler { db, scenario, random: Random::stream(seed, "objects"), user, end };
    access(&mut filler)?;
    rules(&mut filler)?;
    profiles(&mut filler)?;
    threats(&mut filler)?;
    rest(&mut filler)?;
    detections(&mut filler)
}

fn access(filler: &mut Filler<'_>) -> rusqlite::Result<()> {
    let group = filler.scenario.object_group_id.clone();
    for (name, id) in [("assets", group.clone()), ("enrolling", filler.random.uuid())] {
        let body = json!({ "name": name, "key": "asset-group", "value": name, "objectType": "ASSET", "custom": false,
            "retentionDays": 30, "secret": null });
        filler.add_as("objectGroups", &id, body)?;
    }
    let mut roles = Vec::new();
    for (name, count, custom) in
        [("Admin", PERMISSIONS.len(), false), ("Analyst", 4, true), ("Reader", 1, true)]
    {
        roles.push(filler.add(
            "roles",
            json!({ "name": name, "description": format!("{name}s of the company"), "custom": custom,
                "permissions": PERMISSIONS.iter().take(count).collect::<Vec<_>>(),
                "roleObjectGroups": [{ "objectGroupId": group }] }),
        )?);
    }
    let key_owner = filler.user.clone();
    for (index, (name, login)) in PEOPLE.iter().enumerate() {
        let analyst = index.checked_sub(1).and_then(|index| filler.scenario.analysts.get(index));
        let id = analyst.unwrap_or(&key_owner).clone();
        let role = roles.get(index.min(2)).cloned().unwrap_or_default();
        let body = json!({ "name": name, "email": format!("{login}@demo.example"), "active": true,
            "superAdmin": index == 0, "maxIdleTimeMins": 60, "roles": [{ "id": role }],
            "userRoles": [{ "role": { "id": role } }],
            "userObjectGroups": [{ "userId": id, "objectGroupId": group }] });
        filler.add_as("users", &id, body)?;
    }
    Ok(())
}

fn rules(filler: &mut Filler<'_>) -> rusqlite::Result<()> {
    let mail = filler.add(
        "destinations",
        json!({ "name": "Watch", "type": "email", "address": "watch@demo.example", "enabled": true, "default": true,
            "config": { "sender": "uptycs@demo.example" } }),
    )?;
    filler.add(
        "destinations",
        json!({ "name": "Triage webhook", "type": "http", "address": "https://hooks.demo.example/alerts",
            "enabled": true, "config": { "method": "POST", "headers": {} } }),
    )?;
    for rule in &filler.scenario.rules {
        let severity = severity(rule.level);
        let common = json!({
            "name": rule.name, "description": rule.description, "code": rule.code, "type": "builder", "rule": "builder",
            "grouping": rule.technique.tactic, "groupingL2": rule.technique.id, "enabled": true, "custom": false,
        });
        let Value::Object(common) = common else { continue };
        let mut alert_rule = common.clone();
        alert_rule.insert("alertTags".to_owned(), json!([rule.technique.id]));
        alert_rule.insert(
            "destinations".to_owned(),
            json!([{ "ruleId": rule.id, "severity": severity, "destinationId": mail, "notifyEveryAlert": false }]),
        );
        filler.add_as("alertRules", &rule.id, Value::Object(alert_rule))?;
        let mut event_rule = common;
        event_rule.insert("eventTags".to_owned(), json!([rule.technique.id]));
        event_rule.insert("score".to_owned(), json!("5.0"));
        event_rule.insert(
            "builderConfig".to_owned(),
            json!({ "tableName": "process_events", "added": true, "matchesFilter": true, "severity": severity,
                "key": rule.technique.key, "valueField": rule.technique.key,
                "filters": { "and": [{ "name": rule.technique.key, "operator": "CONTAINS", "value": "/tmp/",
                    "not": false, "isDate": false, "isVersion": false, "isWordMatch": false,
                    "caseInsensitive": true }] },
                "autoAlertConfig": { "raiseAlert": true, "disableAlert": false, "metadataSources": [] } }),
        );
        filler.add("eventRules", Value::Object(event_rule))?;
    }
    for tactic in CATEGORIES {
        let rule = filler.scenario.rules.iter().find(|rule| rule.technique.tactic == *tactic);
        filler.add("alertRuleCategories", json!({ "name": tactic, "ruleId": rule.map(|rule| &rule.id) }))?;
    }
    filler.add(
        "exceptions",
        json!({ "name": "Backup jobs", "description": "Moves many files every night", "tableName": "process_events",
            "exceptionType": "alertRuleBuilder", "custom": true, "isGlobal": false,
            "rule": { "and": [{ "name": "login_name", "operator": "EQUALS", "value": "svc-backup", "not": false,
                "isDate": false, "isVersion": false, "isWordMatch": false, "caseInsensitive": false }] } }),
    )?;
    Ok(())
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Low => "low",
        Level::Medium => "medium",
        Level::High => "high",
        Level::Critical => "critical",
    }
}

fn profiles(filler: &mut Filler<'_>) -> rusqlite::Result<()> {
    for site in ["hq", "fra", "nyc", "gru", "tyo", "ber"] {
        filler.add("tags", json!({ "key": "site", "value": site, "source": "direct", "custom": true }))?;
    }
    filler
        .add("tags", json!({ "key": "asset-group", "value": "assets", "system": true, "custom": false }))?;
    for (path, body) in [
        (
            "tagRules",
            json!({ "name": "Site by name", "query": "SELECT 'site=hq' FROM system_info", "source": "realtime",
            "interval": 3_600, "platform": "all" }),
        ),
        ("tagConfigurations", json!({ "name": "Sites", "key": "site" })),
        (
            "assetGroupRules",
            json!({ "name": "Servers", "query": "SELECT 1 FROM os_version", "interval": 3_600 }),
        ),
        (
            "eventExcludeProfiles",
            json!({ "name": "Build machines", "platform": "linux", "priority": 1,
            "resourceType": "asset", "metadata": { "process_events": { "path": ["^/usr/bin/cc1"] } } }),
        ),
        (
            "atcQueries",
            json!({ "name": "Browser history", "query": "SELECT url FROM urls", "columns": ["url"],
            "osPaths": { "darwin": ["/Users/%/Library/%"] } }),
        ),
        ("filePathGroups", json!({ "name": "Keys", "includePaths": ["/etc/ssh/%"], "excludePaths": [] })),
        ("yaraGroupRules", json!({ "name": "Webshells", "rules": "rule webshell { condition: false }" })),
        (
            "registryPaths",
            json!({ "name": "Run keys",
            "includeRegistryPaths": ["HKEY_LOCAL_MACHINE\\Software\\Microsoft\\Windows\\CurrentVersion\\Run"] }),
        ),
        (
            "querypacks",
            json!({ "name": "incident-response", "type": "default", "resourceType": "asset", "queries": [
            { "name": "listening", "query": "SELECT * FROM listening_ports", "interval": 3_600, "platform": "all",
              "snapshot": true, "removed": false, "runNow": false, "tableName": "listening_ports" }] }),
        ),
        ("complianceProfiles", json!({ "name": "CIS level 1", "priority": 1 })),
        ("customProfiles", json!({ "name": "Servers", "priority": 2, "resourceType": "asset" })),
        (
            "flagProfiles",
            json!({ "name": "Default flags", "priority": 1, "flags": { "events_expiry": "86400" },
            "osFlags": {}, "resourceType": "asset" }),
        ),
        (
            "auditConfigurations",
            json!({ "name": "CIS Ubuntu 24.04", "framework": "CIS", "version": "1.0.0" }),
        ),
    ] {
        filler.add(path, body)?;
    }
    Ok(())
}

fn threats(filler: &mut Filler<'_>) -> rusqlite::Result<()> {
    let vendor = filler.add(
        "threatVendors",
        json!({ "name": "Example Threat Exchange", "url": "https://threats.example", "numThreats": 1, "numIocs": 40 }),
    )?;
    let name = "Addresses seen before";
    let source = filler.add(
        "threatSources",
        json!({ "name": name, "description": "Addresses of earlier incidents", "enabled": true, "custom": true,
            "threatVendorId": vendor, "lastDownload": filler.end.iso() }),
    )?;
    let threat = filler.random.uuid();
    for outsider in filler.scenario.outsiders.iter().take(40) {
        filler.add(
            "threatIndicators",
            json!({ "indicator": outsider.ip, "indicatorType": "IPv4", "isActive": true, "threatId": threat,
                "description": format!("Seen from {}", outsider.organisation),
                "threat": { "id": threat, "name": name, "threatSourceId": source,
                    "threatSource": { "id": source, "name": name, "url": null, "threatVendorId": vendor } } }),
        )?;
    }
    filler.add("threatBooks", json!({ "name": "Intrusion at large", "enabled": true }))?;
    Ok(())
}

fn rest(filler: &mut Filler<'_>) -> rusqlite::Result<()> {
    for (name, query) in [
        ("Listening ports", "SELECT * FROM listening_ports"),
        ("Alerts of today", "SELECT * FROM upt_alerts WHERE alert_time >= current_date"),
        (
            "Silent assets",
            "SELECT host_name FROM upt_assets WHERE last_activity_at < now() - interval '30' day",
        ),
    ] {
        filler.add(
            "queries",
            json!({ "name": name, "query": query, "type": "default", "executionType": "global", "shared": true,
                "agentType": "asset", "resourceType": "asset" }),
        )?;
    }
    let table = filler.random.uuid();
    filler.add_as(
        "lookupTables",
        &table,
        json!({ "name": "Owners", "description": "Who answers for a machine", "idField": "host", "rowCount": 12,
            "fetchRowsquery":
                format!("SELECT id_field_value,data FROM upt_lookup_rows WHERE lookup_table_id='{table}'") }),
    )?;
    for host in filler.scenario.hosts.iter().take(12) {
        let data = json!({ "host": host.name, "owner": host.users.first(), "site": host.site });
        let (id, made) = (filler.random.uuid(), filler.end.plus(-DAY).sql());
        filler
            .db
            .prepare_cached(
                "INSERT INTO lookup_row (id, lookup_table_id, id_field_value, data, created_at)
                VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![id, table, host.name, data.to_string(), made])?;
    }
    for (host, (status, path)) in filler.scenario.hosts.iter().zip([
        ("FINISHED", "/tmp/.x/run"),
        ("FINISHED", "C:\\Users\\Public\\run.ps1"),
        ("DELETED", "/var/log/auth.log"),
    ]) {
        filler.add(
            "carves",
            json!({ "assetId": host.asset_id, "assetHostName": host.name, "path": path, "status": status,
                "offset": 0, "length": 4_096 }),
        )?;
    }
    for (version, flavor) in
        [("5.12.2.4-Uptycs", "debian"), ("5.12.2.4-Uptycs", "centos"), ("5.12.2.4-Uptycs", "windows")]
    {
        filler.add("osqueryPackages", json!({ "version": version, "osFlavor": flavor }))?;
    }
    filler.add(
        "cloudAccounts",
        json!({ "tenantId": "123456789012", "tenantName": "production", "connectorType": "aws",
            "integrationType": "cross-account" }),
    )?;
    filler.add("reports", json!({ "name": "Alerts by week" }))?;
    filler.add("customDashboards", json!({ "name": "Night watch", "custom": true }))?;
    Ok(())
}

/// A detection is what one asset showed on one day, when it was more than one alert.
fn detections(filler: &mut Filler<'_>) -> rusqlite::Result<()> {
    let db = filler.db;
    let mut found = db.prepare(
        "SELECT asset_id, host_name, min(alert_time), max(alert_time), count(*), group_concat(DISTINCT grouping),
            max(CASE severity WHEN 'critical' THEN 4 WHEN 'high' THEN 3 WHEN 'medium' THEN 2 ELSE 1 END)
         FROM alert GROUP BY asset_id, substr(alert_time, 1, 10) HAVING count(*) > 1
         ORDER BY max(alert_time) DESC LIMIT 1000",
    )?;
    let mut rows = found.query([])?;
    while let Some(row) = rows.next()? {
        let (asset, host): (String, String) = (row.get(0)?, row.get(1)?);
        let (first, last): (String, String) = (row.get(2)?, row.get(3)?);
        let (signals, tactics): (i64, String) =
            (row.get(4)?, row.get::<_, Option<String>>(5)?.unwrap_or_default());
        let severity = match row.get::<_, i64>(6)? {
            4 => "critical",
            3 => "high",
            2 => "medium",
            _ => "low",
        };
        let iso = |text: &str| format!("{}Z", text.replace(' ', "T"));
        let tactics: Vec<&str> = tactics.split(',').collect();
        let system = filler.scenario.hosts.iter().find(|one| one.asset_id == asset).map(|host| host.system);
        let status = if filler.random.one_in(4) { "closed" } else { "open" };
        filler.add(
            "detections",
            json!({
                "displayName": format!("{} on {host}", tactics.join(", ")), "severity": severity, "signals": signals,
                "status": status, "tacticCount": tactics.len(), "tactics": tactics.join(","), "assetHostName": host,
                "assetId": asset, "agentType": "asset", "assetLive": true, "assetStatus": "active",
                "assetOs": system.map(|system| system.os), "assetOsVersion": system.map(|system| system.version),
                "createdAt": iso(&first), "updatedAt": iso(&last), "lastOccurredAt": iso(&last), "score": "1.5",
            }),
        )?;
    }
    Ok(())
}
