//! Fills UTMStack's index with the documents of the scenario.

use rusqlite::{Connection, params};

use crate::config::Personality;
use crate::data::{Occurrence, Scenario, timeline};
use crate::error::Error;
use crate::instant::UtcInstant;
use crate::random::Random;
use crate::store::Database;
use crate::store::json::json;
use crate::utmstack::AlertV10;

/// How many of the newest alerts have not been through the automatic review yet (docs/utmstack.md, "Life cycle").
const UNREVIEWED: usize = 5;

/// Writes `count` alerts up to `end`, unless the database holds some already.
pub(crate) fn fill_utmstack(
    database: &Database,
    scenario: &Scenario,
    seed: u64,
    count: u32,
    end: UtcInstant,
) -> Result<(), Error> {
    let there: i64 = database.read(|db| db.query_row("SELECT count(*) FROM alert", [], |row| row.get(0)))?;
    if there > 0 {
        return Ok(());
    }
    let mut random = Random::stream(seed, "utmstack");
    let occurrences = timeline(scenario, &mut random, count, end);
    // All in one transaction: a server that is killed while it fills starts over, not from half a month.
    database.write(|db| {
        let unreviewed_from = occurrences.len().saturating_sub(UNREVIEWED);
        for (number, &occurrence) in occurrences.iter().enumerate() {
            let is_unreviewed = number >= unreviewed_from;
            add(db, scenario, &mut random, occurrence, is_unreviewed, occurrence.at.millis())?;
        }
        Ok(())
    })?;
    Ok(())
}

/// Writes one alert that has not been reviewed to the end of the index and gives its id. `birth` is when it came
/// to be there, whatever instant it bears.
pub(crate) fn add_to_utmstack(
    db: &Connection,
    personality: Personality,
    scenario: &Scenario,
    random: &mut Random,
    occurrence: Occurrence,
    birth: i64,
) -> rusqlite::Result<Option<String>> {
    match personality {
        Personality::V10 | Personality::V11 | Personality::Documented => {
            add(db, scenario, random, occurrence, true, birth)
        }
    }
}

fn add(
    db: &Connection,
    scenario: &Scenario,
    random: &mut Random,
    occurrence: Occurrence,
    is_unreviewed: bool,
    birth: i64,
) -> rusqlite::Result<Option<String>> {
    let Some(alert) = AlertV10::new(scenario, random, occurrence, is_unreviewed) else { return Ok(None) };
    let mut row = db.prepare_cached(
        "INSERT INTO alert (position, id, at, status, severity, name, category, tactic, protocol, data_type,
            data_source, source_ip, source_host, destination_ip, destination_host, is_incident, tags, birth,
            changed)
         VALUES ((SELECT coalesce(max(position), 0) + 1 FROM alert), ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11,
            ?12, ?13, ?14, 0, ?15, ?16, ?16)",
    )?;
    let mut document = db.prepare_cached("INSERT INTO alert_body (seq, body) VALUES (?1, ?2)")?;
    row.execute(params![
        alert.id,
        occurrence.at.millis(),
        alert.status,
        alert.severity,
        alert.name,
        alert.category,
        alert.tactic,
        alert.protocol,
        alert.data_type,
        alert.data_source,
        alert.source.ip,
        alert.source.host,
        alert.destination.ip,
        alert.destination.host,
        json(&alert.tags)?,
        birth,
    ])?;
    document.execute(params![db.last_insert_rowid(), json(&alert)?])?;
    Ok(Some(alert.id))
}
