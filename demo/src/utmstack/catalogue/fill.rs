//! What is in the catalogue of every server from its start, and what the demo's people have added.

use rusqlite::{Connection, params};

use crate::utmstack::access::fill_users;
use crate::utmstack::status_code::FALSE_POSITIVE;

/// Names and colours. The first is the system's own and has the id 1 (docs/utmstack.md, 4.1).
const TAGS: &[(&str, &str)] = &[
    (FALSE_POSITIVE, "#f44336"),
    ("VIP", "#9c27b0"),
    ("Needs owner", "#ff9800"),
    ("Maintenance window", "#607d8b"),
    ("Red team", "#b71c1c"),
    ("Duplicate", "#795548"),
    ("<b>bold</b>", "#000000"),
    ("Обслуживание", "#2196f3"),
];

/// Writes users and tags.
pub(crate) fn fill_catalogue(db: &Connection) -> rusqlite::Result<()> {
    fill_users(db)?;
    let mut statement =
        db.prepare("INSERT INTO alert_tag (tag_name, tag_color, system_owner) VALUES (?, ?, ?)")?;
    for (name, color) in TAGS {
        statement.execute(params![name, color, *name == FALSE_POSITIVE])?;
    }
    Ok(())
}
