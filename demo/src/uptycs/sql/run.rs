//! Runs a statement.

use std::time::{Duration, Instant};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, ErrorCode};
use serde_json::{Map, Value, json};

use crate::store::Database;
use crate::uptycs::sql::scope::{Realm, Scope};
use crate::uptycs::sql::session::{self, Agents, Span};
use crate::uptycs::sql::table::{Column, Row, SqlError, Table};
use crate::uptycs::sql::translate::{Translated, translate};

/// How long a statement may run. The real limit is not public.
const TIME_LIMIT: Duration = Duration::from_secs(60);

/// A statement, ready to run on a connection of its own.
pub(crate) struct Statement {
    connection: Connection,
    translated: Translated,
    /// Who is asked, of realtime statements only.
    agents: Option<Agents>,
    time_limit: Duration,
}

impl std::fmt::Debug for Statement {
    /// A connection cannot be shown.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Statement").field("translated", &self.translated).finish_non_exhaustive()
    }
}

impl Statement {
    /// Translates a text and opens its connection.
    pub(crate) fn new(
        database: &Database,
        query: &str,
        scope: &Scope<'_>,
        agents: Agents,
        span: Option<&Span>,
    ) -> Result<Self, SqlError> {
        let translated = translate(query, scope)?;
        let connection = session::open(database, scope.realm, &agents, span)
            .map_err(|error| SqlError::failed(message(&error)))?;
        let agents = (scope.realm == Realm::Realtime).then_some(agents);
        Ok(Self { connection, translated, agents, time_limit: TIME_LIMIT })
    }

    /// What stops it from another thread.
    pub(crate) fn interrupt_handle(&self) -> rusqlite::InterruptHandle {
        self.connection.get_interrupt_handle()
    }
}

/// Runs a statement to its end, on this thread.
pub(crate) fn run(statement: &mut Statement) -> Result<Table, SqlError> {
    let deadline = Instant::now() + statement.time_limit;
    statement
        .connection
        .progress_handler(20_000, Some(move || Instant::now() >= deadline))
        .map_err(|error| SqlError::failed(message(&error)))?;
    let statement = &*statement;
    let mut table = Table::default();
    let outcome = match &statement.agents {
        None => rows(statement, None, &mut table),
        Some(agents) => {
            table.answerers.clone_from(&agents.all);
            agents.all.iter().enumerate().try_for_each(|(index, agent)| {
                agents.ask(agent);
                rows(statement, Some(index), &mut table)
            })
        }
    };
    match outcome {
        Ok(()) => Ok(table),
        Err(error) if error.sqlite_error_code() == Some(ErrorCode::OperationInterrupted) => {
            let seconds = statement.time_limit.as_secs();
            Err(SqlError::failed(if Instant::now() >= deadline {
                format!("Query exceeded the maximum run time limit of {seconds} seconds")
            } else {
                "Query was cancelled".to_owned()
            }))
        }
        Err(error @ (rusqlite::Error::SqlInputError { .. } | rusqlite::Error::SqliteFailure(..))) => {
            Err(SqlError::syntax(message(&error)))
        }
        Err(error) => Err(SqlError::failed(message(&error))),
    }
}

fn rows(statement: &Statement, answerer: Option<usize>, table: &mut Table) -> rusqlite::Result<()> {
    let mut prepared = statement.connection.prepare_cached(&statement.translated.sql)?;
    let truths: Vec<bool> = prepared
        .columns()
        .enumerate()
        .map(|(index, column)| {
            column.decl_type() == Some("BOOLEAN") || statement.translated.truths.contains(&index)
        })
        .collect();
    let kinds: Vec<Option<&'static str>> =
        prepared.columns().map(|column| declared_kind(column.decl_type())).collect();
    if table.columns.is_empty() {
        table.columns = columns(prepared.column_names());
        for ((column, kind), is_truth) in table.columns.iter_mut().zip(&kinds).zip(&truths) {
            column.kind = if *is_truth { "BOOLEAN" } else { kind.unwrap_or("TEXT") };
        }
    }
    let mut is_typed: Vec<bool> = kinds.iter().map(Option::is_some).collect();
    let mut cursor = prepared.query([])?;
    while let Some(row) = cursor.next()? {
        let mut data = Map::new();
        for (index, column) in table.columns.iter_mut().enumerate() {
            let value = row.get_ref(index)?;
            let is_truth = truths.get(index).copied().unwrap_or(false);
            if let Some(typed) = is_typed.get_mut(index)
                && !*typed
                && value != ValueRef::Null
            {
                *typed = true;
                column.kind = kind(value, is_truth);
            }
            data.insert(column.name.clone(), to_json(value, is_truth));
        }
        table.rows.push(Row { data: Value::Object(data).to_string(), answerer });
    }
    Ok(())
}

