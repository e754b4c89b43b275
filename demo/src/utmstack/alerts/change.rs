//! OpenSearch's update by query: documents are written anew, and can be found so at once.

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use crate::config::Personality;
use crate::instant::UtcInstant;
use crate::utmstack::status_code;

/// A new value of a field.
#[derive(Debug, Clone)]
pub(crate) enum Set {
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// JSON as it stands; an array, true, or null.
    Json(String),
}

/// New values of some fields.
#[derive(Debug, Clone, Default)]
pub(crate) struct Change {
    sets: Vec<(&'static str, Option<&'static str>, Set)>,
}

impl Change {
    /// Sets a field by its path, and its column when it has one.
    pub(crate) fn with(mut self, path: &'static str, column: Option<&'static str>, set: Set) -> Self {
        self.sets.push((path, column, set));
        self
    }

    /// Sets the status with its label and its observation; `None` for a code that does not exist.
    pub(crate) fn status(status: i64, observation: &str, personality: Personality) -> Option<Self> {
        let label = status_code::label(status, personality)?;
        let change = Self::default()
            .with("$.status", Some("status"), Set::Integer(status))
            .with("$.statusLabel", None, Set::Text(label.to_owned()))
            .with("$.statusObservation", None, Set::Text(observation.to_owned()));
        Some(change)
    }

    /// Sets the tags; none are null.
    pub(crate) fn tags(tags: &[String]) -> Self {
        let json =
            if tags.is_empty() { "null".to_owned() } else { serde_json::Value::from(tags).to_string() };
        Self::default().with("$.tags", Some("tags"), Set::Json(json))
    }

    /// Makes the change to documents, which move to the end of the index.
    pub(crate) fn apply(&self, db: &Connection, seqs: &[i64], now: UtcInstant) -> rusqlite::Result<()> {
        let mut in_body = Vec::new();
        let mut columns =
            vec!["position = (SELECT max(position) + 1 FROM alert)".to_owned(), "changed = ?".to_owned()];
        let (mut of_body, mut of_columns) = (Vec::new(), vec![Sql::from(now.millis())]);
        for (path, column, set) in &self.sets {
            let (text, value) = match set {
                Set::Text(text) => ("?", Sql::from(text.clone())),
                Set::Integer(number) => ("?", Sql::from(*number)),
                Set::Json(json) => ("json(?)", Sql::from(json.clone())),
            };
            in_body.push(format!("'{path}', {text}"));
            of_body.push(value.clone());
            if let Some(column) = column {
                columns.push(format!("{column} = ?"));
                of_columns.push(match set {
                    Set::Json(json) if json == "null" => Sql::Null,
                    Set::Json(json) if json == "true" => Sql::from(1),
                    _ => value,
                });
            }
        }
        let body_sql =
            format!("UPDATE alert_body SET body = json_set(body, {}) WHERE seq = ?", in_body.join(", "));
        let row_sql = format!("UPDATE alert SET {} WHERE seq = ?", columns.join(", "));
        let (mut body, mut row) = (db.prepare_cached(&body_sql)?, db.prepare_cached(&row_sql)?);
        for seq in seqs {
            let seq = Sql::from(*seq);
            body.execute(params_from_iter(of_body.iter().chain([&seq])))?;
            row.execute(params_from_iter(of_columns.iter().chain([&seq])))?;
        }
        Ok(())
    }
}

/// The documents with these ids, and their echoes when they are to follow, as they lie in the index.
pub(crate) fn of_ids(db: &Connection, ids: &[String], with_echoes: bool) -> rusqlite::Result<Vec<i64>> {
    let echoes = if with_echoes { "OR parent_id IN (SELECT value FROM json_each(?1))" } else { "" };
    let sql = format!(
        "SELECT seq FROM alert WHERE id IN (SELECT value FROM json_each(?1)) {echoes} ORDER BY position"
    );
    let ids = serde_json::Value::from(ids).to_string();
    db.prepare_cached(&sql)?.query_map([ids], |row| row.get(0))?.collect()
}
