//! An alert on its way into the index: its document, and what of it has a column.

use rusqlite::{Connection, params};

use crate::instant::UtcInstant;

/// A document with its columns.
#[derive(Debug, Clone)]
pub(crate) struct StoredAlert {
    pub(crate) id: String,
    pub(crate) at: UtcInstant,
    pub(crate) status: i64,
    pub(crate) severity: i64,
    pub(crate) name: String,
    pub(crate) category: String,
    pub(crate) tactic: Option<String>,
    pub(crate) technique: Option<String>,
    pub(crate) protocol: Option<String>,
    pub(crate) data_type: String,
    pub(crate) data_source: String,
    /// UTMStack 10's `source`, 11's `adversary`.
    pub(crate) source_ip: Option<String>,
    pub(crate) source_host: Option<String>,
    /// UTMStack 10's `destination`, 11's `target`.
    pub(crate) destination_ip: Option<String>,
    pub(crate) destination_host: Option<String>,
    pub(crate) parent_id: Option<String>,
    /// A JSON array, as a text.
    pub(crate) tags: Option<String>,
    /// The whole document.
    pub(crate) body: String,
}

impl StoredAlert {
    /// Writes the alert behind all others. `birth` is when the index first has it, which is later than
    /// `@timestamp` for what arrives late.
    pub(crate) fn insert(&self, db: &Connection, birth: UtcInstant) -> rusqlite::Result<()> {
        db.prepare_cached(
            "INSERT INTO alert (position, id, at, status, severity, name, category, tactic, technique, protocol,
                data_type, data_source, source_ip, source_host, destination_ip, destination_host, parent_id,
                is_incident, tags, birth, changed)
             VALUES ((SELECT coalesce(max(position), 0) + 1 FROM alert), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
                ?12, ?13, ?14, ?15, ?16, 0, ?17, ?18, ?18)",
        )?
        .execute(params![
            self.id,
            self.at.millis(),
            self.status,
            self.severity,
            self.name,
            self.category,
            self.tactic,
            self.technique,
            self.protocol,
            self.data_type,
            self.data_source,
            self.source_ip,
            self.source_host,
            self.destination_ip,
            self.destination_host,
            self.parent_id,
            self.tags,
            birth.millis(),
        ])?;
        db.prepare_cached("INSERT INTO alert_body (seq, body) VALUES (?1, ?2)")?
            .execute(params![db.last_insert_rowid(), self.body])?;
        Ok(())
    }
}
