//! Fills UTMStack's index with the documents of the scenario, and its catalogue with what every server has.

use std::collections::HashMap;

use rusqlite::Connection;

use crate::config::Personality;
use crate::data::{Occurrence, Scenario, timeline};
use crate::error::Error;
use crate::instant::UtcInstant;
use crate::random::Random;
use crate::store::Database;
use crate::utmstack::{
    AlertDocumented, AlertV10, AlertV11, COLLECTION_IDS, EchoKey, StoredAlert, arrive, fill_catalogue,
};

/// How many of the newest alerts have not been through the automatic review yet (docs/utmstack.md, 4.4).
const UNREVIEWED: usize = 5;

/// What the index is filled with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct UtmStackData {
    /// Whose documents.
    pub(crate) personality: Personality,
    /// What all is derived from.
    pub(crate) seed: u64,
    /// How many alerts.
    pub(crate) count: u32,
    /// The instant of the newest.
    pub(crate) end: UtcInstant,
}

/// Writes the alerts and the catalogue, unless the database holds some already.
pub(crate) fn fill_utmstack(
    database: &Database,
    scenario: &Scenario,
    data: UtmStackData,
) -> Result<(), Error> {
    let there: i64 = database.read(|db| {
        db.query_row("SELECT (SELECT count(*) FROM alert) + (SELECT count(*) FROM alert_tag)", [], |row| {
            row.get(0)
        })
    })?;
    if there > 0 {
        return Ok(());
    }
    let mut random = Random::stream(data.seed, "utmstack");
    let occurrences = timeline(scenario, &mut random, data.count, data.end);
    // All in one transaction: a server that is killed while it fills starts over, not from half a month.
    database.write(|db| {
        fill_catalogue(db)?;
        match data.personality {
            Personality::V10 => fill_v10(db, scenario, &mut random, &occurrences),
            Personality::V11 => fill_v11(db, scenario, &mut random, &occurrences),
            Personality::Documented => fill_documented(db, scenario, &mut random, &occurrences),
        }
    })?;
    Ok(())
}

fn fill_v10(
    db: &Connection,
    scenario: &Scenario,
    random: &mut Random,
    occurrences: &[Occurrence],
) -> rusqlite::Result<()> {
    for (occurrence, unreviewed) in newest_unreviewed(occurrences) {
        if let Some(alert) = AlertV10::new(scenario, random, occurrence, unreviewed) {
            insert(db, &alert.stored(occurrence)?)?;
        }
    }
    Ok(())
}

/// What repeats an earlier alert becomes its echo, as the vendor's plugin does it (docs/utmstack.md, 4.3).
fn fill_v11(
    db: &Connection,
    scenario: &Scenario,
    random: &mut Random,
    occurrences: &[Occurrence],
) -> rusqlite::Result<()> {
    let mut parents: HashMap<EchoKey, String> = HashMap::new();
    for (occurrence, unreviewed) in newest_unreviewed(occurrences) {
        let Some(mut alert) = AlertV11::new(scenario, random, occurrence, unreviewed) else { continue };
        if let Some(key) = alert.echo_key() {
            match parents.get(&key) {
                Some(parent) => alert.make_echo_of(parent),
                None => {
                    parents.insert(key, alert.id().to_owned());
                }
            }
        }
        insert(db, &alert.stored(occurrence)?)?;
    }
    Ok(())
}

fn fill_documented(
    db: &Connection,
    scenario: &Scenario,
    random: &mut Random,
    occurrences: &[Occurrence],
) -> rusqlite::Result<()> {
    for (number, (occurrence, unreviewed)) in newest_unreviewed(occurrences).enumerate() {
        let Some(mut alert) = AlertDocumented::new(scenario, random, occurrence, unreviewed) else {
            continue;
        };
        // The oldest are those that the vendor's collection asks for by their ids.
        if let Some(id) = COLLECTION_IDS.get(number) {
            alert = alert.renamed(id);
        }
        insert(db, &alert.stored(occurrence)?)?;
    }
    Ok(())
}

/// Each occurrence, and whether it is one of the newest.
fn newest_unreviewed(occurrences: &[Occurrence]) -> impl Iterator<Item = (Occurrence, bool)> {
    let from = occurrences.len().saturating_sub(UNREVIEWED);
    occurrences.iter().enumerate().map(move |(number, occurrence)| (*occurrence, number >= from))
}

/// Writes one alert that arrives while the server runs, and gives its id. Whoever calls it says when it was born.
pub(crate) fn add_to_utmstack(
    db: &Connection,
    personality: Personality,
    scenario: &Scenario,
    random: &mut Random,
    occurrence: Occurrence,
    birth: i64,
) -> rusqlite::Result<Option<String>> {
    arrive(db, personality, scenario, random, occurrence, UtcInstant::from_millis(birth))
}

fn insert(db: &Connection, alert: &StoredAlert) -> rusqlite::Result<()> {
    alert.insert(db, alert.at)
}
