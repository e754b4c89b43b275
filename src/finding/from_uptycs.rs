use super::record::Finding;
use super::severity::Severity;
use super::status::Status;
use crate::platform::Platform;
use crate::time::Timestamp;
use alloc::borrow::Cow;
use serde::Deserialize;
use serde_json::Value;

/// Reads an Uptycs alert, from `/alerts` or `/alertsReporting` (docs/uptycs.md, 5).
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
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Alert<'a> {
        #[serde(borrow, default)]
        id: Text<'a>,
        #[serde(borrow, default)]
        display_name: Text<'a>,
        #[serde(borrow, default)]
        description: Text<'a>,
        #[serde(borrow, default)]
        code: Text<'a>,
        #[serde(borrow, default)]
        severity: Text<'a>,
        #[serde(borrow, default)]
        status: Text<'a>,
        #[serde(borrow, default, rename = "alertTime")]
        raised_at: Text<'a>,
        #[serde(borrow, default)]
        created_at: Text<'a>,
        #[serde(borrow, default)]
        asset_host_name: Text<'a>,
        #[serde(default)]
        asset: Value,
    }
    let alert: Alert<'_> = serde_json::from_slice(row)?;
    let host = alert.asset.get("hostName").and_then(Value::as_str).map(str::to_owned);
    Ok(Finding {
        platform: Platform::Uptycs,
        uid: alert.id.into_string().unwrap_or_default(),
        title: [alert.display_name, alert.description, alert.code]
            .into_iter()
            .find_map(Text::into_string)
            .unwrap_or_default(),
        severity: severity(alert.severity.as_str()),
        status: status(alert.status.as_str()),
        time: [alert.created_at, alert.raised_at].iter().find_map(|text| Timestamp::parse(text.as_str())),
        host: host.or_else(|| alert.asset_host_name.into_string()),
    })
}

fn severity(word: &str) -> Severity {
    match word {
        "low" => Severity::Low,
        "medium" => Severity::Medium,
        "high" => Severity::High,
        "critical" => Severity::Critical,
        _ => Severity::Unknown,
    }
}

fn status(word: &str) -> Status {
    match word {
        "open" | "new" => Status::New,
        "assigned" => Status::InProgress,
        "resolved" | "closed" => Status::Resolved,
        _ => Status::Unknown,
    }
}

/// Text, or nothing where the record holds something else.
#[derive(Default)]
struct Text<'a>(Option<Cow<'a, str>>);

impl Text<'_> {
    fn as_str(&self) -> &str {
        self.0.as_deref().unwrap_or_default()
    }

    fn into_string(self) -> Option<String> {
        self.0.map(Cow::into_owned).filter(|text| !text.is_empty())
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Text<'a> {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Any<'a> {
            Text(#[serde(borrow)] Cow<'a, str>),
            Other(serde::de::IgnoredAny),
        }
        Ok(match Any::deserialize(deserializer)? {
            Any::Text(text) => Self(Some(text)),
            Any::Other(_) => Self(None),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_fields_are_left_empty() {
        let finding =
            from_uptycs(br#"{"id":5,"severity":null,"status":["x"],"alertTime":"soon","asset":null}"#)
                .expect("an object");
        assert_eq!(
            (finding.severity, finding.status, finding.time, finding.host),
            (Severity::Unknown, Status::Unknown, None, None)
        );
    }

    #[test]
    fn a_row_of_the_reporting_list_names_its_host_flat() {
        let finding =
            from_uptycs(br#"{"id":"a","description":"d","assetHostName":"web-17"}"#).expect("an object");
        assert_eq!((finding.title.as_str(), finding.host.as_deref()), ("d", Some("web-17")));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        assert!(
            from_uptycs(b"[]").is_err() || from_uptycs(b"[]").is_ok_and(|finding| finding.uid.is_empty())
        );
        assert!(from_uptycs(b"{").is_err());
    }
}
