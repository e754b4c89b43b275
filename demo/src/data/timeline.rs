//! When what happens where: the last thirty days of the scenario.

use crate::data::scenario::Scenario;
use crate::instant::{DAY, HOUR, MINUTE, SECOND, UtcInstant};
use crate::random::Random;

/// How far back the data reaches.
const SPAN: i64 = 30 * DAY;

/// One detection on one host at one instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Occurrence {
    /// When it was seen.
    pub(crate) at: UtcInstant,
    /// The position of the detection in the scenario.
    pub(crate) rule: usize,
    /// The position of the host in the scenario.
    pub(crate) host: usize,
}

/// `count` occurrences up to `end`, the oldest first: two thirds spread with the working day, one third in
/// bursts of one detection on one host, many of them sharing their instant with another.
pub(crate) fn timeline(
    scenario: &Scenario,
    random: &mut Random,
    count: u32,
    end: UtcInstant,
) -> Vec<Occurrence> {
    let bursts: Vec<Occurrence> =
        (0..=count / 150).map(|_| anywhere(scenario, random, end, SPAN - HOUR, HOUR)).collect();
    let mut all: Vec<Occurrence> = Vec::with_capacity(usize::try_from(count).unwrap_or(0));
    for _ in 0..count {
        let burst = if random.one_in(3) { random.pick(&bursts).copied() } else { None };
        let mut next = match burst {
            Some(burst) => Occurrence { at: burst.at.plus(random.millis_below(4 * MINUTE)), ..burst },
            None => anywhere(scenario, random, end, SPAN, 0),
        };
        if random.one_in(4) {
            // Agents that report by the second make ties; pages must not lose rows between them.
            next.at = UtcInstant::from_millis(next.at.millis() - next.at.millis().rem_euclid(SECOND));
        } else if random.one_in(40) {
            next.at = all.last().map_or(next.at, |previous| previous.at);
        }
        all.push(next);
    }
    all.sort_by_key(|occurrence| occurrence.at);
    all
}

fn anywhere(scenario: &Scenario, random: &mut Random, end: UtcInstant, span: i64, margin: i64) -> Occurrence {
    let mut back = margin + random.millis_below(span);
    let hour = end.plus(-back).millis().rem_euclid(DAY) / HOUR;
    if !(7..19).contains(&hour) && random.one_in(2) {
        // Half of what would fall into the night happens twelve hours earlier, in the working day.
        back = if back + 12 * HOUR < margin + span { back + 12 * HOUR } else { back };
    }
    Occurrence {
        at: end.plus(-back),
        rule: common_index(random, scenario.rules.len()),
        host: common_index(random, scenario.hosts.len()),
    }
}

/// A position where low ones are more likely, because few rules and hosts make most of the noise.
fn common_index(random: &mut Random, length: usize) -> usize {
    let first = random.index(length);
    if random.one_in(2) { random.index(first + 1) } else { first }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example() -> Vec<Occurrence> {
        let scenario = Scenario::of_seed(1);
        timeline(&scenario, &mut Random::stream(1, "test"), 5_000, UtcInstant::from_millis(2_000_000_000_000))
    }

    #[test]
    fn a_timeline_is_ordered_and_within_thirty_days() {
        let all = example();
        assert_eq!(all.len(), 5_000);
        assert!(all.is_sorted_by_key(|occurrence| occurrence.at));
        assert!(all.iter().all(|one| (2_000_000_000_000 - SPAN - SECOND..=2_000_000_000_000).contains(&one.at.millis())));
    }

    #[test]
    fn a_timeline_has_ties() {
        let all = example();
        assert!(all.windows(2).filter(|pair| pair[0].at == pair[1].at).count() > 50);
    }

    #[test]
    fn a_timeline_has_bursts() {
        let all = example();
        let densest = all.windows(20).map(|some| some[19].at.millis() - some[0].at.millis()).min();
        assert!(densest.is_some_and(|millis| millis < 4 * MINUTE), "{densest:?}");
    }
}
