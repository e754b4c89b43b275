use super::attack::Technique;
use super::observable::{Observable, ObservableType};
use super::record::{Finding, Party};
use super::severity::Severity;
use super::status::Status;
use super::verdict::Verdict;
use crate::platform::Platform;
use crate::time::Timestamp;
use serde_json::{Map, Value};

/// Keys of an alert's `metadata` that name things worth pivoting on; which occur depends on the rule.
const OBSERVED: [(&str, ObservableType); 9] = [
    ("remote_address", ObservableType::IpAddress),
    ("local_address", ObservableType::IpAddress),
    ("gateway", ObservableType::IpAddress),
    ("login_name", ObservableType::UserName),
    ("user", ObservableType::UserName),
    ("username", ObservableType::UserName),
    ("sha256", ObservableType::Hash),
    ("md5", ObservableType::Hash),
    ("exe_name", ObservableType::ProcessName),
];

/// Reads an Uptycs alert, from `/alerts` or `/alertsReporting`, or a detection, listed or read by its id
/// (docs/uptycs.md, 5).
///
/// Missing and odd fields are left empty; only what is no JSON object at all is refused.
///
/// # Errors
///
/// The parser's error for text that is not a JSON object.
///
/// ```
/// use triagekit::finding::{from_uptycs, Severity, Status};
///
/// let row = br#"{"id":"a","displayName":"Shell from a web server","severity":"high","status":"open",
///               "alertTime":"2026-11-21T08:00:00.000Z","asset":{"hostName":"web-17"}}"#;
/// let finding = from_uptycs(row).unwrap();
/// assert_eq!((finding.severity, finding.status), (Severity::High, Status::New));
/// assert_eq!(finding.host.as_deref(), Some("web-17"));
/// ```
pub fn from_uptycs(row: &[u8]) -> Result<Finding, serde_json::Error> {
    let mut alert: Map<String, Value> = serde_json::from_slice(row)?;
    // A detection that is read by its id comes wrapped.
    if let Some(Value::Object(detection)) = alert.remove("detection") {
        alert = detection;
    }
    let text = |name: &str| alert.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let owned = |name: &str| text(name).map(str::to_owned);
    let instant = |names: &[&str]| names.iter().find_map(|name| Timestamp::parse(text(name)?));
    let within = |path: &str| alert_text(&alert, path);
    let tags = ["alertTags", "tags"]
        .into_iter()
        .find_map(|name| alert.get(name)?.as_array())
        .map(|tags| names(tags));
    let tags = tags.unwrap_or_default();
    let host = within("asset.hostName").or_else(|| owned("assetHostName"));
    let observables = observables(&alert, host.as_deref());
    let first = |kind: ObservableType| {
        observables.iter().find(|found| found.kind == kind).map(|found| found.value.clone())
    };
    let (ip, user) = (within("metadata.remote_address"), first(ObservableType::UserName));
    let asset = owned("assetId").or_else(|| within("asset.id"));
    Ok(Finding {
        uid: owned("id").unwrap_or_default(),
        title: ["displayName", "description", "code"].into_iter().find_map(owned).unwrap_or_default(),
        description: owned("description"),
        severity: severity(text("severity")),
        status: status(text("status")),
        verdict: Verdict::of_tags(tags.iter().map(String::as_str)),
        time: instant(&["createdAt", "alertTime"]),
        started: instant(&["alertTime", "createdAt"]),
        updated: instant(&["updatedAt", "lastOccurredAt", "lastOccuredAt"]),
        rule: within("alertRule.name").or_else(|| owned("alertRuleName")).or_else(|| owned("code")),
        tactic: ["tactics", "attackType", "groupingL2"]
            .into_iter()
            .find_map(|name| first_text(alert.get(name))),
        technique: tags.iter().find_map(|tag| Technique::find(tag)).or_else(|| {
            ["code", "groupingL3", "grouping"].into_iter().find_map(|name| Technique::find(text(name)?))
        }),
        target: Party { host: host.clone(), ip: None, user },
        adversary: Party { host: None, ip, user: None },
        host,
        asset,
        assignee: within("assignedToUser.name")
            .or_else(|| owned("assignedUserName"))
            .or_else(|| owned("assignedTo")),
        note: within("note.memo").or_else(|| owned("note")),
        tags,
        observables,
        ..Finding::new(Platform::Uptycs)
    })
}

/// The text at `object.field`.
fn alert_text(alert: &Map<String, Value>, path: &str) -> Option<String> {
    let (object, field) = path.split_once('.')?;
    let text = alert.get(object)?.get(field)?.as_str()?;
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

/// The names of tags: texts, or objects with a `tag` or a `name`.
fn names(tags: &[Value]) -> Vec<String> {
    let name = |tag: &Value| {
        let text = tag.as_str().or_else(|| tag.get("tag")?.as_str()).or_else(|| tag.get("name")?.as_str());
        text.map(str::to_owned)
    };
    tags.iter().filter_map(name).collect()
}

/// A text, or the first text of a list.
fn first_text(value: Option<&Value>) -> Option<String> {
    let value = value?;
    let text = value.as_str().or_else(|| value.as_array()?.first()?.as_str())?;
    Some(text.to_owned()).filter(|text| !text.is_empty())
}

fn observables(alert: &Map<String, Value>, host: Option<&str>) -> Vec<Observable> {
    let host = host.map(|host| Observable {
        kind: ObservableType::Hostname,
        name: "asset.hostName".to_owned(),
        value: host.to_owned(),
    });
    let metadata = alert.get("metadata").and_then(Value::as_object);
    let observed = OBSERVED.iter().filter_map(|(key, kind)| {
        let value = metadata?.get(*key)?.as_str().filter(|value| !value.is_empty())?;
        Some(Observable { kind: *kind, name: format!("metadata.{key}"), value: value.to_owned() })
    });
    host.into_iter().chain(observed).collect()
}

fn severity(word: Option<&str>) -> Severity {
    match word {
        Some("low") => Severity::Low,
        Some("medium") => Severity::Medium,
        Some("high") => Severity::High,
        Some("critical") => Severity::Critical,
        _ => Severity::Unknown,
    }
}

fn status(word: Option<&str>) -> Status {
    match word {
        Some("open" | "new") => Status::New,
        Some("assigned") => Status::InProgress,
        Some("resolved" | "closed") => Status::Resolved,
        _ => Status::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_fields_are_left_empty() {
        let row =
            br#"{"id":5,"severity":null,"status":["x"],"alertTime":"soon","asset":null,"metadata":[1]}"#;
        let finding = from_uptycs(row).expect("an object");
        assert_eq!(finding, Finding::new(Platform::Uptycs));
    }

    #[test]
    fn a_row_of_the_reporting_list_names_its_host_flat() {
        let finding =
            from_uptycs(br#"{"id":"a","description":"d","assetHostName":"web-17"}"#).expect("an object");
        assert_eq!((finding.title.as_str(), finding.host.as_deref()), ("d", Some("web-17")));
    }

    #[test]
    fn a_detection_is_unwrapped() {
        let finding =
            from_uptycs(br#"{"detection":{"id":"d","severity":"critical","tactics":["Execution"]}}"#)
                .expect("an object");
        assert_eq!((finding.uid.as_str(), finding.severity), ("d", Severity::Critical));
        assert_eq!(finding.tactic.as_deref(), Some("Execution"));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        assert!(from_uptycs(b"[]").is_err());
        assert!(from_uptycs(b"{").is_err());
    }
}
