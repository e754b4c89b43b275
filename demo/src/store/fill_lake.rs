//! Fills the tables of the lake: what osquery saw on the hosts, and the events behind the newest alerts.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use crate::data::{Host, Scenario};
use crate::instant::{DAY, HOUR, UtcInstant};
use crate::random::Random;

/// How many alerts have their events in the lake; all have one in `upt_events`.
const ALERTS_WITH_EVENTS: u32 = 5_000;

/// A column with its value.
type Cell = (&'static str, Sql);

struct Lake<'a> {
    db: &'a Connection,
    scenario: &'a Scenario,
    random: Random,
}

impl Lake<'_> {
    /// Writes a row with the columns that all tables of the lake have.
    fn add(&mut self, table: &str, host: &Host, at: UtcInstant, cells: Vec<Cell>) -> rusqlite::Result<()> {
        let server = at.plus(self.random.millis_below(9_000));
        let day = at.day().replace('-', "").parse::<i64>().unwrap_or(0);
        let mut cells = cells;
        cells.extend([
            ("upt_asset_id", text(&host.asset_id)),
            ("upt_hostname", text(&host.name)),
            ("upt_time", text(&at.sql())),
            ("upt_server_time", text(&server.sql())),
            ("upt_day", Sql::Integer(day)),
            ("upt_added", Sql::Integer(1)),
            ("upt_hash", text(&self.random.letters(b"0123456789abcdef", 32))),
            ("upt_epoch", Sql::Integer(0)),
            ("upt_counter", Sql::Integer(1)),
            ("upt_batch", Sql::Integer(0)),
            ("upt_asset_tags", text(&format!("[\"all\",\"asset-group=assets\",\"site={}\"]", host.site))),
            ("upt_asset_group_id", text(&self.scenario.object_group_id)),
            ("upt_asset_group_name", text("assets")),
        ]);
        if table.ends_with("_events") {
            cells.push(("upt_rid", text(&self.random.uuid())));
        }
        self.put(table, cells)
    }

    fn put(&self, table: &str, cells: Vec<Cell>) -> rusqlite::Result<()> {
        let names: Vec<&str> = cells.iter().map(|(name, _)| *name).collect();
        let places = vec!["?"; names.len()].join(",");
        let sql = format!("INSERT INTO \"{table}\" (\"{}\") VALUES ({places})", names.join("\",\""));
        self.db.prepare_cached(&sql)?.execute(params_from_iter(cells.into_iter().map(|(_, value)| value)))?;
        Ok(())
    }

    fn number(&mut self, bound: u64) -> Sql {
        Sql::Integer(i64::try_from(self.random.below(bound)).unwrap_or(0))
    }
}

fn text(value: &str) -> Sql {
    Sql::Text(value.to_owned())
}

fn seconds(at: UtcInstant) -> Sql {
    Sql::Integer(at.millis() / 1_000)
}

/// Writes them all, up to `end`.
pub(crate) fn fill_lake(
    db: &Connection,
    scenario: &Scenario,
    seed: u64,
    end: UtcInstant,
) -> rusqlite::Result<()> {
    let mut lake = Lake { db, scenario, random: Random::stream(seed, "lake") };
    for host in &scenario.hosts {
        machine(&mut lake, host, end)?;
        running(&mut lake, host, end)?;
        installed(&mut lake, host, end)?;
    }
    events(&mut lake)?;
    for (user, path) in [("api@demo.example", "/alerts"), ("api@demo.example", "/assets")] {
        let cells = vec![
            ("id", text(&lake.random.uuid())),
            ("customer_id", text(&scenario.customer_id)),
            ("user_name", text(user)),
            ("method", text("GET")),
            ("path", text(path)),
            ("status", Sql::Integer(200)),
            ("remote_address", text("127.0.0.1")),
            ("time", text(&end.plus(-HOUR).sql())),
            ("upt_day", Sql::Integer(end.plus(-HOUR).day().replace('-', "").parse().unwrap_or(0))),
        ];
        lake.put("api_audit_logs", cells)?;
    }
    Ok(())
}

