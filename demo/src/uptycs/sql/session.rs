//! Connections for statements of callers: they read the tables of the catalogue and see nothing else.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};

use crate::instant::UtcInstant;
use crate::store::{Database, LAKE, LakeTable};
use crate::uptycs::sql::scope::Realm;
use crate::uptycs::sql::table::Answerer;
use crate::uptycs::sql::{presto_time, presto_value};

/// The agents that a realtime statement asks, one after another.
#[derive(Debug, Clone, Default)]
pub(crate) struct Agents {
    /// All of them.
    pub(crate) all: Vec<Answerer>,
    /// The id of the one that is asked now.
    pub(crate) current: Arc<Mutex<String>>,
}

impl Agents {
    /// These agents, none of which is asked yet.
    pub(crate) fn new(all: Vec<Answerer>) -> Self {
        Self { all, current: Arc::default() }
    }

    /// Turns to an agent.
    pub(crate) fn ask(&self, agent: &Answerer) {
        agent.id.clone_into(&mut self.current.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

/// What a timemachine statement looks at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Span {
    /// The first instant.
    pub(crate) from: UtcInstant,
    /// The last instant.
    pub(crate) to: UtcInstant,
    /// The assets whose rows are seen; `None` for all.
    pub(crate) assets: Option<Vec<String>>,
}

/// Opens a connection that is ready for statements of a realm.
pub(crate) fn open(
    database: &Database,
    realm: Realm,
    agents: &Agents,
    span: Option<&Span>,
) -> rusqlite::Result<Connection> {
    let mut connection = database.reader()?;
    // A name in double quotes that is no column must be a mistake, not a text.
    connection.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DQS_DML, false)?;
    if realm == Realm::Realtime {
        show_one_agent(&connection, agents)?;
    } else {
        presto_time::register(&connection)?;
        presto_value::register(&connection)?;
        connection.pragma_update(None, "case_sensitive_like", true)?;
    }
    if let Some(span) = span {
        show_span(&connection, span)?;
    }
    restrict(&mut connection, realm)?;
    Ok(connection)
}

/// Hides every table behind its rows of one agent, without the columns that only the lake has.
fn show_one_agent(connection: &Connection, agents: &Agents) -> rusqlite::Result<()> {
    let current = Arc::clone(&agents.current);
    connection.create_scalar_function("agent_asked", 0, FunctionFlags::SQLITE_UTF8, move |_| {
        Ok(current.lock().unwrap_or_else(PoisonError::into_inner).clone())
    })?;
    for table in LAKE.iter().filter(|table| table.is_realtime()) {
        let columns: Vec<String> = table.own_columns().map(|column| format!("\"{}\"", column.name)).collect();
        let (name, columns) = (table.name, columns.join(", "));
        connection.execute_batch(&format!(
            "CREATE TEMP VIEW \"{name}\" AS SELECT {columns} FROM main.\"{name}\"
                WHERE upt_asset_id = (SELECT agent_asked())"
        ))?;
    }
    Ok(())
}

/// Hides every table behind its rows of a span of time.
fn show_span(connection: &Connection, span: &Span) -> rusqlite::Result<()> {
    let assets = span.assets.as_ref().map_or_else(String::new, |ids| {
        let ids: Vec<String> = ids.iter().map(|id| format!("'{}'", id.replace('\'', "''"))).collect();
        format!(" AND upt_asset_id IN ({})", ids.join(", "))
    });
    for name in LAKE.iter().filter(|table| table.is_realtime()).map(|table: &LakeTable| table.name) {
        connection.execute_batch(&format!(
            "CREATE TEMP VIEW \"{name}\" AS SELECT * FROM main.\"{name}\"
                WHERE upt_time BETWEEN '{}' AND '{}'{assets}",
            span.from.sql(),
            span.to.sql()
        ))?;
    }
    Ok(())
}

/// The translator refuses names that are not in the catalogue; this refuses them once more, and everything that
/// is not reading.
fn restrict(connection: &mut Connection, realm: Realm) -> rusqlite::Result<()> {
    connection.authorizer(Some(move |context: AuthContext<'_>| match context.action {
        // A read without a column is of a table of which none is used, as of a view's join that is not needed.
        AuthAction::Select
        | AuthAction::Function { .. }
        | AuthAction::Recursive
        | AuthAction::Read { column_name: "", .. } => Authorization::Allow,
        AuthAction::Read { table_name, .. } => {
            let is_ours = context.accessor.is_some()
                || realm.has_table(table_name)
                || table_name.starts_with("information_schema_");
            if is_ours { Authorization::Allow } else { Authorization::Deny }
        }
        _ => Authorization::Deny,
    }))
}
