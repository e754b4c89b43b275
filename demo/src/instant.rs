//! Instants in UTC with the resolution that both vendors index by: the millisecond.

use std::time::{SystemTime, UNIX_EPOCH};

use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// One second in milliseconds.
pub(crate) const SECOND: i64 = 1_000;
/// One minute in milliseconds.
pub(crate) const MINUTE: i64 = 60 * SECOND;
/// One hour in milliseconds.
pub(crate) const HOUR: i64 = 60 * MINUTE;
/// One day in milliseconds.
pub(crate) const DAY: i64 = 24 * HOUR;

/// A point in time: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UtcInstant(i64);

impl UtcInstant {
    /// The instant that is so many milliseconds after 1970.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// What the machine's clock says.
    pub fn now() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }

    /// Milliseconds since 1970.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// This instant moved by so many milliseconds.
    pub(crate) const fn plus(self, millis: i64) -> Self {
        Self(self.0.saturating_add(millis))
    }

    /// Reads an ISO 8601 instant: `2026-01-31T08:00:00Z`, with or without fraction, offset, or time of day.
    /// What names no offset is taken as UTC.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(timestamp) = text.parse::<jiff::Timestamp>() {
            return Some(Self(timestamp.as_millisecond()));
        }
        let civil: DateTime = text.parse().ok()?;
        Self::from_civil(civil)
    }

    pub(crate) fn from_civil(civil: DateTime) -> Option<Self> {
        let timestamp = TimeZone::UTC.to_timestamp(civil).ok()?;
        Some(Self(timestamp.as_millisecond()))
    }

    pub(crate) fn civil(self) -> DateTime {
        let timestamp = jiff::Timestamp::from_millisecond(self.0).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
        TimeZone::UTC.to_datetime(timestamp)
    }

    /// `2026-01-31T08:00:00.000Z`, as both vendors write instants.
    pub fn iso(self) -> String {
        self.written('T', "Z")
    }

    /// `2026-01-31 08:00:00.000`, as the tables of Uptycs write instants.
    pub(crate) fn sql(self) -> String {
        self.written(' ', "")
    }

    /// `2026-01-31`.
    pub(crate) fn day(self) -> String {
        let civil = self.civil();
        format!("{:04}-{:02}-{:02}", civil.year(), civil.month(), civil.day())
    }

    fn written(self, between: char, end: &str) -> String {
        let at = self.civil();
        format!(
            "{:04}-{:02}-{:02}{between}{:02}:{:02}:{:02}.{:03}{end}",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            at.millisecond()
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn instants_are_written_as_both_vendors_write_them() {
        let at = UtcInstant::from_millis(1_769_797_412_173);
        assert_eq!(at.iso(), "2026-01-30T18:23:32.173Z");
        assert_eq!(at.sql(), "2026-01-30 18:23:32.173");
        assert_eq!(at.day(), "2026-01-30");
    }

    #[test]
    fn instants_are_read_with_and_without_fraction_offset_and_time() {
        let at = Some(UtcInstant::from_millis(1_769_797_412_173));
        assert_eq!(UtcInstant::parse("2026-01-30T18:23:32.173Z"), at);
        assert_eq!(UtcInstant::parse("2026-01-30T18:23:32.173999"), at);
        assert_eq!(UtcInstant::parse("2026-01-30 18:23:32.173"), at);
        assert_eq!(UtcInstant::parse("2026-01-30T20:23:32.173+02:00"), at);
        assert_eq!(UtcInstant::parse("1970-01-02"), Some(UtcInstant::from_millis(DAY)));
        assert_eq!(UtcInstant::parse("yesterday"), None);
    }
}
