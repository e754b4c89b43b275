//! The alerts of an incident as a caller lists them.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;

/// An alert to be linked.
#[derive(Debug, Clone)]
pub(crate) struct Link {
    pub(crate) id: String,
    name: String,
    status: i64,
    pub(crate) severity: i64,
}

impl Link {
    /// The list in a body; `None` when it is empty.
    pub(crate) fn read_all(object: &'static str, body: &Body) -> Result<Option<Vec<Self>>, Failure> {
        let list = body.list("alertList")?;
        let list = list.ok_or_else(|| Failure::invalid(object, "alertList", "must not be null"))?;
        let links = list.iter().enumerate().map(|(number, alert)| {
            let alert = Body::of(alert)?;
            let not_null = |field: &str| {
                Failure::invalid(object, format!("alertList[{number}].{field}"), "must not be null")
            };
            Ok(Self {
                id: alert.text("alertId")?.ok_or_else(|| not_null("alertId"))?,
                name: alert.text("alertName")?.ok_or_else(|| not_null("alertName"))?,
                status: alert.int("alertStatus")?.ok_or_else(|| not_null("alertStatus"))?,
                severity: alert.int("alertSeverity")?.ok_or_else(|| not_null("alertSeverity"))?,
            })
        });
        let links = links.collect::<Result<Vec<_>, Failure>>()?;
        Ok((!links.is_empty()).then_some(links))
    }

    /// The first of the alerts that is in an incident already.
    pub(crate) fn first_taken(db: &Connection, links: &[Self]) -> rusqlite::Result<Option<String>> {
        let mut statement =
            db.prepare_cached("SELECT alert_id FROM incident_alert WHERE alert_id = ? LIMIT 1")?;
        for link in links {
            let taken = statement.query_row([&link.id], |row| row.get(0)).optional()?;
            if taken.is_some() {
                return Ok(taken);
            }
        }
        Ok(None)
    }

    /// Writes the link.
    pub(crate) fn insert(&self, db: &Connection, incident: i64) -> rusqlite::Result<()> {
        db.prepare_cached(
            "INSERT INTO incident_alert (incident_id, alert_id, alert_name, alert_status, alert_severity)
                VALUES (?, ?, ?, ?, ?)",
        )?
        .execute(params![incident, self.id, self.name, self.status, self.severity])
        .map(|_| ())
    }
}
