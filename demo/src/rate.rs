//! How often something happens.

use std::time::Duration;

/// So many times in so long: `50/s`, `30/m`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    count: u32,
    per: Duration,
}

/// The least time between two events: faster ones come in groups.
const TICK: Duration = Duration::from_millis(20);

impl Rate {
    /// Reads `50/s`, `30/m` or `2/h`; a number from 1 to 10,000 in front.
    pub fn parse(text: &str) -> Option<Self> {
        let (count, unit) = text.trim().split_once('/')?;
        let count: u32 = count.trim().parse().ok()?;
        let seconds = match unit.trim() {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            _ => return None,
        };
        (1..=10_000).contains(&count).then_some(Self { count, per: Duration::from_secs(seconds) })
    }

    /// How long to wait between groups, and how many events a group holds.
    pub(crate) fn groups(self) -> (Duration, u32) {
        let between = self.per / self.count;
        if between >= TICK {
            return (between, 1);
        }
        let many = TICK.as_nanos().div_ceil(between.as_nanos().max(1));
        let many = u32::try_from(many).unwrap_or(u32::MAX);
        (between * many, many)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_are_read_by_the_second_the_minute_and_the_hour() {
        let groups = |text| Rate::parse(text).unwrap().groups();
        assert_eq!(groups("50/s"), (Duration::from_millis(20), 1));
        assert_eq!(groups("30/m"), (Duration::from_secs(2), 1));
        assert_eq!(groups("2/h"), (Duration::from_mins(30), 1));
    }

    #[test]
    fn what_is_faster_than_a_tick_comes_in_groups() {
        assert_eq!(Rate::parse("1000/s").unwrap().groups(), (Duration::from_millis(20), 20));
        assert_eq!(Rate::parse("10000/s").unwrap().groups(), (Duration::from_millis(20), 200));
    }

    #[test]
    fn what_is_no_rate_is_refused() {
        for text in ["50", "0/s", "x/s", "50/d", "10001/s", "-1/s"] {
            assert_eq!(Rate::parse(text), None, "{text}");
        }
    }
}
