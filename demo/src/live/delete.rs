//! Alerts that go. No vendor's interface deletes alerts, but retention and administrators do.

use rusqlite::{Connection, params};

use crate::instant::UtcInstant;
use crate::live::change::any;
use crate::random::Random;

/// Takes one alert away, keeps when it lived for `/_demo/ids`, and gives its id; `None` when there is no alert.
pub(super) fn delete(
    db: &Connection,
    random: &mut Random,
    moment: UtcInstant,
) -> rusqlite::Result<Option<String>> {
    let Some((seq, id)) = any(db, random)? else { return Ok(None) };
    db.prepare_cached(
        "INSERT OR REPLACE INTO alert_gone (id, birth, death) SELECT id, birth, ?2 FROM alert WHERE seq = ?1",
    )?
    .execute(params![seq, moment.millis()])?;
    db.prepare_cached("DELETE FROM alert WHERE seq = ?1")?.execute([seq])?;
    db.prepare_cached("DELETE FROM alert_body WHERE seq = ?1")?.execute([seq])?;
    Ok(Some(id))
}