/// What SQLite says, without the error code that rusqlite puts before it.
fn message(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

/// The columns by their names in SQLite, each made unique. An expression is called by its place.
fn columns<'a>(names: impl Iterator<Item = &'a str>) -> Vec<Column> {
    let mut columns: Vec<Column> = Vec::new();
    for (index, name) in names.enumerate() {
        let is_name = name.chars().all(|letter| letter.is_alphanumeric() || "_ .-".contains(letter))
            && name.chars().next().is_some_and(|first| !first.is_ascii_digit());
        let is_place = name.strip_prefix("_col").is_some_and(|place| place.parse::<usize>().is_ok());
        let original_name = if is_name && !is_place { name.to_owned() } else { format!("_col{index}") };
        let mut name = original_name.clone();
        let mut number = 0;
        while columns.iter().any(|column| column.name == name) {
            number += 1;
            name = format!("{original_name}_{number}");
        }
        columns.push(Column { name, original_name, kind: "TEXT" });
    }
    columns
}

fn declared_kind(declared: Option<&str>) -> Option<&'static str> {
    match declared? {
        "INTEGER" => Some("NUMBER_INTEGER"),
        "REAL" => Some("NUMBER_FLOAT"),
        "BOOLEAN" => Some("BOOLEAN"),
        "TEXT" => Some("TEXT"),
        _ => None,
    }
}

