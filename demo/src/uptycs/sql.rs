//! Runs the SQL of callers: real statements on the tables `upt_…`, and nothing but reading.

use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Statement};
use serde_json::{Map, Value, json};

/// A column of a result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Column {
    /// Its name; what has none is called `_col0`, `_col1`, … by its place.
    pub(crate) name: String,
    /// `TEXT`, `NUMBER_INTEGER`, …
    pub(crate) kind: &'static str,
}

/// What a statement gives.
#[derive(Debug)]
pub(crate) struct Table {
    /// The columns in their order.
    pub(crate) columns: Vec<Column>,
    /// The rows, each a JSON object.
    pub(crate) rows: Vec<String>,
}

/// Why a statement gives nothing.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct SqlError {
    /// In a few words.
    pub(crate) brief: &'static str,
    /// What the database said.
    pub(crate) detail: String,
}

/// Makes a connection safe for statements of callers: they read the tables `upt_…` and see no other.
pub(crate) fn restrict(connection: &mut Connection) -> rusqlite::Result<()> {
    connection.authorizer(Some(|context: AuthContext<'_>| match context.action {
        // A read without a column is of a table of which none is used, as of a view's join that is not needed.
        AuthAction::Select
        | AuthAction::Function { .. }
        | AuthAction::Recursive
        | AuthAction::Read { column_name: "", .. } => Authorization::Allow,
        AuthAction::Read { table_name, .. } => {
            let by_view = context.accessor.is_some_and(|view| view.starts_with("upt_"));
            if by_view || table_name.starts_with("upt_") || table_name.starts_with("json_") {
                Authorization::Allow
            } else {
                Authorization::Deny
            }
        }
        _ => Authorization::Deny,
    }))
}

/// Runs one statement on a restricted connection. A semicolon at its end is accepted.
pub(crate) fn run(connection: &Connection, query: &str) -> Result<Table, SqlError> {
    let query = query.trim().trim_end_matches(';');
    let syntax =
        |error: rusqlite::Error| SqlError { brief: "The query is not valid", detail: message(&error) };
    let running = |error: rusqlite::Error| SqlError { brief: "The query failed", detail: message(&error) };
    let mut statement = connection.prepare(query).map_err(syntax)?;
    let mut columns = columns(&statement);
    let is_boolean: Vec<bool> =
        statement.columns().map(|column| column.decl_type() == Some("BOOLEAN")).collect();
    let mut is_typed = vec![false; columns.len()];
    let mut rows = Vec::new();
    let mut cursor = statement.query([]).map_err(running)?;
    while let Some(row) = cursor.next().map_err(running)? {
        let mut data = Map::new();
        for (index, column) in columns.iter_mut().enumerate() {
            let value = row.get_ref(index).map_err(running)?;
            let is_boolean = is_boolean.get(index).copied().unwrap_or(false);
            if let Some(typed) = is_typed.get_mut(index)
                && !*typed
                && value != ValueRef::Null
            {
                *typed = true;
                column.kind = kind(value, is_boolean);
            }
            data.insert(column.name.clone(), to_json(value, is_boolean));
        }
        rows.push(Value::Object(data).to_string());
    }
    Ok(Table { columns, rows })
}

/// What SQLite says, without the error code that rusqlite puts before it.
fn message(error: &rusqlite::Error) -> String {
    match error {
        rusqlite::Error::SqliteFailure(_, Some(text)) => text.clone(),
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        other => other.to_string(),
    }
}

fn columns(statement: &Statement<'_>) -> Vec<Column> {
    statement
        .column_names()
        .enumerate()
        .map(|(index, name)| {
            // SQLite names an expression by its text, Presto by its place.
            let is_name = name.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
                && name.chars().next().is_some_and(|first| !first.is_ascii_digit());
            let name = if is_name { name.to_owned() } else { format!("_col{index}") };
            Column { name, kind: "TEXT" }
        })
        .collect()
}

fn kind(value: ValueRef<'_>, is_boolean: bool) -> &'static str {
    match value {
        ValueRef::Integer(_) if is_boolean => "BOOLEAN",
        ValueRef::Integer(_) => "NUMBER_INTEGER",
        ValueRef::Real(_) => "NUMBER_FLOAT",
        _ => "TEXT",
    }
}

fn to_json(value: ValueRef<'_>, is_boolean: bool) -> Value {
    match value {
        ValueRef::Null | ValueRef::Blob(_) => Value::Null,
        ValueRef::Integer(number) if is_boolean => json!(number != 0),
        ValueRef::Integer(number) => json!(number),
        ValueRef::Real(number) => json!(number),
        ValueRef::Text(text) => Value::String(String::from_utf8_lossy(text).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Database, UPTYCS_SCHEMA};

    fn run_on_empty_tables(query: &str) -> Result<Table, SqlError> {
        let database = Database::in_memory(UPTYCS_SCHEMA).unwrap();
        let mut connection = database.reader().unwrap();
        restrict(&mut connection).unwrap();
        run(&connection, query)
    }

    #[test]
    fn expressions_without_a_name_are_called_by_their_place() {
        let table = run_on_empty_tables("SELECT count(*), 'x' AS word, 2 FROM upt_alerts;").unwrap();
        assert_eq!(table.rows, [r#"{"_col0":0,"_col2":2,"word":"x"}"#]);
        assert_eq!(table.columns[0], Column { name: "_col0".into(), kind: "NUMBER_INTEGER" });
        assert_eq!(table.columns[1], Column { name: "word".into(), kind: "TEXT" });
    }

    #[test]
    fn common_table_expressions_and_joins_are_read() {
        let query = "WITH a AS (SELECT upt_asset_id, count(*) AS n FROM upt_alerts GROUP BY 1)
            SELECT host_name, n, metadata FROM a JOIN upt_assets ON upt_assets.id = upt_asset_id
            JOIN upt_alerts USING (upt_asset_id)";
        assert!(run_on_empty_tables(query).unwrap().rows.is_empty());
    }

    #[test]
    fn only_the_documented_tables_can_be_read() {
        for query in ["SELECT * FROM alert", "SELECT * FROM sqlite_master", "SELECT body FROM alert_body"] {
            assert!(run_on_empty_tables(query).is_err(), "{query}");
        }
    }

    #[test]
    fn nothing_can_be_written_or_attached() {
        for query in [
            "DELETE FROM upt_alerts",
            "INSERT INTO alert_gone VALUES ('x', 1, 2)",
            "CREATE TABLE upt_x(y)",
            "ATTACH 'x.db' AS x",
            "PRAGMA journal_mode = DELETE",
            "SELECT 1; SELECT 2",
        ] {
            assert!(run_on_empty_tables(query).is_err(), "{query}");
        }
    }

    #[test]
    fn a_mistake_is_told_in_the_words_of_the_database() {
        let error = run_on_empty_tables("SELECT nothing FROM upt_alerts").unwrap_err();
        assert!(error.detail.contains("nothing"), "{}", error.detail);
    }
}
