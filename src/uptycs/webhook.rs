use crate::error::Error;
use serde::Serialize;
use serde_json::{Map, Value};

/// What an alert destination of Uptycs sends (docs/uptycs.md, 9).
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AlertWebhook {
    /// `Alert ID`
    pub alert_id: Option<String>,
    /// `Code`: that of the rule.
    pub code: Option<String>,
    /// `Severity`: low, medium, high or critical.
    pub severity: Option<String>,
    /// `Description`
    pub description: Option<String>,
    /// `Key`
    pub key: Option<String>,
    /// `Value`
    pub value: Option<String>,
    /// `Asset ID`
    pub asset_id: Option<String>,
    /// `Host name`
    pub host_name: Option<String>,
    /// `Metadata`: an object; text that holds JSON is read.
    pub metadata: Value,
    /// What else came.
    pub other: Map<String, Value>,
}

/// Reads the body that an alert destination sends.
///
/// Such bodies are not always valid JSON: text may hold raw line ends and tabs, which are taken as what they mean. Keys are
/// found in any case, and with or without spaces, hyphens and underscores.
///
/// # Errors
///
/// [`Error::InvalidArgument`] for what is no JSON object even then, or has none of the keys.
///
/// ```
/// use triagekit::uptycs::parse_alert_webhook;
///
/// let body = b"{\"Alert ID\":\"a-1\",\"Severity\":\"high\",\"Description\":\"line one\nline two\"}";
/// let alert = parse_alert_webhook(body).unwrap();
/// assert_eq!(alert.alert_id.as_deref(), Some("a-1"));
/// assert_eq!(alert.description.as_deref(), Some("line one\nline two"));
/// ```
pub fn parse_alert_webhook(body: &[u8]) -> Result<AlertWebhook, Error> {
    let text = String::from_utf8_lossy(body);
    let text = text.trim_start_matches('\u{feff}').trim();
    let fields: Map<String, Value> = serde_json::from_str(text)
        .or_else(|_| serde_json::from_str(&escaped(text)))
        .map_err(|cause| refused(&format!("it is no JSON object: {cause}")))?;
    let mut alert = AlertWebhook::default();
    let mut is_known = false;
    for (name, value) in fields {
        let plain: String =
            name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        let place = match plain.as_str() {
            "alertid" => &mut alert.alert_id,
            "code" => &mut alert.code,
            "severity" => &mut alert.severity,
            "description" => &mut alert.description,
            "key" => &mut alert.key,
            "value" => &mut alert.value,
            "assetid" => &mut alert.asset_id,
            "hostname" => &mut alert.host_name,
            "metadata" => {
                alert.metadata = metadata(value);
                is_known = true;
                continue;
            }
            _ => {
                alert.other.insert(name, value);
                continue;
            }
        };
        *place = words(&value);
        is_known = true;
    }
    if is_known {
        Ok(alert)
    } else {
        Err(refused(
            "it has none of the keys Alert ID, Code, Severity, Description, Key, Value, Asset ID, Host name",
        ))
    }
}

fn refused(why: &str) -> Error {
    Error::InvalidArgument(format!("This is not the body of an Uptycs alert destination: {why}."))
}

/// A value as text; nothing for null and empty text.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        other => Some(other.to_string()),
    }
}

/// Metadata comes as an object or as the text of one.
fn metadata(value: Value) -> Value {
    match value {
        Value::String(text) => serde_json::from_str(&text)
            .or_else(|_| serde_json::from_str(&escaped(&text)))
            .unwrap_or(Value::String(text)),
        other => other,
    }
}

/// JSON whose control characters inside of strings are escaped, as they should have been.
fn escaped(text: &str) -> String {
    let mut result = String::with_capacity(text.len() + 16);
    let (mut is_inside, mut is_escaped) = (false, false);
    for character in text.chars() {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' if is_inside => is_escaped = true,
            '"' => is_inside = !is_inside,
            '\n' if is_inside => {
                result.push_str("\\n");
                continue;
            }
            '\r' if is_inside => {
                result.push_str("\\r");
                continue;
            }
            '\t' if is_inside => {
                result.push_str("\\t");
                continue;
            }
            other if is_inside && other.is_control() => continue,
            _ => {}
        }
        result.push(character);
    }
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raw_line_ends_inside_of_text_are_what_they_mean() {
        let body = "{\n \"Alert ID\": \"a\",\n \"Value\": \"one\r\ntwo\tthree \\\"quoted\\\"\",\n \"Host name\": \"web-1\"}";
        let alert = parse_alert_webhook(body.as_bytes()).expect("an alert");
        assert_eq!(alert.value.as_deref(), Some("one\r\ntwo\tthree \"quoted\""));
        assert_eq!(alert.host_name.as_deref(), Some("web-1"));
    }

    #[test]
    fn metadata_is_read_in_either_form() {
        for metadata in [r#"{"pid":5}"#, r#""{\"pid\":5}""#, "\"{\\\"pid\\\":\n5}\""] {
            let body = format!(r#"{{"alert_id":"a","Metadata":{metadata}}}"#);
            let alert = parse_alert_webhook(body.as_bytes()).expect("an alert");
            assert_eq!(alert.metadata["pid"], 5, "{body}");
        }
    }

    #[test]
    fn what_is_not_known_is_kept() {
        let alert = parse_alert_webhook(br#"{"Asset ID":7,"Colour":"red"}"#).expect("an alert");
        assert_eq!(alert.asset_id.as_deref(), Some("7"));
        assert_eq!(alert.other["Colour"], "red");
    }

    #[test]
    fn other_bodies_are_refused_without_being_repeated() {
        for body in [&b""[..], b"[]", b"{", br#"{"password":"hunter2"}"#, b"\xff\xfe"] {
            let error = parse_alert_webhook(body).expect_err("no alert");
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
