//! Entries in the history of an incident.

use rusqlite::{Connection, params};

use crate::instant::UtcInstant;

/// Who did it, and when.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deed<'a> {
    /// The login.
    pub(crate) login: &'a str,
    /// The instant.
    pub(crate) now: UtcInstant,
}

impl Deed<'_> {
    /// Writes an entry.
    pub(crate) fn note(
        self,
        db: &Connection,
        incident: i64,
        action_type: &str,
        action: &str,
        detail: &str,
    ) -> rusqlite::Result<()> {
        db.execute(
            "INSERT INTO incident_history (incident_id, action_date, action_type, action_created_by, action,
                action_detail) VALUES (?, ?, ?, ?, ?, ?)",
            params![incident, self.now.iso(), action_type, self.login, action, detail],
        )
        .map(|_| ())
    }
}
