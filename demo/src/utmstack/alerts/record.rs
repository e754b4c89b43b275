//! The history of alerts: who changed what (docs/utmstack.md, 5.3).

use rusqlite::{Connection, params};

use crate::instant::UtcInstant;

/// A search without a size finds ten: of a bulk change only the first ten alerts are recorded.
const RECORDED: usize = 10;

/// What was changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Status,
    Tags,
    Notes,
}

impl Action {
    const fn name(self) -> &'static str {
        match self {
            Self::Status => "UPDATE_STATUS",
            Self::Tags => "UPDATE_TAGS",
            Self::Notes => "UPDATE_NOTES",
        }
    }
}

/// The alerts as they were before a change.
#[derive(Debug)]
pub(crate) struct Record {
    before: Vec<Before>,
}

#[derive(Debug)]
struct Before {
    seq: i64,
    id: String,
    status_label: String,
    body: String,
}

impl Record {
    /// Remembers the first of the alerts that are about to change.
    pub(crate) fn before(db: &Connection, seqs: &[i64]) -> rusqlite::Result<Self> {
        let mut statement = db.prepare_cached(
            "SELECT seq, id, coalesce(body ->> '$.statusLabel', ''), body FROM alert JOIN alert_body USING (seq)
                WHERE seq = ?",
        )?;
        let before = seqs.iter().take(RECORDED).map(|seq| {
            statement.query_row([seq], |row| {
                Ok(Before { seq: row.get(0)?, id: row.get(1)?, status_label: row.get(2)?, body: row.get(3)? })
            })
        });
        Ok(Self { before: before.collect::<rusqlite::Result<_>>()? })
    }

    /// Writes the entries once the change is made. The message may name the status from before.
    pub(crate) fn after(
        self,
        db: &Connection,
        action: Action,
        login: &str,
        message: impl Fn(&str) -> String,
        now: UtcInstant,
    ) -> rusqlite::Result<()> {
        let mut statement = db.prepare_cached(
            "INSERT INTO alert_log (alert_id, log_user, log_date, log_action, log_old_value, log_new_value, log_message)
                VALUES (?, ?, ?, ?, ?, (SELECT body FROM alert_body WHERE seq = ?), ?)",
        )?;
        for alert in self.before {
            statement.execute(params![
                alert.id,
                login,
                now.iso(),
                action.name(),
                alert.body,
                alert.seq,
                message(&alert.status_label),
            ])?;
        }
        Ok(())
    }
}
