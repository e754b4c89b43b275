use super::tokens::{Kind, Token, tokens};
use crate::error::Error;
use crate::time::Timestamp;
use crate::uptycs::schema::Schema;
use core::fmt::Write;
use core::ops::Range;

/// Tables that hold the present state: there is no time to bound them by (docs/uptycs.md, 5).
const STATE: [&str; 8] = [
    "upt_assets",
    "upt_asset_groups",
    "upt_lookup_rows",
    "upt_querypacks",
    "upt_threat_exploits",
    "upt_vulnerabilities_state",
    "query_job_results_view",
    "tables",
];

/// Tables with a time column of their own.
const TIMED: [(&str, &str); 2] = [("upt_alerts", "alert_time"), ("upt_events", "event_time")];

/// Tables of the lake, partitioned by `upt_day` with the instant in `upt_time`.
const LAKE: [&str; 20] = [
    "processes",
    "process_events",
    "socket_events",
    "dns_lookup_events",
    "process_file_events",
    "user_events",
    "http_events",
    "process_open_sockets",
    "process_open_files",
    "interface_addresses",
    "interface_details",
    "listening_ports",
    "system_info",
    "deb_packages",
    "rpm_packages",
    "programs",
    "apps",
    "compliance",
    "load_average",
    "vulnerabilities",
];

/// Columns of time that a table may have beside `upt_day` and `upt_time`, the surest first.
const COLUMNS: [&str; 2] = ["alert_time", "event_time"];

/// Columns by which a query may bound itself.
const OWN_BOUND: [&str; 6] =
    ["upt_day", "upt_time", "upt_server_time", "alert_time", "event_time", "created_at"];

/// Words that end a table's place in a FROM clause, so that they are no alias.
const AFTER_TABLE: [&str; 20] = [
    "where",
    "group",
    "order",
    "having",
    "limit",
    "offset",
    "fetch",
    "union",
    "intersect",
    "except",
    "join",
    "inner",
    "left",
    "right",
    "full",
    "cross",
    "natural",
    "on",
    "using",
    "tablesample",
];

/// Whether the query has the named parameter `:name`.
pub(super) fn uses_parameter(query: &str, name: &str) -> bool {
    tokens(query).iter().any(|token| matches!(&token.kind, Kind::Parameter(parameter) if parameter == name))
}

/// Places a lower bound in time on every table of a query that has a time.
///
/// Each such table becomes a derived table of its rows since `from`, under its own name, so that joins, aliases and
/// conditions keep their meaning. Tables of present state are left as they are.
///
/// # Errors
///
/// [`Error::InvalidArgument`] names a table whose time column is not known: a query is never run unbounded by accident.
///
/// ```
/// use triagekit::{uptycs::bound, Timestamp};
///
/// let from = Timestamp::parse("2026-11-19T08:00:00Z").unwrap();
/// assert_eq!(
///     bound("SELECT code FROM upt_alerts a WHERE a.severity = 'high'", from).unwrap(),
///     "SELECT code FROM (SELECT * FROM upt_alerts WHERE alert_time >= timestamp '2026-11-19 08:00:00.000') a \
///      WHERE a.severity = 'high'"
/// );
/// ```
pub fn bound(query: &str, from: Timestamp) -> Result<String, Error> {
    place(query, from, None).map(|placed| placed.query)
}

/// A query with its bounds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placed {
    pub(super) query: String,
    /// How many tables were bounded.
    pub(super) tables: usize,
}

/// Places the bounds, with the tables of a service beside those that are known here.
pub(super) fn place(query: &str, from: Timestamp, schema: Option<&Schema>) -> Result<Placed, Error> {
    match bounded(query, from, schema, false) {
        (placed, None) => Ok(placed),
        (_, Some(unknown_table)) => {
            let (corrected, _) = bounded(query, from, schema, true);
            Err(unknown(&unknown_table, &corrected.query))
        }
    }
}

