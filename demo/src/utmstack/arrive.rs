//! An alert arrives while the server runs.

use rusqlite::{Connection, OptionalExtension as _, params};

use crate::config::Personality;
use crate::data::{Occurrence, Scenario};
use crate::instant::UtcInstant;
use crate::random::Random;
use crate::utmstack::alert_documented::AlertDocumented;
use crate::utmstack::alert_v10::AlertV10;
use crate::utmstack::alert_v11::{AlertV11, EchoKey};
use crate::utmstack::alerts::Change;
use crate::utmstack::status_code::{COMPLETED, OPEN};
use crate::utmstack::stored_alert::StoredAlert;

/// Writes the alert of an occurrence, in automatic review, as of `birth`, and tells its id. In UTMStack 11 what
/// repeats an earlier alert becomes its echo, and opens it again when it was completed (docs/utmstack.md, 4.3).
pub(crate) fn arrive(
    db: &Connection,
    personality: Personality,
    scenario: &Scenario,
    random: &mut Random,
    occurrence: Occurrence,
    birth: UtcInstant,
) -> rusqlite::Result<Option<String>> {
    let stored: Option<StoredAlert> = match personality {
        Personality::V10 => AlertV10::new(scenario, random, occurrence, true)
            .map(|alert| alert.stored(occurrence))
            .transpose()?,
        Personality::Documented => AlertDocumented::new(scenario, random, occurrence, true)
            .map(|alert| alert.stored(occurrence))
            .transpose()?,
        Personality::V11 => match AlertV11::new(scenario, random, occurrence, true) {
            None => None,
            Some(mut alert) => {
                if let Some(parent) = alert.echo_key().map(|key| parent(db, &key)).transpose()?.flatten() {
                    alert.make_echo_of(&parent.id);
                    reopen(db, &parent, birth)?;
                }
                Some(alert.stored(occurrence)?)
            }
        },
    };
    let Some(stored) = stored else { return Ok(None) };
    stored.insert(db, birth)?;
    Ok(Some(stored.id))
}

#[derive(Debug)]
struct Parent {
    seq: i64,
    id: String,
    status: i64,
}

fn parent(db: &Connection, key: &EchoKey) -> rusqlite::Result<Option<Parent>> {
    db.prepare_cached(
        "SELECT seq, id, status FROM alert WHERE parent_id IS NULL AND name = ?1
            AND (?2 IS NULL OR source_ip = ?2) AND (?3 IS NULL OR destination_host = ?3) ORDER BY at LIMIT 1",
    )?
    .query_row(params![key.name, key.adversary_ip, key.target_host], |row| {
        Ok(Parent { seq: row.get(0)?, id: row.get(1)?, status: row.get(2)? })
    })
    .optional()
}

fn reopen(db: &Connection, parent: &Parent, now: UtcInstant) -> rusqlite::Result<()> {
    if parent.status != COMPLETED {
        return Ok(());
    }
    let observation = "This alert was reopened because a new echo arrived";
    match Change::status(OPEN, observation, Personality::V11) {
        Some(change) => change.apply(db, &[parent.seq], now),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{Database, UTMSTACK_SCHEMA};

    const NOW: UtcInstant = UtcInstant::from_millis(2_000_000_000_000);

    #[test]
    fn what_repeats_a_completed_alert_is_its_echo_and_opens_it_again() {
        let scenario = Scenario::of_seed(1);
        let database = Database::in_memory(UTMSTACK_SCHEMA).unwrap();
        let mut random = Random::stream(1, "test");
        // One host over and over: the rules that look at the host alone find what they have found before.
        let mut occur = |rule: usize| {
            let occurrence = Occurrence { at: NOW, rule, host: 7 };
            database
                .write(|db| arrive(db, Personality::V11, &scenario, &mut random, occurrence, NOW))
                .unwrap()
        };
        let first: Vec<String> = (0..scenario.rules.len()).filter_map(&mut occur).collect();
        database
            .write(|db| db.execute("UPDATE alert SET status = 5, birth = birth WHERE parent_id IS NULL", []))
            .unwrap();
        let second: Vec<String> = (0..scenario.rules.len()).filter_map(&mut occur).collect();
        assert_eq!((first.len(), second.len()), (scenario.rules.len(), scenario.rules.len()));
        let (reopened, echoes): (i64, i64) = database
            .read(|db| {
                db.query_row(
                    "SELECT count(*), (SELECT count(*) FROM alert WHERE parent_id IS NOT NULL) FROM alert
                        JOIN alert_body USING (seq)
                        WHERE parent_id IS NULL AND status = 2 AND body ->> '$.status' = 2
                            AND id IN (SELECT parent_id FROM alert)",
                    [],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
            })
            .unwrap();
        assert!(reopened > 10 && echoes >= reopened, "{reopened} of {echoes}");
    }
}
