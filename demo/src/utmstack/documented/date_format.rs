//! Java's patterns for instants, as far as the documentation shows them (docs/utmstack.md, A.3.9).

use std::fmt::Write as _;

use jiff::civil::DateTime;

use crate::instant::UtcInstant;

const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Writes an instant by a pattern; `None` when the pattern holds a letter that means nothing here.
pub(crate) fn formatted(at: UtcInstant, pattern: &str) -> Option<String> {
    let at = at.civil();
    let mut text = String::new();
    let mut letters = pattern.chars().peekable();
    while let Some(letter) = letters.next() {
        if letter == '\'' {
            // Two quotes are one; else what is between them stands for itself.
            if letters.next_if_eq(&'\'').is_some() {
                text.push('\'');
                continue;
            }
            for literal in letters.by_ref() {
                if literal == '\'' {
                    break;
                }
                text.push(literal);
            }
            continue;
        }
        if !letter.is_ascii_alphabetic() {
            text.push(letter);
            continue;
        }
        let mut width = 1;
        while letters.next_if_eq(&letter).is_some() {
            width += 1;
        }
        part(&mut text, at, letter, width)?;
    }
    Some(text)
}

fn part(text: &mut String, at: DateTime, letter: char, width: usize) -> Option<()> {
    let number = match letter {
        'y' if width == 2 => i64::from(at.year() % 100),
        'y' => i64::from(at.year()),
        'M' if width >= 3 => {
            text.push_str(MONTHS.get(usize::try_from(at.month() - 1).ok()?)?);
            return Some(());
        }
        'M' => i64::from(at.month()),
        'd' => i64::from(at.day()),
        'D' => i64::from(at.date().day_of_year()),
        'w' => i64::from(at.date().iso_week_date().week()),
        'H' => i64::from(at.hour()),
        'm' => i64::from(at.minute()),
        's' => i64::from(at.second()),
        'S' => i64::from(at.millisecond()),
        'E' => {
            text.push_str(DAYS.get(usize::try_from(at.weekday().to_monday_zero_offset()).ok()?)?);
            return Some(());
        }
        _ => return None,
    };
    // Writing to a String cannot fail.
    let _ = write!(text, "{number:0width$}");
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_patterns_of_the_documentation_can_be_written() {
        let at = UtcInstant::parse("2026-01-30T18:23:32.173Z").unwrap();
        for (pattern, text) in [
            ("yyyy-MM-dd HH:mm:ss", "2026-01-30 18:23:32"),
            ("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", "2026-01-30T18:23:32.173Z"),
            ("MM/dd/yyyy HH:mm:ss", "01/30/2026 18:23:32"),
            ("E, MMM dd yyyy", "Fri, Jan 30 2026"),
            ("yyyy-DDD", "2026-030"),
            ("yyyy-'W'ww", "2026-W05"),
        ] {
            assert_eq!(formatted(at, pattern).as_deref(), Some(text), "{pattern}");
        }
        assert_eq!(formatted(at, "qqq"), None);
    }
}
