//! Uploading a threat source (docs/uptycs.md, "Threat intelligence"). Lists are among `collections`.

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Map, Value, json};

use crate::demo::Demo;
use crate::uptycs::call::Call;
use crate::uptycs::collection::Collection;
use crate::uptycs::failure::Failure;
use crate::uptycs::{csv, multipart, objects};

/// `POST /threatSources`: the parts `name`, `description` and `file`, a CSV file.
pub(crate) fn create(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let upload = Upload::of_call(call)?;
    let name = upload.name.clone().ok_or_else(|| Failure::bad_request("\"name\" is required"))?;
    let file = upload.file.clone().ok_or_else(|| Failure::bad_request("\"file\" is required"))?;
    let sources = collection("threatSources")?;
    let given = map(json!({
        "name": name, "description": upload.description, "enabled": true, "custom": true, "url": null,
    }));
    let body = objects::new_body(demo, sources, given);
    objects::insert(demo, sources, &body)?;
    add_indicators(demo, &body, &file)?;
    Ok(Json(Value::Object(body)).into_response())
}

/// `PUT /threatSources/{id}` with the same parts. Reconstructed: the article covers updating, but its call is lost.
pub(crate) fn update(demo: &Arc<Demo>, call: &Call, id: &str) -> Result<Response, Failure> {
    let upload = Upload::of_call(call)?;
    let sources = collection("threatSources")?;
    let body = objects::change(demo, sources, id, |body| {
        for (name, value) in [("name", upload.name), ("description", upload.description)] {
            body.extend(value.map(|value| (name.to_owned(), json!(value))));
        }
    })?;
    if let Some(file) = upload.file {
        forget_indicators(demo, id)?;
        add_indicators(demo, &body, &file)?;
    }
    Ok(Json(Value::Object(body)).into_response())
}

/// `DELETE /threatSources/{id}`. Reconstructed.
pub(crate) fn delete(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    let count = demo
        .uptycs
        .database
        .write(|db| db.execute("DELETE FROM object WHERE kind = 'threatSources' AND id = ?1", [id]))?;
    forget_indicators(demo, id)?;
    if count == 0 {
        return Err(objects::missing(collection("threatSources")?, id));
    }
    Ok(Json(json!({})).into_response())
}

/// What is uploaded.
#[derive(Debug, Default)]
struct Upload {
    name: Option<String>,
    description: Option<String>,
    file: Option<String>,
}

impl Upload {
    /// XSOAR adds a part `filename`, which says nothing new.
    fn of_call(call: &Call) -> Result<Self, Failure> {
        let mut upload = Self::default();
        for part in multipart::parts(call)? {
            match part.name.as_str() {
                "name" => upload.name = Some(part.text),
                "description" => upload.description = Some(part.text),
                "file" => upload.file = Some(part.text),
                "filename" => {}
                other => return Err(Failure::bad_request(format!("\"{other}\" is not allowed"))),
            }
        }
        Ok(upload)
    }
}

fn forget_indicators(demo: &Demo, source: &str) -> Result<(), Failure> {
    demo.uptycs.database.write(|db| {
        db.execute(
            "DELETE FROM object WHERE kind = 'threatIndicators' AND body ->> '$.threat.threatSourceId' = ?1",
            [source],
        )
    })?;
    Ok(())
}

/// The columns of the file are not public. Reconstructed: the first one that reads as an address, a hash or a name
/// is the indicator; a first row that names columns is left out.
fn add_indicators(demo: &Demo, source: &Map<String, Value>, file: &str) -> Result<(), Failure> {
    let indicators = collection("threatIndicators")?;
    let source_id = source.get("id").and_then(Value::as_str).unwrap_or_default();
    let threat = demo.uptycs.new_id();
    for row in csv::rows(file) {
        let Some((indicator, kind)) = row.iter().find_map(|cell| Some((cell, kind(cell)?))) else { continue };
        let description = row.iter().rev().find(|cell| *cell != indicator);
        let given = map(json!({
            "indicator": indicator, "indicatorType": kind, "isActive": true, "threatId": threat,
            "description": description,
            "threat": {
                "id": threat, "name": source.get("name"), "threatSourceId": source_id,
                "threatSource": { "id": source_id, "name": source.get("name"), "url": null, "threatVendorId": null },
            },
        }));
        objects::insert(demo, indicators, &objects::new_body(demo, indicators, given))?;
    }
    Ok(())
}

/// What an indicator is by its looks.
fn kind(text: &str) -> Option<&'static str> {
    let text = text.trim();
    if text.parse::<std::net::Ipv4Addr>().is_ok() {
        return Some("IPv4");
    }
    if text.parse::<std::net::Ipv6Addr>().is_ok() {
        return Some("IPv6");
    }
    if text.contains("://") {
        return Some("URL");
    }
    let is_hexadecimal = text.chars().all(|letter| letter.is_ascii_hexdigit());
    match text.len() {
        32 if is_hexadecimal => Some("MD5"),
        40 if is_hexadecimal => Some("SHA1"),
        64 if is_hexadecimal => Some("SHA256"),
        _ => {
            let is_domain = text.contains('.')
                && text.chars().all(|letter| letter.is_alphanumeric() || matches!(letter, '.' | '-'));
            is_domain.then_some("Domain")
        }
    }
}

fn collection(path: &str) -> Result<&'static Collection, Failure> {
    Collection::at(path).ok_or_else(|| Failure::internal(format!("there is no {path}")))
}

fn map(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indicators_are_known_by_their_looks() {
        for (text, expected) in [
            ("203.0.113.9", Some("IPv4")),
            ("2001:db8::1", Some("IPv6")),
            ("evil.example.net", Some("Domain")),
            ("http://evil.example/x", Some("URL")),
            ("d41d8cd98f00b204e9800998ecf8427e", Some("MD5")),
            ("indicator", None),
            ("a description", None),
        ] {
            assert_eq!(kind(text), expected, "{text}");
        }
    }
}