fn kind(value: ValueRef<'_>, is_truth: bool) -> &'static str {
    match value {
        ValueRef::Integer(_) if is_truth => "BOOLEAN",
        ValueRef::Integer(_) => "NUMBER_INTEGER",
        ValueRef::Real(_) => "NUMBER_FLOAT",
        _ => "TEXT",
    }
}

fn to_json(value: ValueRef<'_>, is_truth: bool) -> Value {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(number) if is_truth => json!(number != 0),
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => Value::String(String::from_utf8_lossy(text).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::instant::UtcInstant;
    use crate::store::{UPTYCS_SCHEMA, create_lake};

    fn scope() -> Scope<'static> {
        Scope {
            realm: Realm::Global,
            now: UtcInstant::from_millis(1_769_797_412_173),
            parameter_values: None,
        }
    }

    fn statement(query: &str) -> Result<Statement, SqlError> {
        let database = Database::in_memory(UPTYCS_SCHEMA).unwrap();
        database.write(create_lake).unwrap();
        Statement::new(&database, query, &scope(), Agents::default(), None)
    }

    fn table(query: &str) -> Result<Table, SqlError> {
        run(&mut statement(query)?)
    }

    /// The first row as JSON.
    fn row(query: &str) -> Value {
        let table = table(query).unwrap_or_else(|error| panic!("{query}: {error:?}"));
        serde_json::from_str(&table.rows[0].data).unwrap()
    }

    #[test]
    fn expressions_without_a_name_are_called_by_their_place() {
        let query = "SELECT count(*), 'x' AS word, 2 FROM upt_alerts;";
        assert_eq!(row(query), json!({ "_col0": 0, "word": "x", "_col2": 2 }));
        let kinds: Vec<_> = table(query).unwrap().columns.iter().map(|column| column.kind).collect();
        assert_eq!(kinds, ["NUMBER_INTEGER", "TEXT", "NUMBER_INTEGER"]);
        let behind_all = table("SELECT *, count(*) OVER () FROM upt_asset_groups").unwrap();
        assert_eq!(behind_all.columns[2].name, "_col2");
    }

    #[test]
    fn two_columns_of_one_name_are_both_there() {
        assert_eq!(row("SELECT 1 AS id, 2 AS id"), json!({ "id": 1, "id_1": 2 }));
    }

    #[test]
    fn idioms_of_presto_mean_what_they_mean_there() {
        for (query, expected) in [
            ("CAST(date_format(current_date - interval '1' day, '%Y%m%d') AS INTEGER)", json!(20_260_129)),
            ("CAST(date_format(localtimestamp - INTERVAL '7' DAY, '%Y%m%d') AS INTEGER)", json!(20_260_123)),
            ("timestamp '2026-01-30 08:00:00'", json!("2026-01-30 08:00:00.000")),
            ("CAST('2026-01-30T08:00:00Z' AS TIMESTAMP)", json!("2026-01-30 08:00:00.000")),
            ("TRY_CAST('never' AS TIMESTAMP)", json!(null)),
            ("TRY_CAST('12x' AS INTEGER)", json!(null)),
            ("CAST(12 AS VARCHAR)", json!("12")),
            ("CAST('1.5' AS DOUBLE)", json!(1.5)),
            ("now() - interval '2' hour", json!("2026-01-30 16:23:32.173")),
            ("interval '1' month + date '2026-01-31'", json!("2026-02-28")),
            ("from_unixtime(1769797412)", json!("2026-01-30 18:23:32.000")),
            ("to_unixtime(timestamp '2026-01-30 18:23:32')", json!(1_769_797_412.0)),
            ("date_diff('day', date '2026-01-01', current_date)", json!(29)),
            ("date_trunc('hour', now())", json!("2026-01-30 18:00:00.000")),
            ("date_parse('30/01/2026', '%d/%m/%Y')", json!("2026-01-30 00:00:00.000")),
            ("extract(year FROM now())", json!(2026)),
            ("json_extract('{\"a\":{\"b\":\"c\"}}', '$.a')", json!("{\"b\":\"c\"}")),
            ("json_extract('{\"a\":\"c\"}', '$.a')", json!("\"c\"")),
            ("json_extract_scalar('{\"a\":[1,\"x\"]}', '$.a[1]')", json!("x")),
            ("json_extract_scalar('not json', '$.a')", json!(null)),
            ("IF(1 > 2, 'yes', 'no')", json!("no")),
            ("IF(1 > 2, 'yes')", json!(null)),
            ("SPLIT_PART('a=b=c', '=', 2)", json!("b")),
            ("concat('a', 'b', 'c')", json!("abc")),
            ("concat('a', NULL)", json!(null)),
            ("'WEB' LIKE 'web%'", json!(false)),
            ("'100%' LIKE '100!%' ESCAPE '!'", json!(true)),
            ("1 BETWEEN 0 AND 2", json!(true)),
            ("greatest(1, 3, 2)", json!(3)),
            ("ceil(1.2)", json!(2.0)),
            ("substring('abcdef', 2, 3)", json!("bcd")),
            ("strpos('haystack', 'st')", json!(4)),
            ("approx_distinct(1)", json!(1)),
            ("count_if(1 = 2)", json!(0)),
            ("CASE WHEN 1 = 1 THEN 'a' ELSE 'b' END", json!("a")),
            ("true", json!(true)),
        ] {
            assert_eq!(row(&format!("SELECT {query}")), json!({ "_col0": expected }), "{query}");
        }
    }

    #[test]
    fn common_table_expressions_joins_and_derived_tables_are_read() {
        for query in [
            "WITH a AS (SELECT upt_asset_id, count(*) AS n FROM upt_alerts GROUP BY 1)
                SELECT host_name, n, metadata FROM a JOIN upt_assets ON upt_assets.id = upt_asset_id
                JOIN upt_alerts USING (upt_asset_id)",
            "SELECT * FROM (SELECT id, row_number() OVER (PARTITION BY host_name ORDER BY last_activity_at DESC) AS n
                FROM upt_assets) t WHERE n > 1 ORDER BY id OFFSET 5 LIMIT 10",
            "SELECT ID, Host_Name FROM UPT_ASSETS ORDER BY id LIMIT 2000 OFFSET 4000",
            "SELECT id FROM upt_assets FETCH FIRST 3 ROWS ONLY",
            "SELECT id FROM upt_assets UNION ALL SELECT id FROM upt_alerts ORDER BY id",
            "SELECT p.name FROM processes p LEFT JOIN upt_assets a ON a.id = p.upt_asset_id WHERE p.upt_day >= 20240101",
            "SELECT upt_hostname FROM process_events WHERE upt_time BETWEEN CAST('2026-01-01' AS TIMESTAMP)
                AND CAST('2026-01-02' AS TIMESTAMP) AND upt_day IN (20260101)",
        ] {
            assert!(table(query).is_ok_and(|table| table.rows.is_empty()), "{query}: {:?}", table(query));
        }
    }

    #[test]
    fn null_comes_last_as_in_presto() {
        assert_eq!(row("SELECT x FROM (SELECT NULL AS x UNION SELECT 1) t ORDER BY x"), json!({ "x": 1 }));
    }

    #[test]
    fn the_catalogue_can_be_asked() {
        let row = row("SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'upt_alerts'");
        assert_eq!(row, json!({ "n": 1 }));
    }

    #[test]
    fn parameters_take_their_values_only_where_they_stand() {
        let database = Database::in_memory(UPTYCS_SCHEMA).unwrap();
        let values = json!({ "from": "2026-01-01T00:00:00.000Z", "to": 7 });
        let scope = Scope { parameter_values: Some(&values), ..scope() };
        let mut statement =
            Statement::new(&database, "SELECT :from AS a, :to AS b", &scope, Agents::default(), None)
                .unwrap();
        let row: Value = serde_json::from_str(&run(&mut statement).unwrap().rows[0].data).unwrap();
        assert_eq!(row, json!({ "a": "2026-01-01 00:00:00.000", "b": 7 }));
        assert!(self::statement("SELECT :from").is_err_and(|error| error.detail.contains(":from")));
    }

    #[test]
    fn only_tables_of_the_catalogue_can_be_read() {
        for query in [
            "SELECT * FROM alert",
            "SELECT * FROM sqlite_master",
            "SELECT body FROM alert_body",
            "SELECT * FROM main.alert",
            "SELECT * FROM temp.sqlite_temp_master",
            "SELECT * FROM information_schema_tables",
            "SELECT * FROM api_audit_logs",
            "SELECT * FROM pragma_table_info('alert')",
            "SELECT (SELECT body FROM alert_body)",
            "SELECT 1 WHERE 1 IN (SELECT seq FROM alert)",
            "WITH upt_x AS (SELECT body FROM alert_body) SELECT * FROM upt_x",
        ] {
            assert!(table(query).is_err(), "{query}");
        }
    }

    #[test]
    fn whatever_is_not_in_the_list_is_refused() {
        for query in [
            "DELETE FROM upt_alerts",
            "INSERT INTO alert_gone VALUES ('x', 1, 2)",
            "CREATE TABLE upt_x(y)",
            "ATTACH 'x.db' AS x",
            "PRAGMA journal_mode = DELETE",
            "EXPLAIN SELECT 1",
            "SELECT 1; SELECT 2",
            "SELECT 1; DROP TABLE upt_alerts",
            "",
            "SELECT load_extension('x')",
            "SELECT printf('%d', 1)",
            "SELECT sqlite_version()",
            "SELECT * FROM upt_alerts FOR UPDATE",
            "SELECT 'a' GLOB 'a'",
            "SELECT \"no such column\"",
            "SELECT date_format(now())",
            "SELECT CAST('x' AS INTEGER)",
            "SELECT CAST('x' AS BLOB)",
            "SELECT interval '1' day",
            "SELECT timestamp 'yesterday'",
            "SELECT * FROM upt_alerts CROSS JOIN UNNEST(ARRAY[1])",
        ] {
            let error = table(query).map(|table| table.rows);
            assert!(error.is_err(), "{query}: {error:?}");
        }
    }

    #[test]
    fn a_mistake_is_told_in_words() {
        let error = table("SELECT nothing FROM upt_alerts").unwrap_err();
        assert!(error.detail.contains("nothing"), "{}", error.detail);
        let error = table("SELECT geometry_union(1)").unwrap_err();
        assert_eq!(error.detail, "Function geometry_union not registered");
    }

    #[test]
    fn a_statement_that_runs_too_long_is_stopped() {
        let mut statement =
            statement("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")
                .unwrap();
        statement.time_limit = Duration::from_millis(20);
        assert!(run(&mut statement).unwrap_err().detail.contains("maximum run time"));
    }
}
