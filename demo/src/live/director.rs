//! Carries out orders, one after another.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::clock::Clock;
use crate::config::Personality;
use crate::data::Scenario;
use crate::instant::UtcInstant;
use crate::live::{Moved, Order, change, delete, insert};
use crate::random::Random;
use crate::request_log::Vendor;
use crate::store::Database;

/// One vendor's stream of changes. Which alerts come, change and go depends on the seed and on the orders alone;
/// only their instants are the clock's.
#[derive(Debug)]
pub(crate) struct Director {
    vendor: Vendor,
    personality: Personality,
    random: Mutex<Random>,
}

impl Director {
    /// The stream of a seed. The personality says what documents UTMStack holds.
    pub(crate) fn new(vendor: Vendor, personality: Personality, seed: u64) -> Self {
        let random = Random::stream(seed, &format!("live {}", vendor.name()));
        Self { vendor, personality, random: Mutex::new(random) }
    }

    /// Carries out an order.
    ///
    /// `birth`, `changed` and `death` go by the machine's clock and err on the safe side: a row counts as born
    /// only once every reader can see it, and as dead before the first reader misses it.
    pub(crate) fn carry_out(
        &self,
        database: &Database,
        scenario: &Scenario,
        clock: Clock,
        order: Order,
    ) -> rusqlite::Result<Moved> {
        // Held throughout: two orders at once would draw their numbers in an order that nobody could repeat.
        let mut random = self.random.lock().unwrap_or_else(PoisonError::into_inner);
        let mut moved = Moved::default();
        if order.insert > 0 {
            moved.inserted = database.write(|db| {
                let now = clock.now();
                (0..order.insert)
                    .filter_map(|_| {
                        let at = now.plus(-random.millis_below(i64::from(order.late)));
                        insert::insert(self.vendor, self.personality, db, scenario, &mut random, at)
                            .transpose()
                    })
                    .collect()
            })?;
            let seen = UtcInstant::now().plus(1);
            database.write(|db| insert::reveal(db, &moved.inserted, seen))?;
            // Whoever ordered them may ask for them at once.
            while UtcInstant::now() < seen {
                std::thread::sleep(Duration::from_millis(1));
            }
        }
        if order.change > 0 {
            moved.changed = database.write(|db| {
                let (now, moment) = (clock.now(), UtcInstant::now());
                (0..order.change)
                    .filter_map(|_| change::change(self.vendor, db, &mut random, now, moment).transpose())
                    .collect()
            })?;
        }
        if order.delete > 0 {
            moved.deleted = database.write(|db| {
                let moment = UtcInstant::now();
                (0..order.delete)
                    .filter_map(|_| delete::delete(db, &mut random, moment).transpose())
                    .collect()
            })?;
        }
        Ok(moved)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::store::{UPTYCS_SCHEMA, fill_uptycs};

    fn moved(seed: u64) -> Moved {
        let scenario = Scenario::of_seed(1);
        let database = Database::in_memory(UPTYCS_SCHEMA).unwrap();
        fill_uptycs(&database, &scenario, 1, 50, UtcInstant::from_millis(2_000_000_000_000)).unwrap();
        let director = Director::new(Vendor::Uptycs, Personality::V10, seed);
        let order = Order { insert: 4, change: 3, delete: 2, late: 60_000 };
        director.carry_out(&database, &scenario, Clock::new(&Config::default()), order).unwrap()
    }

    #[test]
    fn the_same_seed_and_orders_move_the_same_alerts() {
        let first = moved(5);
        assert_eq!([first.inserted.len(), first.changed.len(), first.deleted.len()], [4, 3, 2]);
        assert_eq!(first, moved(5));
        assert_ne!(first, moved(6));
    }
}