/// Bounds all tables whose time is known, and names the first where it is not; `guesses` takes those for tables of the lake.
fn bounded(query: &str, from: Timestamp, schema: Option<&Schema>, guesses: bool) -> (Placed, Option<String>) {
    let tokens = tokens(query);
    let with_names = common_table_names(&tokens);
    let mut bounded = String::with_capacity(query.len() + 120);
    let mut copied = 0;
    let mut count = 0;
    let mut unknown_table = None;
    for table in tables(&tokens) {
        let name = table.name.to_ascii_lowercase();
        if with_names.contains(&name) || STATE.contains(&name.as_str()) {
            continue;
        }
        let condition = match time_of(&name, schema) {
            TimeOf::None => continue,
            TimeOf::Lake => lake_condition(from),
            TimeOf::Day => day_condition(from),
            TimeOf::Column(column) => column_condition(column, from),
            TimeOf::Unknown => {
                unknown_table.get_or_insert_with(|| table.name.clone());
                if !guesses {
                    continue;
                }
                lake_condition(from)
            }
        };
        count += 1;
        let text = query.get(table.bytes.clone()).unwrap_or_default();
        bounded.push_str(query.get(copied..table.bytes.start).unwrap_or_default());
        let _ = write!(bounded, "(SELECT * FROM {text} WHERE {condition})");
        if !table.has_alias {
            let _ = write!(bounded, " {}", table.last);
        }
        copied = table.bytes.end;
    }
    bounded.push_str(query.get(copied..).unwrap_or_default());
    (Placed { query: bounded, tables: count }, unknown_table)
}

/// Whether a query states a lower bound on a column of time itself, such as `upt_day >= 20261101`. It counts only where a
/// single table has a time, since then there is no doubt which one it bounds.
pub(super) fn has_own_bound(query: &str, schema: Option<&Schema>) -> bool {
    let tokens = tokens(query);
    let with_names = common_table_names(&tokens);
    let timed = tables(&tokens).into_iter().map(|table| table.name.to_ascii_lowercase()).filter(|name| {
        !with_names.contains(name) && !STATE.contains(&name.as_str()) && time_of(name, schema) != TimeOf::None
    });
    let is_column = |token: &Token| OWN_BOUND.iter().any(|column| token.is_word(column));
    let is_bounded = tokens.iter().enumerate().any(|(at, token)| {
        let after = tokens.get(at + 1);
        is_column(token)
            && (after.is_some_and(|next| {
                next.is_mark('>') || next.is_mark('=') || next.is_word("between") || next.is_word("in")
            }) || is_upper_side(&tokens, at))
    });
    is_bounded && timed.count() == 1
}

/// Whether a column stands right of `<` or `<=`, as in `20261101 <= e.upt_day`.
fn is_upper_side(tokens: &[Token], at: usize) -> bool {
    let before = |at: usize, steps: usize| at.checked_sub(steps).and_then(|at| tokens.get(at));
    let is_qualified = before(at, 1).is_some_and(|token| token.is_mark('.'));
    let start = if is_qualified { at.saturating_sub(2) } else { at };
    let is = |steps: usize, mark: char| before(start, steps).is_some_and(|token| token.is_mark(mark));
    is(1, '<') || (is(1, '=') && is(2, '<'))
}

/// Where a table's time is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum TimeOf {
    /// It holds the present state.
    None,
    /// In `upt_day` and `upt_time`.
    Lake,
    /// In `upt_day` alone.
    Day,
    /// In a column of its own.
    Column(&'static str),
    /// Nobody knows.
    Unknown,
}

fn time_of(table: &str, schema: Option<&Schema>) -> TimeOf {
    if let Some((_, column)) = TIMED.iter().find(|(name, _)| *name == table) {
        return TimeOf::Column(column);
    }
    if LAKE.contains(&table) {
        return TimeOf::Lake;
    }
    let Some(table) = schema.and_then(|schema| schema.table(table)) else { return TimeOf::Unknown };
    let has = |name: &str| table.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name));
    if let Some(column) = COLUMNS.into_iter().find(|column| has(column)) {
        return TimeOf::Column(column);
    }
    match (has("upt_day"), has("upt_time")) {
        (true, true) => TimeOf::Lake,
        (true, false) => TimeOf::Day,
        (false, true) => TimeOf::Column("upt_time"),
        // Columns of other names may be times; a table without any has nothing to be bounded by.
        (false, false) if table.columns.iter().any(|column| looks_like_time(&column.name, &column.kind)) => {
            TimeOf::Unknown
        }
        (false, false) if table.columns.is_empty() => TimeOf::Unknown,
        (false, false) => TimeOf::None,
    }
}

fn looks_like_time(name: &str, kind: &str) -> bool {
    let (name, kind) = (name.to_ascii_lowercase(), kind.to_ascii_lowercase());
    kind.contains("time")
        || kind.contains("date")
        || name.ends_with("_time")
        || name.ends_with("_at")
        || name == "time"
}

