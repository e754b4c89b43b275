use super::tokens::{Kind, Token, tokens};
use crate::error::Error;
use crate::time::Timestamp;
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
    let tokens = tokens(query);
    let with_names = common_table_names(&tokens);
    let mut bounded = String::with_capacity(query.len() + 120);
    let mut copied = 0;
    for table in tables(&tokens) {
        let name = table.name.to_ascii_lowercase();
        if with_names.contains(&name) || STATE.contains(&name.as_str()) {
            continue;
        }
        let condition = condition(&name, from).ok_or_else(|| unknown(&table.name))?;
        let text = query.get(table.bytes.clone()).unwrap_or_default();
        bounded.push_str(query.get(copied..table.bytes.start).unwrap_or_default());
        let _ = write!(bounded, "(SELECT * FROM {text} WHERE {condition})");
        if !table.has_alias {
            let _ = write!(bounded, " {}", table.last);
        }
        copied = table.bytes.end;
    }
    bounded.push_str(query.get(copied..).unwrap_or_default());
    Ok(bounded)
}

fn condition(table: &str, from: Timestamp) -> Option<String> {
    let instant = from.to_string().replace('T', " ").replace('Z', "");
    if let Some((_, column)) = TIMED.iter().find(|(name, _)| *name == table) {
        return Some(format!("{column} >= timestamp '{instant}'"));
    }
    LAKE.contains(&table).then(|| {
        let day = instant.split(' ').next().unwrap_or_default().replace('-', "");
        format!("upt_day >= {day} AND upt_time >= timestamp '{instant}'")
    })
}

fn unknown(table: &str) -> Error {
    let shown: String = table.chars().take(80).collect();
    Error::InvalidArgument(format!(
        "The time column of table {shown:?} is not known, so the last days cannot be bounded. \
         Put a bound into the query yourself (WHERE upt_day >= … or upt_time >= …) and run it without days, \
         or use :from and :to where the bound belongs."
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
        let error = bounded("SELECT * FROM some_new_table").expect_err("unknown");
        assert!(error.to_string().contains("some_new_table"), "{error}");
    }

    #[test]
    fn a_query_without_tables_stays_as_it_is() {
        assert_eq!(bounded("SELECT 1").as_deref(), Ok("SELECT 1"));
    }
}
