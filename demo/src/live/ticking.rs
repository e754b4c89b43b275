//! Changes by the clock.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::MissedTickBehavior;

use crate::demo::Demo;
use crate::live::Order;
use crate::random::Random;
use crate::rate::Rate;

/// Moves alerts of both vendors at a rate, until the server ends. Of ten alerts, six come and four change; when
/// `deletes`, one of the four goes instead. One in three of those that come is late.
pub(crate) async fn tick(demo: Arc<Demo>, rate: Rate, late: Duration, deletes: bool, seed: u64) {
    let (between, many) = rate.groups();
    let late = u32::try_from(late.as_millis()).unwrap_or(u32::MAX);
    let mut random = Random::stream(seed, "live rhythm");
    let mut ticks = tokio::time::interval(between);
    // A server that was held up does not make up for it in a flood.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        ticks.tick().await;
        for order in orders(&mut random, many, late, deletes) {
            let demo = Arc::clone(&demo);
            // A database that refuses says so to whoever asks it next.
            let _ = tokio::task::spawn_blocking(move || demo.live(order)).await;
        }
    }
}

/// What a group of so many movements holds: those in time, and those that are late.
fn orders(random: &mut Random, many: u32, late: u32, deletes: bool) -> Vec<Order> {
    let (mut punctual, mut delayed) = (Order::default(), Order { late, ..Order::default() });
    for _ in 0..many {
        let is_late = random.one_in(3) && late > 0;
        match random.below(10) {
            0..=5 if is_late => delayed.insert += 1,
            0..=5 => punctual.insert += 1,
            6 if deletes => punctual.delete += 1,
            _ => punctual.change += 1,
        }
    }
    [punctual, delayed].into_iter().filter(|order| order.insert + order.change + order.delete > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(late: u32, deletes: bool) -> [u32; 4] {
        let mut random = Random::stream(1, "test");
        let mut sum = [0; 4];
        for order in orders(&mut random, 1_000, late, deletes) {
            let inserted = if order.late > 0 { [0, order.insert] } else { [order.insert, 0] };
            let parts = [inserted[0], inserted[1], order.change, order.delete];
            sum.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part);
        }
        sum
    }

    #[test]
    fn most_alerts_come_and_some_change() {
        let [inserted, late, changed, deleted] = total(0, false);
        assert!(inserted > 500 && changed > 300, "{inserted} {changed}");
        assert_eq!([late, deleted], [0, 0]);
    }

    #[test]
    fn some_are_late_and_some_go_when_that_is_asked_for() {
        let [inserted, late, _, deleted] = total(600_000, true);
        assert!(late > 100 && inserted > late && deleted > 50, "{inserted} {late} {deleted}");
    }
}
