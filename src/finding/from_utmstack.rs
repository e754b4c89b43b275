use super::record::Finding;
use super::severity::Severity;
use super::status::Status;
use crate::platform::Platform;
use crate::time::Timestamp;
use serde_json::Value;

/// Reads a UTMStack alert document, of version 10 or 11 (docs/utmstack.md, 4).
///
/// Missing and odd fields are left empty; only what is no JSON at all is refused.
///
/// # Errors
///
/// The parser's error for text that is not JSON.
///
/// ```
/// use triagekit::finding::{from_utmstack, Severity, Status};
///
/// let row = br#"{"@timestamp":"2026-11-21T08:00:00.123456Z","id":"a","status":5,"severity":3,"name":"Brute force",
///               "tags":["False positive"],"destination":{"host":"dc-01"}}"#;
/// let finding = from_utmstack(row).unwrap();
/// assert_eq!((finding.severity, finding.status), (Severity::High, Status::Suppressed));
/// assert_eq!(finding.host.as_deref(), Some("dc-01"));
/// ```
pub fn from_utmstack(row: &[u8]) -> Result<Finding, serde_json::Error> {
    let alert: Value = serde_json::from_slice(row)?;
    let text = |path: &str| alert.pointer(path).and_then(Value::as_str).filter(|text| !text.is_empty());
    let is_false_positive = alert
        .get("tags")
        .and_then(Value::as_array)
        .is_some_and(|tags| tags.iter().any(is_false_positive_tag));
    Ok(Finding {
        platform: Platform::Utmstack,
        uid: text("/id").unwrap_or_default().to_owned(),
        title: text("/name").unwrap_or_default().to_owned(),
        severity: severity(alert.get("severity").and_then(Value::as_i64)),
        status: status(alert.get("status").and_then(Value::as_i64), is_false_positive),
        time: text("/@timestamp").and_then(Timestamp::parse),
        // The target is the machine of ours; version 10 calls it the destination. The data source reported it.
        host: ["/target/host", "/destination/host", "/source/host", "/dataSource"]
            .into_iter()
            .find_map(text)
            .map(str::to_owned),
    })
}

/// Two spellings of one tag are in use (docs/utmstack.md, 4.1).
fn is_false_positive_tag(tag: &Value) -> bool {
    tag.as_str().is_some_and(|tag| tag.eq_ignore_ascii_case("false positive"))
}

fn severity(code: Option<i64>) -> Severity {
    match code {
        Some(1) => Severity::Low,
        Some(2) => Severity::Medium,
        Some(3) => Severity::High,
        _ => Severity::Unknown,
    }
}

fn status(code: Option<i64>, is_false_positive: bool) -> Status {
    match code {
        Some(1 | 2) => Status::New,
        Some(3) => Status::InProgress,
        Some(5) if is_false_positive => Status::Suppressed,
        Some(5) => Status::Resolved,
        _ => Status::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_generations_name_their_host() {
        for (row, host) in [
            (r#"{"target":{"host":"t"},"adversary":{"host":"a"}}"#, Some("t")),
            (r#"{"destination":{"host":""},"source":{"host":"s"}}"#, Some("s")),
            (r#"{"dataSource":"d"}"#, Some("d")),
            ("{}", None),
        ] {
            assert_eq!(from_utmstack(row.as_bytes()).expect("JSON").host.as_deref(), host, "{row}");
        }
    }

    #[test]
    fn codes_outside_the_known_ones_are_unknown() {
        let finding = from_utmstack(br#"{"status":4,"severity":5,"@timestamp":7}"#).expect("JSON");
        assert_eq!(
            (finding.status, finding.severity, finding.time),
            (Status::Unknown, Severity::Unknown, None)
        );
    }
}
