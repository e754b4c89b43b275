use core::time::Duration;
use triagekit::Timestamp;

/// `2026-11-21 14:59:57`, in UTC.
pub fn date_and_time(at: Timestamp) -> String {
    let text = at.to_string();
    match text.split_once('T') {
        Some((date, time)) => format!("{date} {}", whole_seconds(time)),
        None => text,
    }
}

/// `14:59:57`, in UTC.
pub fn clock_time(at: Timestamp) -> String {
    let text = at.to_string();
    text.split_once('T').map_or(text.clone(), |(_, time)| whole_seconds(time).to_owned())
}

/// How long ago something was, in its largest unit: `4s`, `31m`, `9h`, `3d`. What lies ahead is `0s` ago.
pub fn age(at: Timestamp, now: Timestamp) -> String {
    let seconds = at.until(now).max(Duration::ZERO).as_secs();
    match seconds {
        0..60 => format!("{seconds}s"),
        60..3_600 => format!("{}m", seconds / 60),
        3_600..86_400 => format!("{}h", seconds / 3_600),
        _ => format!("{}d", seconds / 86_400),
    }
}

fn whole_seconds(time: &str) -> &str {
    time.split_once('.').map_or(time, |(seconds, _)| seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        Timestamp::parse(text).expect("an instant")
    }

    #[test]
    fn times_are_written_in_utc_to_the_second() {
        let instant = at("2026-11-21T15:59:57.999+01:00");
        assert_eq!(date_and_time(instant), "2026-11-21 14:59:57");
        assert_eq!(clock_time(instant), "14:59:57");
    }

    #[test]
    fn an_age_is_told_in_its_largest_unit() {
        let now = at("2026-11-21T12:00:00Z");
        let ages =
            ["2026-11-21T11:59:56Z", "2026-11-21T11:29:00Z", "2026-11-21T03:00:00Z", "2026-11-18T11:00:00Z"]
                .map(|then| age(at(then), now));
        assert_eq!(ages, ["4s", "31m", "9h", "3d"]);
        assert_eq!(age(at("2026-11-21T12:00:09Z"), now), "0s");
    }
}
