use serde_json::Value;

/// The vendor's own words in an error's body (docs/uptycs.md, 6), in one line; `None` where there are none.
///
/// Attested are `error.message.brief` and `error.message.detail`; a bare string and a top-level `message` occur as well.
pub(super) fn words(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let message =
        value.pointer("/error/message").or_else(|| value.get("message")).or_else(|| value.get("error"))?;
    match message {
        Value::String(text) => line(text),
        message => brief_and_detail(message),
    }
}

/// `brief` and `detail` as one line, once where they are the same.
fn brief_and_detail(message: &Value) -> Option<String> {
    let part = |name| message.get(name).and_then(Value::as_str).and_then(line);
    match (part("brief"), part("detail")) {
        (Some(brief), Some(detail)) if brief != detail => Some(format!("{brief}: {detail}")),
        (brief, detail) => brief.or(detail),
    }
}

/// Text as one line of at most 300 characters; nothing for empty text.
fn line(text: &str) -> Option<String> {
    let line: String = text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect();
    Some(line).filter(|line| !line.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_attested_shape_gives_its_words() {
        for (body, expected) in [
            (
                r#"{"error":{"status":400,"message":{"brief":"Bad filter","detail":"No field x"}}}"#,
                Some("Bad filter: No field x"),
            ),
            (r#"{"error":{"message":{"brief":"","detail":"No\n field x"}}}"#, Some("No field x")),
            (r#"{"error":{"message":{"brief":"Same","detail":"Same"}}}"#, Some("Same")),
            (r#"{"error":"Unauthorized"}"#, Some("Unauthorized")),
            (r#"{"status":500,"message":"duplicate"}"#, Some("duplicate")),
            ("<html>", None),
            ("{}", None),
        ] {
            assert_eq!(words(body.as_bytes()).as_deref(), expected, "{body}");
        }
    }
}
