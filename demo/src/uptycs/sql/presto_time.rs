//! Presto's functions of time. Instants are texts, `2026-01-31 08:00:00.000`, and days are `2026-01-31`.

use std::fmt::Write as _;

use jiff::civil::DateTime;
use jiff::{Span, ToSpan as _};
use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};

use crate::instant::{DAY, HOUR, MINUTE, SECOND, UtcInstant};

/// A unit of time as months and milliseconds.
pub(crate) fn unit(name: &str) -> Option<(i64, i64)> {
    Some(match name.trim_end_matches('s') {
        "millisecond" => (0, 1),
        "second" => (0, SECOND),
        "minute" => (0, MINUTE),
        "hour" => (0, HOUR),
        "day" => (0, DAY),
        "week" => (0, 7 * DAY),
        "month" => (1, 0),
        "quarter" => (3, 0),
        "year" => (12, 0),
        _ => return None,
    })
}

/// Registers the functions.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let one = |name: &str, work: fn(UtcInstant) -> Answer| {
        connection.create_scalar_function(name, 1, flags, move |context| {
            instant(context, 0)?.map(work).map_or(Ok(None), |answer| Ok(Some(answer.0)))
        })
    };
    one("presto_timestamp", |at| Answer(at.sql().into()))?;
    one("presto_date", |at| Answer(at.day().into()))?;
    one("presto_to_unixtime", |at| Answer(seconds(at).into()))?;
    one("presto_year", |at| Answer(i64::from(at.civil().year()).into()))?;
    one("presto_month", |at| Answer(i64::from(at.civil().month()).into()))?;
    one("presto_day", |at| Answer(i64::from(at.civil().day()).into()))?;
    one("presto_hour", |at| Answer(i64::from(at.civil().hour()).into()))?;
    one("presto_minute", |at| Answer(i64::from(at.civil().minute()).into()))?;
    one("presto_second", |at| Answer(i64::from(at.civil().second()).into()))?;
    one("presto_day_of_week", |at| Answer(i64::from(at.civil().weekday().to_monday_one_offset()).into()))?;
    connection.create_scalar_function("presto_try_timestamp", 1, flags, |context| {
        Ok(instant(context, 0).ok().flatten().map(UtcInstant::sql))
    })?;
    connection.create_scalar_function("presto_try_date", 1, flags, |context| {
        Ok(instant(context, 0).ok().flatten().map(UtcInstant::day))
    })?;
    connection.create_scalar_function("presto_plus", 3, flags, |context| {
        let (months, millis): (i64, i64) = (context.get(1)?, context.get(2)?);
        Ok(instant(context, 0)?.and_then(|at| moved(at, months, millis)).map(|at| {
            // A day stays a day as long as whole days are added to it.
            let is_day = is_day(context) && millis % DAY == 0;
            if is_day { at.day() } else { at.sql() }
        }))
    })?;
    connection.create_scalar_function("presto_from_unixtime", 1, flags, |context| {
        let seconds: Option<f64> = context.get(0)?;
        Ok(seconds.and_then(from_seconds).map(UtcInstant::sql))
    })?;
    connection.create_scalar_function("presto_date_format", 2, flags, |context| {
        let pattern: String = context.get(1)?;
        instant(context, 0)?.map(|at| formatted(at, &pattern).map_err(failure)).transpose()
    })?;
    connection.create_scalar_function("presto_date_parse", 2, flags, |context| {
        let (text, pattern): (Option<String>, String) = (context.get(0)?, context.get(1)?);
        text.map(|text| parsed(&text, &pattern).map(UtcInstant::sql).map_err(failure)).transpose()
    })?;
    connection.create_scalar_function("presto_date_trunc", 2, flags, |context| {
        let unit: String = context.get(0)?;
        instant(context, 1)?
            .map(|at| truncated(at, &unit.to_lowercase()).map(UtcInstant::sql).ok_or_else(|| no_unit(&unit)))
            .transpose()
    })?;
    connection.create_scalar_function("presto_date_add", 3, flags, |context| {
        let (name, count): (String, i64) = (context.get(0)?, context.get(1)?);
        let (months, millis) = unit(&name.to_lowercase()).ok_or_else(|| no_unit(&name))?;
        let at = instant(context, 2)?;
        Ok(at.and_then(|at| moved(at, count * months, count * millis)).map(UtcInstant::sql))
    })?;
    connection.create_scalar_function("presto_date_diff", 3, flags, |context| {
        let name: String = context.get(0)?;
        let (months, millis) = unit(&name.to_lowercase()).ok_or_else(|| no_unit(&name))?;
        let (Some(from), Some(to)) = (instant(context, 1)?, instant(context, 2)?) else { return Ok(None) };
        Ok(Some(if months > 0 {
            full_months(from, to) / months
        } else {
            (to.millis() - from.millis()) / millis.max(1)
        }))
    })
}

/// A value for SQLite.
struct Answer(rusqlite::types::Value);

fn failure(words: String) -> Error {
    Error::UserFunctionError(words.into())
}

fn no_unit(name: &str) -> Error {
    failure(format!("'{name}' is not a valid field"))
}

fn instant(context: &Context<'_>, index: usize) -> rusqlite::Result<Option<UtcInstant>> {
    match context.get_raw(index) {
        ValueRef::Null => Ok(None),
        ValueRef::Text(_) => {
            let text: String = context.get(index)?;
            let at = UtcInstant::parse(&text);
            at.map(Some).ok_or_else(|| failure(format!("Value cannot be cast to timestamp: {text}")))
        }
        _ => Err(failure("a number is not an instant".to_owned())),
    }
}

