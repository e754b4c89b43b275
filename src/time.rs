//! Instants as the core sees them: passed in, never read from a clock.

use chrono::{DateTime, Datelike, Timelike, Utc};
use core::fmt;
use core::time::Duration;

/// An instant in milliseconds since 1970-01-01T00:00:00Z.
///
/// Both vendors speak in milliseconds; finer fractions in what they send are cut off.
///
/// ```
/// use triagekit::Timestamp;
///
/// let at = Timestamp::parse("2026-01-30T18:23:32.173456Z").unwrap();
/// assert_eq!(at.to_string(), "2026-01-30T18:23:32.173Z");
/// assert_eq!(at.unix_seconds(), 1_769_797_412);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The instant that lies `milliseconds` after 1970-01-01T00:00:00Z.
    pub const fn from_unix_millis(milliseconds: i64) -> Self {
        Self(milliseconds)
    }

    /// The instant that lies `seconds` after 1970-01-01T00:00:00Z.
    pub const fn from_unix_seconds(seconds: i64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// Reads an instant in one of the forms that either vendor writes: RFC 3339 with any number of
    /// fractional digits, the same without a zone (then UTC), or with a space for the `T`.
    ///
    /// Gives `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Ok(at) = DateTime::parse_from_rfc3339(text) {
            return Some(Self(at.timestamp_millis()));
        }
        let with_zone = format!("{}Z", text.replacen(' ', "T", 1));
        DateTime::parse_from_rfc3339(&with_zone).ok().map(|at| Self(at.timestamp_millis()))
    }

    /// Reads the date of an HTTP header such as `Date` or `Retry-After` (RFC 9110, 5.6.7).
    ///
    /// ```
    /// use triagekit::Timestamp;
    ///
    /// let at = Timestamp::parse_http_date("Sat, 21 Nov 2026 21:12:35 GMT").unwrap();
    /// assert_eq!(at.to_string(), "2026-11-21T21:12:35.000Z");
    /// ```
    pub fn parse_http_date(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc2822(text.trim()).ok().map(|at| Self(at.timestamp_millis()))
    }

    /// Milliseconds since 1970-01-01T00:00:00Z.
    pub const fn unix_millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01T00:00:00Z, rounded down.
    pub const fn unix_seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// The instant `duration` later, at the end of time at the latest.
    pub fn after(self, duration: Duration) -> Self {
        Self(self.0.saturating_add(millis(duration)))
    }

    /// The instant `duration` earlier, at the beginning of time at the latest.
    pub fn before(self, duration: Duration) -> Self {
        Self(self.0.saturating_sub(millis(duration)))
    }

    /// How long it is from this instant to `later`; zero when `later` is not later.
    pub fn until(self, later: Self) -> Duration {
        u64::try_from(later.0.saturating_sub(self.0)).map_or(Duration::ZERO, Duration::from_millis)
    }
}

/// The length of `duration` in whole milliseconds, bounded by what an instant can hold.
fn millis(duration: Duration) -> i64 {
    i64::try_from(duration.as_millis()).unwrap_or(i64::MAX)
}

impl fmt::Display for Timestamp {
    /// Writes `YYYY-MM-DDTHH:MM:SS.mmmZ`, the form that both vendors take and give.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at: DateTime<Utc> = DateTime::from_timestamp_millis(self.0).unwrap_or_default();
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z",
            at.year(),
            at.month(),
            at.day(),
            at.hour(),
            at.minute(),
            at.second(),
            self.0.rem_euclid(1000)
        )
    }
}

impl serde::Serialize for Timestamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A length of time as people write it: a whole number and `s`, `m`, `h`, `d` or `w`.
///
/// Gives `None` for anything else, and for lengths that no instant can hold.
///
/// ```
/// use core::time::Duration;
///
/// assert_eq!(triagekit::parse_duration("7d"), Some(Duration::from_secs(7 * 86_400)));
/// assert_eq!(triagekit::parse_duration("7 days"), None);
/// ```
pub fn parse_duration(text: &str) -> Option<Duration> {
    let text = text.trim();
    let unit = text.chars().next_back()?;
    let seconds: u64 = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return None,
    };
    let count: u64 = text.strip_suffix(unit)?.parse().ok()?;
    let length = Duration::from_secs(count.checked_mul(seconds)?);
    i64::try_from(length.as_millis()).is_ok().then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_that_the_vendors_write_is_read() {
        for text in [
            "2026-01-30T18:23:32.173Z",
            "2026-01-30T18:23:32.173456789Z",
            "2026-01-30T19:23:32.173+01:00",
            "2026-01-30T18:23:32.173",
            "2026-01-30 18:23:32.173",
        ] {
            let at = Timestamp::parse(text).unwrap_or_else(|| panic!("{text} is not read"));
            assert_eq!(at.to_string(), "2026-01-30T18:23:32.173Z", "{text}");
        }
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in ["", "yesterday", "2026-13-01T00:00:00Z", "18:23"] {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn instants_before_1970_keep_their_milliseconds() {
        assert_eq!(Timestamp::from_unix_millis(-1).to_string(), "1969-12-31T23:59:59.999Z");
    }

    #[test]
    fn a_duration_needs_a_number_and_a_unit() {
        assert_eq!(parse_duration("90s"), Some(Duration::from_secs(90)));
        for text in ["", "d", "7", "-1d", "1.5h", "1y", "99999999999999999999w", "18446744073709551615s"] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }
}
