use triagekit::Timestamp;
use triagekit::machine::Moment;

/// The browser's clock.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    reason = "JavaScript counts whole milliseconds in a float, exactly, for the next 280,000 years"
)]
pub fn now() -> Timestamp {
    Timestamp::from_unix_millis(js_sys::Date::now() as i64)
}

/// The browser's clock, and some randomness.
pub fn moment() -> Moment {
    // The fraction of a float is what `Math.random` fills; sign and exponent would not be random.
    Moment { now: now(), entropy: js_sys::Math::random().to_bits() << 12 }
}