fn literal(from: Timestamp) -> String {
    from.to_string().replace('T', " ").replace('Z', "")
}

fn column_condition(column: &str, from: Timestamp) -> String {
    format!("{column} >= timestamp '{}'", literal(from))
}

fn day_condition(from: Timestamp) -> String {
    let instant = literal(from);
    format!("upt_day >= {}", instant.split(' ').next().unwrap_or_default().replace('-', ""))
}

fn lake_condition(from: Timestamp) -> String {
    format!("{} AND {}", day_condition(from), column_condition("upt_time", from))
}

fn unknown(table: &str, corrected: &str) -> Error {
    let shown: String = table.chars().take(80).collect();
    Error::InvalidArgument(format!(
        "The time column of table {shown:?} is not known, so that the query cannot be bounded to the last days. If it has \
         upt_day and upt_time, run this with no days: {corrected}"
    ))
}

/// A table where a query names it.
struct Table {
    /// The last part of its name, without quotes.
    name: String,
    /// The last part as it is written.
    last: String,
    bytes: Range<usize>,
    has_alias: bool,
}

/// Finds the tables behind FROM, JOIN and the commas of a FROM clause.
fn tables(tokens: &[Token]) -> Vec<Table> {
    let mut tables = Vec::new();
    // For each open parenthesis: whether it holds a SELECT, since FROM also stands inside EXTRACT, TRIM and SUBSTRING.
    let mut selects = vec![false];
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += 1;
        if token.is_mark('(') {
            selects.push(false);
        } else if token.is_mark(')') {
            selects.pop();
        } else if token.is_word("select") {
            if let Some(holds) = selects.last_mut() {
                *holds = true;
            }
        } else if token.is_word("join") || (token.is_word("from") && selects.last() == Some(&true)) {
            while let Some((table, behind)) = table_at(tokens, at) {
                tables.push(table);
                at = behind;
                // A comma goes on with the next table of the same clause.
                if !tokens.get(at).is_some_and(|token| token.is_mark(',')) || token.is_word("join") {
                    break;
                }
                at += 1;
            }
        }
    }
    tables
}

/// The table whose name begins at a token, and the token behind it and its alias.
fn table_at(tokens: &[Token], start: usize) -> Option<(Table, usize)> {
    let mut at = start;
    let mut last = word_of(tokens.get(at)?)?;
    at += 1;
    while tokens.get(at).is_some_and(|token| token.is_mark('.')) {
        last = word_of(tokens.get(at + 1)?)?;
        at += 2;
    }
    // A name before a parenthesis is a function that gives a table, such as UNNEST.
    if tokens.get(at).is_some_and(|token| token.is_mark('(')) {
        return None;
    }
    let bytes = tokens.get(start)?.bytes.start..tokens.get(at - 1)?.bytes.end;
    let is_as = tokens.get(at).is_some_and(|token| token.is_word("as"));
    let alias = tokens.get(at + usize::from(is_as)).and_then(word_of);
    let has_alias =
        is_as || alias.is_some_and(|word| !AFTER_TABLE.iter().any(|after| word.eq_ignore_ascii_case(after)));
    let behind = at + usize::from(is_as) + usize::from(has_alias);
    let written = if last.chars().all(|c| c.is_alphanumeric() || c == '_') {
        last.to_owned()
    } else {
        format!("\"{last}\"")
    };
    Some((Table { name: last.to_owned(), last: written, bytes, has_alias }, behind))
}

fn word_of(token: &Token) -> Option<&str> {
    match &token.kind {
        Kind::Word(word) => Some(word),
        _ => None,
    }
}

