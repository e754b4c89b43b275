//! The catalogue: every table that SQL sees, with the columns of docs/uptycs.md, "SQL tables". Where that names
//! only some columns, the rest are those of osquery's table of the same name.

use rusqlite::Connection;

use crate::store::lake_table::{LakeTable, Place};

const fn table(
    place: Place,
    name: &'static str,
    description: &'static str,
    columns: &'static str,
) -> LakeTable {
    LakeTable { name, description, place, columns }
}

/// The tables in the order of the catalogue.
pub(crate) const LAKE: &[LakeTable] = &[
    table(
        Place::State,
        "upt_alerts",
        "Alerts",
        "id upt_asset_id code description severity status alert_time:t \
        created_at:t updated_at:t key value metadata grouping assigned_to",
    ),
    table(
        Place::State,
        "upt_assets",
        "Assets",
        "id host_name description location latitude:d longitude:d gateway \
        city_id cpu_brand hardware_model hardware_serial hardware_vendor cores:i logical_cores:i memory_mb:i os \
        os_version os_flavor os_key osquery_version object_group_id status disabled:b live:b created_at:t \
        updated_at:t deleted_at:t last_enrolled_at:t last_activity_at:t",
    ),
    table(Place::State, "upt_asset_groups", "Asset groups", "id name"),
    table(
        Place::State,
        "upt_events",
        "Events",
        "id upt_asset_id code description severity event_time:t \
        created_at:t key value metadata grouping upt_day:i",
    ),
    table(
        Place::State,
        "upt_lookup_rows",
        "Rows of lookup tables",
        "id lookup_table_id id_field_value data \
        created_at:t",
    ),
    table(Place::State, "upt_querypacks", "Query packs", "id name description type"),
    table(Place::Derived, "upt_threat_exploits", "Known exploits", "cve_id sources description"),
    table(
        Place::Derived,
        "upt_vulnerabilities_state",
        "Vulnerable packages",
        "upt_asset_id package_type \
        system_type package_name package_version indicator_operator indicator_version cve_list cvss_score \
        uptycs_score:d uptycs_severity upt_first_seen:t upt_last_seen:t",
    ),
    table(
        Place::Derived,
        "upt_cloud_compliances",
        "Checks of cloud accounts",
        "type service check_id \
        check_resource_location check_resource_type check_resource_id passed:b reason created_at:t \
        cloud_account_id title standard chapter severity",
    ),
    table(
        Place::Derived,
        "aws_cloudtrail_events",
        "CloudTrail",
        "event_id event_name event_source event_time:t \
        aws_region user_identity source_ip_address account_id upt_time:t upt_day:i",
    ),
    table(
        Place::Derived,
        "aws_ec2_instance_current",
        "EC2 instances",
        "instance_id instance_type account_id \
        region_code state upt_time:t",
    ),
    table(
        Place::Derived,
        "query_job_results_view",
        "Results of query jobs",
        "query_job_id row_number:i row_data",
    ),
    table(
        Place::Snapshot,
        "processes",
        "Running processes",
        "pid:i name path cmdline state cwd root uid:i gid:i \
        euid:i egid:i suid:i sgid:i on_disk:i resident_size:i total_size:i user_time:i system_time:i start_time:i \
        parent:i pgroup:i threads:i nice:i elapsed_time:i handle_count:i",
    ),
    table(
        Place::Snapshot,
        "process_open_sockets",
        "Open sockets",
        "pid:i fd:i socket:i family:i protocol:i \
        local_address remote_address local_port:i remote_port:i path state",
    ),
    table(Place::Snapshot, "process_open_files", "Open files", "pid:i fd:i path"),
    table(
        Place::Snapshot,
        "listening_ports",
        "Listening ports",
        "pid:i port:i protocol:i family:i address fd:i \
        socket:i path",
    ),
    table(
        Place::Snapshot,
        "interface_addresses",
        "Addresses of interfaces",
        "interface address mask broadcast \
        point_to_point type",
    ),
    table(
        Place::Snapshot,
        "interface_details",
        "Interfaces",
        "interface mac type:i mtu:i metric:i flags:i \
        ipackets:i opackets:i ibytes:i obytes:i ierrors:i oerrors:i last_change:i",
    ),
    table(
        Place::Snapshot,
        "system_info",
        "The machine",
        "hostname uuid cpu_type cpu_subtype cpu_brand \
        cpu_physical_cores:i cpu_logical_cores:i cpu_microcode physical_memory:i hardware_vendor hardware_model \
        hardware_version hardware_serial computer_name local_hostname",
    ),
    table(
        Place::Snapshot,
        "os_version",
        "The operating system",
        "name version major:i minor:i patch:i build \
        platform platform_like codename arch",
    ),
    table(
        Place::Snapshot,
        "users",
        "Local users",
        "uid:i gid:i uid_signed:i gid_signed:i username description \
        directory shell uuid",
    ),
    table(Place::Snapshot, "logged_in_users", "Who is logged in", "type user tty host time:i pid:i"),
    table(
        Place::Snapshot,
        "deb_packages",
        "Packages of Debian",
        "name version source size:i arch revision status \
        maintainer section priority",
    ),
    table(
        Place::Snapshot,
        "rpm_packages",
        "Packages of Red Hat",
        "name version release source size:i sha1 arch \
        epoch:i install_time:i vendor package_group",
    ),
    table(
        Place::Snapshot,
        "programs",
        "Programs of Windows",
        "name version install_location install_source \
        language publisher uninstall_string install_date identifying_number",
    ),
    table(
        Place::Snapshot,
        "apps",
        "Applications of macOS",
        "name path bundle_executable bundle_identifier \
        bundle_name bundle_short_version bundle_version bundle_package_type category",
    ),
    table(Place::Snapshot, "load_average", "Load", "period average"),
    table(
        Place::Snapshot,
        "vulnerabilities",
        "Vulnerable packages as found",
        "package_name package_version \
        cve_list cvss_score os system_type",
    ),
    table(
        Place::Snapshot,
        "compliance",
        "Checks of configuration",
        "standard section title command compliant:b \
        description evidence expected_value rationale reason remediation score scored:b version \
        authoritative_source path metadata",
    ),
    table(
        Place::Event,
        "process_events",
        "Started processes",
        "pid:i path cmdline cwd auid:i uid:i euid:i gid:i \
        egid:i parent:i time:i uptime:i atime:i mtime:i ctime:i btime:i mode md5 sha1 sha256 login_name exe_name \
        version_info ancestor_list is_ui:b eid",
    ),
    table(
        Place::Event,
        "socket_events",
        "Connections",
        "action pid:i path fd:i auid:i status success:i family:i \
        protocol:i local_address remote_address local_port:i remote_port:i socket type:i time:i uptime:i exe_name \
        cmdline login_name is_container_process:b ancestor_list eid",
    ),
    table(
        Place::Event,
        "dns_lookup_events",
        "DNS questions",
        "remote local port:i type question answer time:i eid",
    ),
    table(
        Place::Event,
        "process_file_events",
        "Changed files",
        "operation pid:i ppid:i time:i executable path \
        dest_path uid:i gid:i auid:i euid:i egid:i cwd uptime:i eid",
    ),
    table(
        Place::Event,
        "user_events",
        "Logins",
        "uid:i auid:i pid:i message type:i path address terminal time:i \
        uptime:i eid",
    ),
    table(
        Place::Event,
        "http_events",
        "Web requests",
        "pid:i path method host uri user_agent remote_address \
        remote_port:i time:i eid",
    ),
    table(
        Place::Audit,
        "api_audit_logs",
        "Calls of this API",
        "id customer_id user_id user_name method path \
        status:i remote_address time:t upt_day:i",
    ),
];

