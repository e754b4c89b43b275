//! The vendors' clock, which may be wrong.

use std::time::{Duration, UNIX_EPOCH};

use axum::http::HeaderValue;

use crate::config::{Config, Faults};
use crate::instant::{MINUTE, UtcInstant};

/// How wrong the clock of a hostile vendor is.
const SKEW: i64 = 5 * MINUTE;

/// The clock that both vendors put into `Date` and measure tokens by. `/_demo` goes by the machine's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Clock {
    skew: i64,
}

impl Clock {
    /// The clock that the settings ask for: five minutes off when the vendors are hostile, fast with an even
    /// `fault_seed` and slow with an odd one.
    pub(crate) fn new(config: &Config) -> Self {
        let skew = match (config.faults, config.fault_seed % 2) {
            (Faults::Hostile, 0) => SKEW,
            (Faults::Hostile, _) => -SKEW,
            _ => 0,
        };
        Self { skew }
    }

    /// What the vendors take for now.
    pub(crate) fn now(self) -> UtcInstant {
        UtcInstant::now().plus(self.skew)
    }

    /// The same as the value of `Date`, such as `Fri, 30 Jan 2026 18:23:32 GMT`.
    pub(crate) fn date(self) -> Option<HeaderValue> {
        let since = Duration::from_millis(u64::try_from(self.now().millis()).ok()?);
        HeaderValue::from_str(&httpdate::fmt_http_date(UNIX_EPOCH + since)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hostile_clock_is_five_minutes_off_and_the_seed_says_in_which_direction() {
        let skew = |faults, fault_seed| Clock::new(&Config { faults, fault_seed, ..Config::default() }).skew;
        assert_eq!(skew(Faults::Hostile, 2), 300_000);
        assert_eq!(skew(Faults::Hostile, 1), -300_000);
        assert_eq!(skew(Faults::Flaky, 1), 0);
    }

    #[test]
    fn dates_are_those_of_http() {
        let date = Clock { skew: 0 }.date().unwrap();
        assert!(date.to_str().unwrap().ends_with(" GMT"), "{date:?}");
    }
}
