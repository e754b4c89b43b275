//! The tables. A row's JSON lies ready-made in a table of its own, so that counting, filtering and sorting
//! walk over narrow rows and an answer is a concatenation. What filters, sorts and facets touch has a column.
//!
//! `birth`, `changed` and `death` are milliseconds since 1970 and belong to the demo, not to the vendors:
//! with them `/_demo/ids` knows which alerts existed all through an interval.

/// UTMStack's OpenSearch documents. `position` is the place in the index: a changed document is written anew
/// and moves to the end, which is the order of a search without `sort` and of ties within one.
///
/// The sides of a connection are `source` and `destination` in UTMStack 10, `adversary` and `target` in 11: the
/// same columns hold both. Beside the index lie the tables of the application, which real servers keep in
/// Postgres. Their instants are texts as the API writes them, which order as they should.
pub(crate) const UTMSTACK_SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS alert (
    seq INTEGER PRIMARY KEY,
    position INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    severity INTEGER NOT NULL,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    tactic TEXT,
    technique TEXT,
    protocol TEXT,
    data_type TEXT NOT NULL,
    data_source TEXT NOT NULL,
    source_ip TEXT,
    source_host TEXT,
    destination_ip TEXT,
    destination_host TEXT,
    parent_id TEXT,
    is_incident INTEGER NOT NULL,
    tags TEXT,
    birth INTEGER NOT NULL,
    changed INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS alert_at ON alert(at, position);
CREATE INDEX IF NOT EXISTS alert_position ON alert(position);
CREATE INDEX IF NOT EXISTS alert_parent ON alert(parent_id) WHERE parent_id IS NOT NULL;
CREATE INDEX IF NOT EXISTS alert_unreviewed ON alert(status) WHERE status = 1;
CREATE TABLE IF NOT EXISTS alert_body (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS alert_gone (id TEXT PRIMARY KEY, birth INTEGER NOT NULL, death INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS app_user (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    first_name TEXT,
    last_name TEXT,
    email TEXT,
    lang_key TEXT NOT NULL,
    authorities TEXT NOT NULL,
    tfa_method TEXT,
    created_date TEXT NOT NULL,
    last_modified_by TEXT NOT NULL,
    last_modified_date TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS api_key (
    id INTEGER PRIMARY KEY,
    login TEXT NOT NULL,
    name TEXT NOT NULL,
    allowed_ip TEXT NOT NULL,
    secret TEXT,
    created_at TEXT NOT NULL,
    expires_at TEXT,
    generated_at TEXT,
    UNIQUE (login, name)
);
CREATE TABLE IF NOT EXISTS alert_tag (
    id INTEGER PRIMARY KEY,
    tag_name TEXT NOT NULL UNIQUE,
    tag_color TEXT,
    system_owner INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS alert_tag_rule (
    id INTEGER PRIMARY KEY,
    rule_name TEXT NOT NULL UNIQUE,
    rule_description TEXT NOT NULL,
    rule_conditions TEXT NOT NULL,
    rule_applied_tags TEXT NOT NULL,
    rule_active INTEGER NOT NULL,
    rule_deleted INTEGER NOT NULL,
    created_by TEXT NOT NULL,
    created_date TEXT NOT NULL,
    last_modified_by TEXT NOT NULL,
    last_modified_date TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS alert_log (
    id INTEGER PRIMARY KEY,
    alert_id TEXT NOT NULL,
    log_user TEXT NOT NULL,
    log_date TEXT NOT NULL,
    log_action TEXT NOT NULL,
    log_old_value TEXT,
    log_new_value TEXT,
    log_message TEXT
);
CREATE INDEX IF NOT EXISTS alert_log_alert ON alert_log(alert_id);
CREATE TABLE IF NOT EXISTS incident (
    id INTEGER PRIMARY KEY,
    incident_name TEXT NOT NULL,
    incident_description TEXT NOT NULL,
    incident_status TEXT NOT NULL,
    incident_assigned_to TEXT,
    incident_severity INTEGER NOT NULL,
    incident_created_date TEXT NOT NULL,
    incident_solution TEXT
);
CREATE TABLE IF NOT EXISTS incident_alert (
    id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL REFERENCES incident(id),
    alert_id TEXT NOT NULL,
    alert_name TEXT NOT NULL,
    alert_status INTEGER NOT NULL,
    alert_severity INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS incident_note (
    id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL,
    note_text TEXT NOT NULL,
    note_send_date TEXT NOT NULL,
    note_send_by TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS incident_history (
    id INTEGER PRIMARY KEY,
    incident_id INTEGER NOT NULL,
    action_date TEXT NOT NULL,
    action_type TEXT NOT NULL,
    action_created_by TEXT NOT NULL,
    action TEXT NOT NULL,
    action_detail TEXT
);
CREATE TABLE IF NOT EXISTS taken_incident_id (id INTEGER PRIMARY KEY);
";

/// Uptycs's tables. The instants are texts as its SQL tables show them, which order as they should. The
/// tables that SQL sees are the views `upt_…`, with the columns of docs/uptycs.md, \"SQL tables\".
pub(crate) const UPTYCS_SCHEMA: &str = "
CREATE TABLE IF NOT EXISTS alert (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    asset_id TEXT NOT NULL,
    host_name TEXT NOT NULL,
    rule_id TEXT NOT NULL,
    code TEXT NOT NULL,
    description TEXT NOT NULL,
    severity TEXT NOT NULL,
    status TEXT NOT NULL,
    alert_time TEXT NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    grouping TEXT,
    assigned_to TEXT,
    birth INTEGER NOT NULL,
    changed INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS alert_alert_time ON alert(alert_time, seq);
CREATE INDEX IF NOT EXISTS alert_created_at ON alert(created_at, seq);
CREATE TABLE IF NOT EXISTS alert_body (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS alert_gone (id TEXT PRIMARY KEY, birth INTEGER NOT NULL, death INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS asset (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    host_name TEXT NOT NULL,
    description TEXT,
    location TEXT,
    latitude REAL,
    longitude REAL,
    gateway TEXT,
    city_id TEXT,
    cpu_brand TEXT,
    hardware_model TEXT,
    hardware_serial TEXT,
    hardware_vendor TEXT,
    cores INTEGER,
    logical_cores INTEGER,
    memory_mb INTEGER,
    os TEXT NOT NULL,
    os_version TEXT NOT NULL,
    os_flavor TEXT NOT NULL,
    os_key TEXT NOT NULL,
    osquery_version TEXT NOT NULL,
    object_group_id TEXT,
    status TEXT NOT NULL,
    disabled BOOLEAN NOT NULL,
    live BOOLEAN NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    deleted_at TEXT,
    last_enrolled_at TEXT,
    last_activity_at TEXT
);
CREATE TABLE IF NOT EXISTS asset_body (seq INTEGER PRIMARY KEY, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS object (
    seq INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    detail TEXT,
    UNIQUE (kind, id)
);
CREATE INDEX IF NOT EXISTS object_kind ON object(kind, seq);
CREATE TABLE IF NOT EXISTS lookup_row (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    lookup_table_id TEXT NOT NULL,
    id_field_value TEXT NOT NULL,
    data TEXT NOT NULL,
    created_at TEXT NOT NULL,
    UNIQUE (lookup_table_id, id_field_value)
);
CREATE VIEW IF NOT EXISTS upt_alerts AS
    SELECT alert.id, asset_id AS upt_asset_id, code, description, severity, status, alert_time, created_at,
        updated_at, key, value, alert_body.body ->> '$.metadata' AS metadata, grouping, assigned_to
    FROM alert LEFT JOIN alert_body ON alert_body.seq = alert.seq;
CREATE VIEW IF NOT EXISTS upt_assets AS
    SELECT id, host_name, description, location, latitude, longitude, gateway, city_id, cpu_brand, hardware_model,
        hardware_serial, hardware_vendor, cores, logical_cores, memory_mb, os, os_version, os_flavor, os_key,
        osquery_version, object_group_id, status, disabled, live, created_at, updated_at, deleted_at,
        last_enrolled_at, last_activity_at
    FROM asset;
CREATE VIEW IF NOT EXISTS upt_asset_groups AS
    SELECT id, body ->> '$.name' AS name FROM object WHERE kind = 'objectGroups';
CREATE VIEW IF NOT EXISTS upt_querypacks AS
    SELECT id, body ->> '$.name' AS name, body ->> '$.description' AS description, body ->> '$.type' AS type
    FROM object WHERE kind = 'querypacks';
CREATE VIEW IF NOT EXISTS upt_lookup_rows AS
    SELECT id, lookup_table_id, id_field_value, data, created_at FROM lookup_row;
CREATE VIEW IF NOT EXISTS upt_events AS
    SELECT 'e' || substr(alert.id, 2) AS id, asset_id AS upt_asset_id, code, description, severity,
        alert_time AS event_time, alert_time AS created_at, key, value, alert_body.body ->> '$.metadata' AS metadata,
        grouping, CAST(replace(substr(alert_time, 1, 10), '-', '') AS INTEGER) AS upt_day
    FROM alert LEFT JOIN alert_body ON alert_body.seq = alert.seq;
";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Database;

    #[test]
    fn both_schemas_can_be_opened_twice() {
        for schema in [UTMSTACK_SCHEMA, UPTYCS_SCHEMA] {
            let database = Database::in_memory(schema).unwrap();
            database.write(|db| db.execute_batch(schema)).unwrap();
        }
    }

    #[test]
    fn sql_sees_the_columns_of_the_documentation() {
        let database = Database::in_memory(UPTYCS_SCHEMA).unwrap();
        let columns = database
            .read(|db| {
                let statement = db.prepare("SELECT * FROM upt_alerts")?;
                Ok(statement.column_names().collect::<Vec<_>>().join(","))
            })
            .unwrap();
        assert_eq!(
            columns,
            "id,upt_asset_id,code,description,severity,status,alert_time,created_at,updated_at,key,value,metadata,\
             grouping,assigned_to"
        );
    }
}
