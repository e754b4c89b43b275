//! Alerts that change: a colleague takes one up, resolves it, or opens it again.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::instant::UtcInstant;
use crate::random::Random;
use crate::request_log::Vendor;

/// Gives one alert another status and gives its id; `None` when there is no alert.
pub(super) fn change(
    vendor: Vendor,
    db: &Connection,
    random: &mut Random,
    now: UtcInstant,
    moment: UtcInstant,
) -> rusqlite::Result<Option<String>> {
    let Some((seq, id)) = any(db, random)? else { return Ok(None) };
    match vendor {
        Vendor::UtmStack => utmstack(db, random, seq, moment)?,
        Vendor::Uptycs => uptycs(db, random, seq, now, moment)?,
    }
    Ok(Some(id))
}

/// Some alert: each is about as likely as the others.
pub(super) fn any(db: &Connection, random: &mut Random) -> rusqlite::Result<Option<(i64, String)>> {
    let (first, last): (Option<i64>, Option<i64>) = db
        .prepare_cached("SELECT (SELECT min(seq) FROM alert), (SELECT max(seq) FROM alert)")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let (Some(first), Some(last)) = (first, last) else { return Ok(None) };
    let from = first + random.millis_below(last - first + 1);
    db.prepare_cached("SELECT seq, id FROM alert WHERE seq >= ?1 ORDER BY seq LIMIT 1")?
        .query_row([from], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()
}

/// A changed document is written anew and moves to the end of the index.
fn utmstack(db: &Connection, random: &mut Random, seq: i64, moment: UtcInstant) -> rusqlite::Result<()> {
    let (status, label) = match random.below(4) {
        0 => (2, "Open"),
        1 | 2 => (3, "In review"),
        _ => (5, "Completed"),
    };
    db.prepare_cached(
        "UPDATE alert SET status = ?2, changed = ?3, position = (SELECT max(position) + 1 FROM alert) WHERE seq = ?1",
    )?
    .execute(params![seq, status, moment.millis()])?;
    db.prepare_cached(
        "UPDATE alert_body SET body = json_set(body, '$.status', ?2, '$.statusLabel', ?3) WHERE seq = ?1",
    )?
    .execute(params![seq, status, label])?;
    Ok(())
}

fn uptycs(
    db: &Connection,
    random: &mut Random,
    seq: i64,
    now: UtcInstant,
    moment: UtcInstant,
) -> rusqlite::Result<()> {
    let status = random.word(&["open", "assigned", "resolved", "closed"]);
    db.prepare_cached("UPDATE alert SET status = ?2, updated_at = ?3, changed = ?4 WHERE seq = ?1")?
        .execute(params![seq, status, now.sql(), moment.millis()])?;
    db.prepare_cached(
        "UPDATE alert_body SET body = json_set(body, '$.status', ?2, '$.updatedAt', ?3) WHERE seq = ?1",
    )?
    .execute(params![seq, status, now.iso()])?;
    Ok(())
}
