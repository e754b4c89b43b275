//! Instants as OpenSearch reads them: `now-7d/d`, `2026-01-31||+1M`, ISO 8601 (docs/utmstack.md, "Dates").

use jiff::civil::DateTime;
use jiff::{Span, ToSpan as _};

use crate::instant::UtcInstant;

/// Which end of a range an instant is. Units that are rounded away, or were never written, are filled from
/// the start for a lower end and to the last millisecond for an upper one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum End {
    /// `gte`.
    Lower,
    /// `lte`.
    Upper,
}

/// Reads an instant; `None` when OpenSearch would not parse it.
pub(crate) fn date_math(text: &str, now: UtcInstant, end: End) -> Option<UtcInstant> {
    if let Some(operations) = text.strip_prefix("now") {
        return UtcInstant::from_civil(apply(now.civil(), operations, end)?);
    }
    if let Some((anchor, operations)) = text.split_once("||") {
        return UtcInstant::from_civil(apply(UtcInstant::parse(anchor)?.civil(), operations, end)?);
    }
    let at = UtcInstant::parse(text)?;
    if end == End::Upper && !text.contains('T') && !text.contains(' ') {
        return UtcInstant::from_civil(apply(at.civil(), "/d", end)?);
    }
    Some(at)
}

fn apply(mut at: DateTime, operations: &str, end: End) -> Option<DateTime> {
    let mut letters = operations.chars().peekable();
    while let Some(operation) = letters.next() {
        match operation {
            '+' | '-' => {
                let mut amount = String::new();
                while let Some(digit) = letters.next_if(char::is_ascii_digit) {
                    amount.push(digit);
                }
                let amount: i64 = if amount.is_empty() { 1 } else { amount.parse().ok()? };
                let span = span(letters.next()?, amount)?;
                at = if operation == '+' { at.checked_add(span) } else { at.checked_sub(span) }.ok()?;
            }
            '/' => {
                let unit = letters.next()?;
                let start = floor(at, unit)?;
                at = match end {
                    End::Lower => start,
                    End::Upper => {
                        start.checked_add(span(unit, 1)?).ok()?.checked_sub(1.millisecond()).ok()?
                    }
                };
            }
            _ => return None,
        }
    }
    Some(at)
}

fn span(unit: char, amount: i64) -> Option<Span> {
    let empty = Span::new();
    match unit {
        'y' => empty.try_years(amount),
        'M' => empty.try_months(amount),
        'w' => empty.try_weeks(amount),
        'd' => empty.try_days(amount),
        'h' | 'H' => empty.try_hours(amount),
        'm' => empty.try_minutes(amount),
        's' => empty.try_seconds(amount),
        _ => return None,
    }
    .ok()
}

fn floor(at: DateTime, unit: char) -> Option<DateTime> {
    let day = at.date();
    let hour = at.hour();
    Some(match unit {
        'y' => day.first_of_year().to_datetime(jiff::civil::Time::midnight()),
        'M' => day.first_of_month().to_datetime(jiff::civil::Time::midnight()),
        'w' => {
            let since_monday = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(since_monday.days()).ok()?.to_datetime(jiff::civil::Time::midnight())
        }
        'd' => day.to_datetime(jiff::civil::Time::midnight()),
        'h' | 'H' => day.at(hour, 0, 0, 0),
        'm' => day.at(hour, at.minute(), 0, 0),
        's' => day.at(hour, at.minute(), at.second(), 0),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, end: End) -> Option<String> {
        let now = UtcInstant::parse("2026-03-31T18:23:32.173Z").unwrap();
        date_math(text, now, end).map(UtcInstant::iso)
    }

    #[test]
    fn now_can_be_moved() {
        assert_eq!(read("now", End::Upper).unwrap(), "2026-03-31T18:23:32.173Z");
        assert_eq!(read("now-24h", End::Lower).unwrap(), "2026-03-30T18:23:32.173Z");
        assert_eq!(read("now-1M", End::Lower).unwrap(), "2026-02-28T18:23:32.173Z");
        assert_eq!(read("now+1d-1h", End::Lower).unwrap(), "2026-04-01T17:23:32.173Z");
    }

    #[test]
    fn rounding_goes_down_at_the_lower_end_and_up_at_the_upper_end() {
        assert_eq!(read("now/d", End::Lower).unwrap(), "2026-03-31T00:00:00.000Z");
        assert_eq!(read("now/d", End::Upper).unwrap(), "2026-03-31T23:59:59.999Z");
        assert_eq!(read("now-7d/d", End::Lower).unwrap(), "2026-03-24T00:00:00.000Z");
        assert_eq!(read("now/w", End::Lower).unwrap(), "2026-03-30T00:00:00.000Z");
        assert_eq!(read("now/M", End::Upper).unwrap(), "2026-03-31T23:59:59.999Z");
    }

    #[test]
    fn days_without_a_time_are_whole_days() {
        assert_eq!(read("2026-01-31", End::Lower).unwrap(), "2026-01-31T00:00:00.000Z");
        assert_eq!(read("2026-01-31", End::Upper).unwrap(), "2026-01-31T23:59:59.999Z");
        assert_eq!(read("2026-01-31||+1d", End::Lower).unwrap(), "2026-02-01T00:00:00.000Z");
    }

    #[test]
    fn other_texts_are_not_instants() {
        for text in ["yesterday", "now-", "now-7x", "nowhere", "", "now-99999999999y"] {
            assert_eq!(read(text, End::Lower), None, "{text}");
        }
    }
}
