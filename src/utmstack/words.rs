use crate::http::Response;
use serde_json::Value;

/// The server's own words about a refusal, in one line: the `X-UtmStack-error` header, or what one of the JSON error
/// shapes says (docs/utmstack.md, 1.12).
pub(super) fn words(response: &Response) -> Option<String> {
    let header = response.headers.get("x-utmstack-error").map(str::to_owned);
    header.or_else(|| of_body(&response.body)).map(|text| line(&text)).filter(|text| !text.is_empty())
}

fn of_body(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
    let said =
        text("detail").or_else(|| text("title")).or_else(|| text("error")).or_else(|| text("message"))?;
    let fields: Vec<String> = value
        .get("fieldErrors")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|error| {
            Some(format!("{} {}", error.get("field")?.as_str()?, error.get("message")?.as_str()?))
        })
        .collect();
    Some(if fields.is_empty() { said.to_owned() } else { format!("{said} ({})", fields.join(", ")) })
}

fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(300).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    #[test]
    fn every_error_shape_gives_its_words() {
        for (header, body, expected) in [
            (
                Some("ElasticsearchResource.search: no such index"),
                "",
                Some("ElasticsearchResource.search: no such index"),
            ),
            (
                None,
                r#"{"timestamp":"x","status":401,"error":"Unauthorized","path":"/api/x"}"#,
                Some("Unauthorized"),
            ),
            (
                None,
                r#"{"title":"Method argument not valid","status":400,"message":"error.validation","fieldErrors":[{"objectName":"o","field":"createRule","message":"must not be null"}]}"#,
                Some("Method argument not valid (createRule must not be null)"),
            ),
            (
                None,
                r#"{"title":"Bad Request","detail":"Required parameter 'top' is not present."}"#,
                Some("Required parameter 'top' is not present."),
            ),
            (None, "<html><h1>We're getting things ready</h1></html>", None),
        ] {
            let mut headers = Headers::default();
            if let Some(header) = header {
                headers.append("X-UtmStack-error", header);
            }
            let response = Response { status: 400, headers, body: body.as_bytes().to_vec() };
            assert_eq!(words(&response).as_deref(), expected);
        }
    }
}