fn is_day(context: &Context<'_>) -> bool {
    matches!(context.get_raw(0), ValueRef::Text(text) if text.len() == "2026-01-31".len())
}

fn moved(at: UtcInstant, months: i64, millis: i64) -> Option<UtcInstant> {
    let span = Span::new().try_months(months).ok()?;
    UtcInstant::from_civil(at.civil().checked_add(span).ok()?).map(|at| at.plus(millis))
}

fn seconds(at: UtcInstant) -> f64 {
    let millis = std::time::Duration::from_millis(at.millis().unsigned_abs()).as_secs_f64();
    if at.millis() < 0 { -millis } else { millis }
}

fn from_seconds(seconds: f64) -> Option<UtcInstant> {
    let after = std::time::Duration::try_from_secs_f64(seconds).ok()?;
    i64::try_from(after.as_millis()).ok().map(UtcInstant::from_millis)
}

fn full_months(from: UtcInstant, to: UtcInstant) -> i64 {
    let span = from.civil().until((jiff::Unit::Month, to.civil())).unwrap_or_else(|_| 0.months());
    i64::from(span.get_months())
}

fn truncated(at: UtcInstant, unit: &str) -> Option<UtcInstant> {
    let civil = at.civil();
    let day = civil.date();
    let start = match unit {
        "second" | "minute" | "hour" | "day" => {
            let (_, millis) = self::unit(unit)?;
            return Some(UtcInstant::from_millis(at.millis() - at.millis().rem_euclid(millis)));
        }
        "week" => day.checked_sub(i64::from(day.weekday().to_monday_zero_offset()).days()).ok()?,
        "month" => day.first_of_month(),
        "quarter" => {
            let month = (day.month() - 1) / 3 * 3 + 1;
            jiff::civil::Date::new(day.year(), month, 1).ok()?
        }
        "year" => day.first_of_year(),
        _ => return None,
    };
    UtcInstant::from_civil(start.to_datetime(jiff::civil::Time::midnight()))
}

/// Writes an instant by a pattern of `MySQL`, which is what Presto's `date_format` takes.
fn formatted(at: UtcInstant, pattern: &str) -> Result<String, String> {
    let civil = at.civil();
    let mut text = String::new();
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        if letter != '%' {
            text.push(letter);
            continue;
        }
        let directive = letters.next().unwrap_or('%');
        // Writing to a String cannot fail.
        let _ = match directive {
            'f' => write!(text, "{:06}", i32::from(civil.millisecond()) * 1_000),
            'i' => write!(text, "{:02}", civil.minute()),
            's' | 'S' => write!(text, "{:02}", civil.second()),
            'T' => write!(text, "{}", civil.strftime("%H:%M:%S")),
            'M' => write!(text, "{}", civil.strftime("%B")),
            'c' => write!(text, "{}", civil.month()),
            'W' => write!(text, "{}", civil.strftime("%A")),
            'h' | 'I' => write!(text, "{}", civil.strftime("%I")),
            'Y' | 'm' | 'd' | 'H' | 'y' | 'b' | 'a' | 'e' | 'j' | 'p' | 'k' | 'l' => {
                write!(text, "{}", civil.strftime(&format!("%{directive}")))
            }
            '%' => write!(text, "%"),
            other => return Err(format!("Invalid date format: %{other}")),
        };
    }
    Ok(text)
}

/// Reads an instant by a pattern of `MySQL`.
fn parsed(text: &str, pattern: &str) -> Result<UtcInstant, String> {
    let pattern = pattern.replace("%i", "%M").replace("%s", "%S").replace("%T", "%H:%M:%S");
    let wrong = || format!("Invalid format: \"{text}\"");
    let broken = jiff::fmt::strtime::parse(&pattern, text).map_err(|_| wrong())?;
    let civil = broken
        .to_datetime()
        .or_else(|_| broken.to_date().map(|date| date.to_datetime(jiff::civil::Time::midnight())));
    let civil: DateTime = civil.map_err(|_| wrong())?;
    UtcInstant::from_civil(civil).ok_or_else(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;

    const AT: UtcInstant = UtcInstant::from_millis(1_769_797_412_173);

    #[test]
    fn patterns_are_those_of_mysql() {
        assert_eq!(formatted(AT, "%Y%m%d").unwrap(), "20260130");
        assert_eq!(formatted(AT, "%Y-%m-%d %H:%i:%s.%f %%").unwrap(), "2026-01-30 18:23:32.173000 %");
        assert!(formatted(AT, "%Q").is_err());
        assert_eq!(
            parsed("2026-01-30 18:23:32", "%Y-%m-%d %H:%i:%s").unwrap().sql(),
            "2026-01-30 18:23:32.000"
        );
        assert_eq!(parsed("20260130", "%Y%m%d").unwrap().sql(), "2026-01-30 00:00:00.000");
    }

    #[test]
    fn instants_are_cut_to_units_and_moved_by_them() {
        assert_eq!(truncated(AT, "week").unwrap().day(), "2026-01-26");
        assert_eq!(truncated(AT, "quarter").unwrap().day(), "2026-01-01");
        assert_eq!(truncated(AT, "hour").unwrap().sql(), "2026-01-30 18:00:00.000");
        assert_eq!(moved(AT, 1, 0).unwrap().day(), "2026-02-28");
        assert_eq!(full_months(AT, moved(AT, 5, DAY).unwrap()), 5);
    }
}
