use crate::http::Headers;
use crate::time::Timestamp;
use core::time::Duration;

/// How long an answer asks to be left alone, in whichever way it says so: `Retry-After-Ms`, `Retry-After` as seconds
/// or as a date, `X-RateLimit-RetryAfter` (an instant or seconds) or `X-RateLimit-Reset` with nothing remaining.
///
/// ```
/// use core::time::Duration;
/// use triagekit::http::Headers;
/// use triagekit::retry::retry_after;
/// use triagekit::Timestamp;
///
/// let mut headers = Headers::default();
/// headers.append("retry-after", "120");
/// assert_eq!(retry_after(&headers, Timestamp::default()), Some(Duration::from_secs(120)));
/// ```
pub fn retry_after(headers: &Headers, now: Timestamp) -> Option<Duration> {
    if let Some(value) = headers.get("retry-after-ms") {
        return value.trim().parse().ok().map(Duration::from_millis);
    }
    if let Some(value) = headers.get("retry-after") {
        let seconds =
            value.trim().parse::<f64>().ok().and_then(|seconds| Duration::try_from_secs_f64(seconds).ok());
        return seconds.or_else(|| Timestamp::parse_http_date(value).map(|at| now.until(at)));
    }
    if let Some(value) = headers.get("x-ratelimit-retryafter") {
        return instant_or_seconds(value, now);
    }
    if headers.get("x-ratelimit-remaining").is_some_and(|left| left.trim() == "0") {
        return headers.get("x-ratelimit-reset").and_then(|value| instant_or_seconds(value, now));
    }
    None
}

/// Numbers beyond a year of seconds are instants since 1970.
fn instant_or_seconds(value: &str, now: Timestamp) -> Option<Duration> {
    const YEAR: i64 = 31_536_000;
    let number: i64 = value.trim().parse().ok()?;
    if number > YEAR {
        return Some(now.until(Timestamp::from_unix_seconds(number)));
    }
    u64::try_from(number).ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_is_read() {
        let now = Timestamp::parse_http_date("Sat, 21 Nov 2026 21:12:35 GMT").expect("a date");
        for (fields, expected) in [
            (vec![("Retry-After-Ms", "250")], Some(250)),
            (vec![("Retry-After", "2")], Some(2_000)),
            (vec![("Retry-After", "0.5")], Some(500)),
            (vec![("Retry-After", "Sat, 21 Nov 2026 21:12:45 GMT")], Some(10_000)),
            (vec![("Retry-After", "Sat, 21 Nov 2026 21:00:00 GMT")], Some(0)),
            (vec![("Retry-After", "soon")], None),
            (vec![("Retry-After", "-1")], None),
            (vec![("X-RateLimit-RetryAfter", "1795295565")], Some(10_000)),
            (vec![("X-RateLimit-Remaining", "0"), ("X-RateLimit-Reset", "3")], Some(3_000)),
            (vec![("X-RateLimit-Remaining", "5"), ("X-RateLimit-Reset", "3")], None),
            (vec![], None),
        ] {
            let mut headers = Headers::default();
            for (name, value) in &fields {
                headers.append(*name, *value);
            }
            assert_eq!(retry_after(&headers, now), expected.map(Duration::from_millis), "{fields:?}");
        }
    }
}