fn machine(lake: &mut Lake<'_>, host: &Host, end: UtcInstant) -> rusqlite::Result<()> {
    let at = end.plus(-lake.random.millis_below(HOUR));
    let cores = Sql::Integer(4);
    lake.add(
        "system_info",
        host,
        at,
        vec![
            ("hostname", text(&host.name)),
            ("uuid", text(&host.asset_id)),
            ("cpu_brand", text("Example Silicon 7 @ 3.20GHz")),
            ("cpu_physical_cores", cores.clone()),
            ("cpu_logical_cores", cores),
            ("physical_memory", Sql::Integer(17_179_869_184)),
            ("computer_name", text(&host.name)),
        ],
    )?;
    lake.add(
        "os_version",
        host,
        at,
        vec![
            ("name", text(host.system.os)),
            ("version", text(host.system.version)),
            ("platform", text(host.system.platform)),
            ("platform_like", text(host.system.flavor)),
        ],
    )?;
    lake.add(
        "interface_addresses",
        host,
        at,
        vec![
            ("interface", text("eth0")),
            ("address", text(&host.ip)),
            ("mask", text("255.255.255.0")),
            ("type", text("dhcp")),
        ],
    )?;
    lake.add(
        "interface_details",
        host,
        at,
        vec![("interface", text("eth0")), ("mac", text(&host.mac)), ("mtu", Sql::Integer(1_500))],
    )?;
    for (index, user) in host.users.iter().enumerate() {
        let uid = Sql::Integer(1_000 + i64::try_from(index).unwrap_or(0));
        lake.add(
            "users",
            host,
            at,
            vec![
                ("uid", uid.clone()),
                ("gid", uid),
                ("username", text(user)),
                ("directory", text(&format!("/home/{user}"))),
            ],
        )?;
    }
    let user = lake.random.word(&host.users).to_owned();
    lake.add(
        "logged_in_users",
        host,
        at,
        vec![
            ("type", text("user")),
            ("user", text(&user)),
            ("tty", text("pts/0")),
            ("host", text("10.0.0.5")),
            ("time", seconds(at)),
        ],
    )?;
    lake.add("load_average", host, at, vec![("period", text("1m")), ("average", text("0.42"))])
}

fn running(lake: &mut Lake<'_>, host: &Host, end: UtcInstant) -> rusqlite::Result<()> {
    let programs: &[(&str, &str)] = match host.system.flavor {
        "windows" => &[
            ("svchost.exe", "C:\\Windows\\System32\\svchost.exe"),
            ("lsass.exe", "C:\\Windows\\System32\\lsass.exe"),
            ("explorer.exe", "C:\\Windows\\explorer.exe"),
        ],
        _ => &[
            ("systemd", "/usr/lib/systemd/systemd"),
            ("sshd", "/usr/sbin/sshd"),
            ("osqueryd", "/opt/uptycs/osqueryd"),
        ],
    };
    let at = end.plus(-lake.random.millis_below(HOUR));
    for (index, (name, path)) in programs.iter().enumerate() {
        let pid = Sql::Integer(100 + i64::try_from(index).unwrap_or(0) * 37);
        let memory = lake.number(900_000_000);
        lake.add(
            "processes",
            host,
            at,
            vec![
                ("pid", pid.clone()),
                ("name", text(name)),
                ("path", text(path)),
                ("cmdline", text(path)),
                ("state", text("S")),
                ("uid", Sql::Integer(0)),
                ("on_disk", Sql::Integer(1)),
                ("resident_size", memory),
                ("start_time", seconds(at.plus(-DAY))),
                ("parent", Sql::Integer(1)),
                ("threads", Sql::Integer(4)),
            ],
        )?;
        if index == 1 {
            lake.add(
                "listening_ports",
                host,
                at,
                vec![
                    ("pid", pid.clone()),
                    ("port", Sql::Integer(22)),
                    ("protocol", Sql::Integer(6)),
                    ("family", Sql::Integer(2)),
                    ("address", text("0.0.0.0")),
                    ("path", text(path)),
                ],
            )?;
            let outside = lake.scenario.outsiders.get(index).map(|one| one.ip.clone()).unwrap_or_default();
            lake.add(
                "process_open_sockets",
                host,
                at,
                vec![
                    ("pid", pid.clone()),
                    ("family", Sql::Integer(2)),
                    ("protocol", Sql::Integer(6)),
                    ("local_address", text(&host.ip)),
                    ("local_port", Sql::Integer(22)),
                    ("remote_address", text(&outside)),
                    ("remote_port", Sql::Integer(50_022)),
                    ("path", text(path)),
                    ("state", text("ESTABLISHED")),
                ],
            )?;
            lake.add(
                "process_open_files",
                host,
                at,
                vec![("pid", pid), ("fd", Sql::Integer(3)), ("path", text("/var/log/auth.log"))],
            )?;
        }
    }
    Ok(())
}