/// Makes what is not there yet.
pub(crate) fn create(db: &Connection) -> rusqlite::Result<()> {
    for ddl in LAKE.iter().filter_map(LakeTable::ddl) {
        db.execute_batch(&ddl)?;
    }
    db.execute_batch(
        "CREATE TABLE IF NOT EXISTS information_schema_tables
            (table_catalog TEXT, table_schema TEXT, table_name TEXT, table_type TEXT);
         CREATE TABLE IF NOT EXISTS information_schema_columns
            (table_catalog TEXT, table_schema TEXT, table_name TEXT, column_name TEXT, ordinal_position INTEGER,
             data_type TEXT);
         DELETE FROM information_schema_tables;
         DELETE FROM information_schema_columns;",
    )?;
    let mut table =
        db.prepare("INSERT INTO information_schema_tables VALUES ('uptycs', 'upt', ?1, 'BASE TABLE')")?;
    let mut column =
        db.prepare("INSERT INTO information_schema_columns VALUES ('uptycs', 'upt', ?1, ?2, ?3, ?4)")?;
    for lake in LAKE.iter().filter(|table| table.place != Place::Audit) {
        table.execute([lake.name])?;
        for (index, one) in (1_i64..).zip(lake.all_columns()) {
            column.execute(rusqlite::params![lake.name, one.name, index, one.kind])?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Database, UPTYCS_SCHEMA};

    #[test]
    fn every_table_of_the_catalogue_has_the_columns_it_says() {
        let database = Database::in_memory(UPTYCS_SCHEMA).unwrap();
        database.write(create).unwrap();
        for table in LAKE {
            let columns: Vec<String> = database
                .read(|db| {
                    let statement = db.prepare(&format!("SELECT * FROM \"{}\"", table.name))?;
                    Ok(statement.column_names().map(str::to_owned).collect())
                })
                .unwrap_or_else(|error| panic!("{}: {error}", table.name));
            let expected: Vec<_> = table.all_columns().map(|column| column.name).collect();
            assert_eq!(columns, expected, "{}", table.name);
        }
    }
}
