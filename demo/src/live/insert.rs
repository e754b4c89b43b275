//! Alerts that come.

use rusqlite::{Connection, params};

use crate::config::Personality;
use crate::data::{Occurrence, Scenario};
use crate::instant::UtcInstant;
use crate::random::Random;
use crate::request_log::Vendor;
use crate::store::{add_to_uptycs, add_to_utmstack};

/// The birth of a row that is not visible to everybody yet.
const UNBORN: i64 = i64::MAX;

/// Writes one alert that bears the instant `at`, and gives its id.
pub(super) fn insert(
    vendor: Vendor,
    personality: Personality,
    db: &Connection,
    scenario: &Scenario,
    random: &mut Random,
    at: UtcInstant,
) -> rusqlite::Result<Option<String>> {
    let occurrence =
        Occurrence { at, rule: random.index(scenario.rules.len()), host: random.index(scenario.hosts.len()) };
    let now = UtcInstant::now().millis();
    let id = match vendor {
        Vendor::UtmStack => add_to_utmstack(db, personality, scenario, random, occurrence, now)?,
        Vendor::Uptycs => add_to_uptycs(db, scenario, random, occurrence, at, Some(now))?,
    };
    db.prepare_cached("UPDATE alert SET birth = ?2 WHERE id = ?1")?.execute(params![id, UNBORN])?;
    Ok(id)
}

/// Says from when on the alerts have been there. Called once they are committed: an instant taken before would
/// make `/_demo/ids` promise rows that a page asked for at that instant cannot hold.
pub(super) fn reveal(db: &Connection, ids: &[String], birth: UtcInstant) -> rusqlite::Result<()> {
    let mut statement = db.prepare_cached("UPDATE alert SET birth = ?2, changed = ?2 WHERE id = ?1")?;
    for id in ids {
        statement.execute(params![id, birth.millis()])?;
    }
    Ok(())
}