fn installed(lake: &mut Lake<'_>, host: &Host, end: UtcInstant) -> rusqlite::Result<()> {
    let at = end.plus(-lake.random.millis_below(6 * HOUR));
    let table = match host.system.flavor {
        "windows" => "programs",
        "centos" => "rpm_packages",
        "darwin" => "apps",
        _ => "deb_packages",
    };
    let version = if table == "apps" { "bundle_version" } else { "version" };
    for (name, number) in [("openssl", "3.0.13"), ("curl", "8.5.0")] {
        lake.add(table, host, at, vec![("name", text(name)), (version, text(number))])?;
    }
    for (section, title) in [
        ("1.1.1", "Ensure mounting of cramfs is disabled"),
        ("5.2.10", "Ensure root login over SSH is disabled"),
    ] {
        let compliant = lake.random.below(2);
        lake.add(
            "compliance",
            host,
            at,
            vec![
                ("standard", text("CIS")),
                ("section", text(section)),
                ("title", text(title)),
                ("compliant", Sql::Integer(i64::from(compliant == 1))),
                ("score", text("1")),
                ("scored", Sql::Integer(1)),
                ("version", text("1.0.0")),
            ],
        )?;
    }
    if lake.random.one_in(3) {
        let seen = at.plus(-9 * DAY).sql();
        lake.put(
            "upt_vulnerabilities_state",
            vec![
                ("upt_asset_id", text(&host.asset_id)),
                ("package_type", text(table)),
                ("system_type", text("HOST")),
                ("package_name", text("openssl")),
                ("package_version", text("3.0.13")),
                ("indicator_operator", text("<")),
                ("indicator_version", text("3.0.14")),
                ("cve_list", text("CVE-2024-4741")),
                ("cvss_score", text("7.5")),
                ("uptycs_score", Sql::Real(6.1)),
                ("uptycs_severity", text("high")),
                ("upt_first_seen", text(&seen)),
                ("upt_last_seen", text(&at.sql())),
            ],
        )?;
    }
    Ok(())
}

/// The event behind an alert lies in the table that its key names, beside the login of the moment.
fn events(lake: &mut Lake<'_>) -> rusqlite::Result<()> {
    let db = lake.db;
    let mut alerts =
        db.prepare("SELECT asset_id, key, value, alert_time FROM alert ORDER BY seq DESC LIMIT ?1")?;
    let mut rows = alerts.query([ALERTS_WITH_EVENTS])?;
    while let Some(row) = rows.next()? {
        let (asset, key): (String, String) = (row.get(0)?, row.get(1)?);
        let (value, at): (String, String) = (row.get(2)?, row.get(3)?);
        let Some(host) = lake.scenario.hosts.iter().find(|host| host.asset_id == asset) else { continue };
        let Some(at) = UtcInstant::parse(&at) else { continue };
        let user = lake.random.word(&host.users).to_owned();
        let pid = lake.number(65_000);
        let mut cells = vec![("pid", pid), ("time", seconds(at)), ("eid", text(&lake.random.uuid()))];
        let table = match key.as_str() {
            "remote_address" => {
                cells.extend([
                    ("action", text("connect")),
                    ("path", text("/usr/bin/curl")),
                    ("family", Sql::Integer(2)),
                    ("protocol", Sql::Integer(6)),
                    ("local_address", text(&host.ip)),
                    ("local_port", Sql::Integer(40_000)),
                    ("remote_address", text(&value)),
                    ("remote_port", Sql::Integer(443)),
                    ("login_name", text(&user)),
                    ("is_container_process", Sql::Integer(0)),
                ]);
                "socket_events"
            }
            "question" => {
                cells.remove(0);
                cells.extend([("question", text(&value)), ("type", text("TXT")), ("answer", text(""))]);
                "dns_lookup_events"
            }
            "login_name" => {
                cells.extend([("message", text(&format!("login of {value}"))), ("address", text(&host.ip))]);
                "user_events"
            }
            other => {
                let (path, cmdline) =
                    if other == "cmdline" { ("/bin/sh", value.as_str()) } else { (value.as_str(), "") };
                let md5 =
                    if other == "md5" { value.clone() } else { lake.random.letters(b"0123456789abcdef", 32) };
                cells.extend([
                    ("path", text(path)),
                    ("cmdline", text(cmdline)),
                    ("login_name", text(&user)),
                    ("md5", text(&md5)),
                    ("parent", Sql::Integer(1)),
                    ("uid", Sql::Integer(1_000)),
                    ("exe_name", text(path.rsplit(['/', '\\']).next().unwrap_or_default())),
                    ("ancestor_list", text("[]")),
                    ("is_ui", Sql::Integer(0)),
                ]);
                "process_events"
            }
        };
        lake.add(table, host, at, cells)?;
    }
    Ok(())
}
