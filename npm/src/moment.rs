use core::time::Duration;
use triagekit::Timestamp;
use triagekit::machine::Moment;

/// An instant as JavaScript has it: milliseconds since 1970, as `Date.now()` gives them.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "it saturates, and the milliseconds of a clock lie far inside what both types hold exactly"
)]
pub(crate) fn timestamp(milliseconds: f64) -> Timestamp {
    Timestamp::from_unix_millis(milliseconds as i64)
}

/// The time and some randomness, as the driver gives them with each call.
pub(crate) fn moment(now_ms: f64, entropy: u32) -> Moment {
    Moment { now: timestamp(now_ms), entropy: u64::from(entropy) }
}

/// A length of time as JavaScript takes it.
pub(crate) fn milliseconds(length: Duration) -> u64 {
    u64::try_from(length.as_millis()).unwrap_or(u64::MAX)
}