/// The names that a WITH clause defines: each stands before `AS (`.
fn common_table_names(tokens: &[Token]) -> Vec<String> {
    tokens
        .windows(3)
        .filter_map(|window| match window {
            [name, keyword, open] if keyword.is_word("as") && open.is_mark('(') => {
                word_of(name).map(str::to_ascii_lowercase)
            }
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bounded(query: &str) -> Result<String, Error> {
        bound(query, Timestamp::parse("2026-11-19T08:00:00Z").expect("an instant"))
    }

    const ALERTS: &str = "(SELECT * FROM upt_alerts WHERE alert_time >= timestamp '2026-11-19 08:00:00.000')";
    const EVENTS: &str = "(SELECT * FROM process_events WHERE upt_day >= 20261119 AND upt_time >= timestamp '2026-11-19 08:00:00.000')";

    #[test]
    fn every_table_with_a_time_is_bounded_under_its_own_name() {
        for (query, expected) in [
            ("select * from upt_alerts", format!("select * from {ALERTS} upt_alerts")),
            ("select * from upt_alerts limit 5", format!("select * from {ALERTS} upt_alerts limit 5")),
            ("select * from upt_alerts as a", format!("select * from {ALERTS} as a")),
            ("select * from upt_alerts a, upt_assets b", format!("select * from {ALERTS} a, upt_assets b")),
            (
                "SELECT 1 FROM upt_assets s JOIN process_events ON s.id = upt_asset_id",
                format!("SELECT 1 FROM upt_assets s JOIN {EVENTS} process_events ON s.id = upt_asset_id"),
            ),
            (
                "WITH x AS (SELECT * FROM upt_alerts) SELECT extract(day from alert_time) FROM x",
                format!(
                    "WITH x AS (SELECT * FROM {ALERTS} upt_alerts) SELECT extract(day from alert_time) FROM x"
                ),
            ),
            (
                "SELECT 'from nowhere' -- from nothing\n FROM upt_alerts /* join nobody */ WHERE id IN (SELECT id FROM upt_alerts)",
                format!(
                    "SELECT 'from nowhere' -- from nothing\n FROM {ALERTS} upt_alerts /* join nobody */ WHERE id IN (SELECT id FROM {ALERTS} upt_alerts)"
                ),
            ),
        ] {
            assert_eq!(bounded(query).as_deref(), Ok(expected.as_str()), "{query}");
        }
    }

    #[test]
    fn a_table_whose_time_is_not_known_is_named_instead_of_run() {
        let error = bounded("SELECT * FROM some_new_table t").expect_err("unknown").to_string();
        assert!(error.contains("\"some_new_table\""), "{error}");
        let corrected = "SELECT * FROM (SELECT * FROM some_new_table WHERE upt_day >= 20261119 AND \
                         upt_time >= timestamp '2026-11-19 08:00:00.000') t";
        assert!(error.contains(corrected), "{error}");
    }

    #[test]
    fn a_schema_says_where_the_time_of_other_tables_is() {
        let schema: Schema = serde_json::from_str(
            r#"{"tables":[
                {"name":"lake_events","columns":[{"name":"upt_day","type":"integer"},{"name":"upt_time","type":"timestamp"}]},
                {"name":"by_day","columns":[{"name":"upt_day"}]},
                {"name":"plain_state","columns":[{"name":"id"},{"name":"name"}]},
                {"name":"odd","columns":[{"name":"seen_at","type":"timestamp"}]},
                {"name":"empty","columns":[]}]}"#,
        )
        .expect("a schema");
        let from = Timestamp::parse("2026-11-19T08:00:00Z").expect("an instant");
        let of = |table: &str| place(&format!("SELECT 1 FROM {table}"), from, Some(&schema));
        assert_eq!(of("plain_state").map(|placed| placed.tables), Ok(0));
        assert!(
            of("LAKE_EVENTS").is_ok_and(|placed| placed.query.contains("upt_time >= timestamp '2026-11-19"))
        );
        assert!(of("by_day").is_ok_and(|placed| placed.query.ends_with("WHERE upt_day >= 20261119) by_day")));
        for table in ["odd", "empty", "absent"] {
            assert!(of(table).is_err(), "{table}");
        }
    }

    #[test]
    fn a_bound_of_its_own_is_one_from_below_on_the_one_table_with_a_time() {
        for (query, expected) in [
            ("SELECT 1 FROM process_events WHERE upt_day >= 20240101", true),
            ("SELECT 1 FROM process_events p WHERE 20240101 <= p.upt_day", true),
            ("SELECT 1 FROM upt_alerts WHERE alert_time BETWEEN timestamp 'x' AND timestamp 'y'", true),
            ("SELECT 1 FROM process_events WHERE upt_day IN (20240101)", true),
            ("SELECT 1 FROM process_events WHERE upt_day < 20240101", false),
            ("SELECT upt_day FROM process_events", false),
            ("SELECT 1 FROM process_events, socket_events WHERE upt_day > 1", false),
            ("SELECT 1 FROM process_events -- upt_day > 1", false),
        ] {
            assert_eq!(has_own_bound(query, None), expected, "{query}");
        }
    }

    #[test]
    fn a_query_without_tables_stays_as_it_is() {
        assert_eq!(bounded("SELECT 1").as_deref(), Ok("SELECT 1"));
    }
}
