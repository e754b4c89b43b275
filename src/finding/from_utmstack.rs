use super::attack::Technique;
use super::observable::{Observable, ObservableType};
use super::record::{Finding, Party};
use super::severity::Severity;
use super::status::Status;
use super::verdict::Verdict;
use crate::platform::Platform;
use crate::time::Timestamp;
use serde_json::{Map, Value};

/// What the side that is concerned is called: `target` from version 11 on, `destination` before.
const TARGET: [&str; 2] = ["target", "destination"];
/// What the side that acts is called.
const ADVERSARY: [&str; 2] = ["adversary", "source"];

/// Reads a UTMStack alert document, of version 10, 11 or as documented (docs/utmstack.md, 4).
///
/// Missing and odd fields are left empty; only what is no JSON object at all is refused.
///
/// # Errors
///
/// The parser's error for text that is not a JSON object.
///
/// ```
/// use triagekit::finding::{from_utmstack, Severity, Status, Verdict};
///
/// let row = br#"{"@timestamp":"2026-11-21T08:00:00.123456Z","id":"a","status":5,"severity":3,"name":"Brute force",
///               "tags":["False positive"],"destination":{"host":"dc-01"}}"#;
/// let finding = from_utmstack(row).unwrap();
/// assert_eq!((finding.severity, finding.status), (Severity::High, Status::Suppressed));
/// assert_eq!(finding.verdict, Some(Verdict::FalsePositive));
/// assert_eq!(finding.host.as_deref(), Some("dc-01"));
/// ```
pub fn from_utmstack(row: &[u8]) -> Result<Finding, serde_json::Error> {
    let alert: Map<String, Value> = serde_json::from_slice(row)?;
    let text = |name: &str| alert.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let instant = |name: &str| text(name).and_then(Timestamp::parse);
    let tags: Vec<String> = list(alert.get("tags"));
    let verdict = Verdict::of_tags(tags.iter().map(String::as_str));
    let (target_name, target) = party(&alert, TARGET);
    let (adversary_name, adversary) = party(&alert, ADVERSARY);
    let host = target
        .host
        .clone()
        .or_else(|| adversary.host.clone())
        .or_else(|| text("dataSource").map(str::to_owned));
    let time = instant("@timestamp");
    Ok(Finding {
        uid: text("id").unwrap_or_default().to_owned(),
        title: text("name").unwrap_or_default().to_owned(),
        description: text("description").map(str::to_owned),
        severity: severity(alert.get("severity").and_then(Value::as_i64)),
        status: status(alert.get("status").and_then(Value::as_i64), verdict == Some(Verdict::FalsePositive)),
        verdict,
        time,
        started: alert
            .get("lastEvent")
            .and_then(|event| event.get("@timestamp")?.as_str())
            .and_then(Timestamp::parse)
            .or(time),
        updated: instant("lastUpdate"),
        rule: text("name").map(str::to_owned),
        tactic: text("tactic").or_else(|| text("category")).map(str::to_owned),
        technique: text("technique")
            .and_then(Technique::find)
            .or_else(|| list(alert.get("reference")).iter().find_map(|reference| Technique::find(reference))),
        assignee: text("assignee").map(str::to_owned).or_else(|| assignee_of(&tags)),
        note: text("notes").map(str::to_owned),
        observables: observables(target_name, &target)
            .chain(observables(adversary_name, &adversary))
            .collect(),
        host,
        target,
        adversary,
        tags,
        ..Finding::new(Platform::Utmstack)
    })
}

/// Versions 10 and 11 have no assignee; a tag `assignee:name` stands for it.
fn assignee_of(tags: &[String]) -> Option<String> {
    tags.iter().find_map(|tag| tag.strip_prefix("assignee:")).map(str::to_owned)
}

/// The first of the names under which a side stands, and the side.
fn party(alert: &Map<String, Value>, names: [&'static str; 2]) -> (&'static str, Party) {
    let [first, second] = names;
    let name = if alert.get(first).is_some_and(Value::is_object) { first } else { second };
    let side = alert.get(name);
    let text = |field: &str| {
        let text = side.and_then(|side| side.get(field)?.as_str()).filter(|text| !text.is_empty());
        text.map(str::to_owned)
    };
    (name, Party { host: text("host"), ip: text("ip"), user: text("user") })
}

fn observables(name: &'static str, party: &Party) -> impl Iterator<Item = Observable> {
    [
        (ObservableType::Hostname, "host", party.host.clone()),
        (ObservableType::IpAddress, "ip", party.ip.clone()),
        (ObservableType::UserName, "user", party.user.clone()),
    ]
    .into_iter()
    .filter_map(move |(kind, field, value)| {
        Some(Observable { kind, name: format!("{name}.{field}"), value: value? })
    })
}

/// The texts of a list; a text by itself is a list of one.
fn list(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::Array(items)) => items.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        Some(Value::String(text)) if !text.is_empty() => vec![text.clone()],
        _ => Vec::new(),
    }
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

    #[test]
    fn a_technique_comes_from_its_field_or_from_a_reference() {
        for row in [
            r#"{"technique":"T1110"}"#,
            r#"{"reference":["https://example.org","https://attack.mitre.org/techniques/T1110/"]}"#,
            r#"{"technique":"Brute force","reference":"https://attack.mitre.org/techniques/T1110/"}"#,
        ] {
            let finding = from_utmstack(row.as_bytes()).expect("JSON");
            assert_eq!(
                finding.technique.map(|technique| technique.to_string()).as_deref(),
                Some("T1110"),
                "{row}"
            );
        }
    }

    #[test]
    fn observables_say_where_they_stand() {
        let finding = from_utmstack(br#"{"adversary":{"ip":"203.0.113.9","user":"root"}}"#).expect("JSON");
        let names: Vec<_> = finding.observables.iter().map(|observable| observable.name.as_str()).collect();
        assert_eq!(names, ["adversary.ip", "adversary.user"]);
    }
}
