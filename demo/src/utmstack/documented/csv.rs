//! `POST /api/elasticsearch/alerts/export/csv`, which only the documentation has (docs/utmstack.md, A.3.9).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::body::Body;
use crate::utmstack::documented::date_format::formatted;
use crate::utmstack::documented::ids::{bad_request, internal};
use crate::utmstack::documented::search::read_filters;
use crate::utmstack::failure::Failure;
use crate::utmstack::selection::{Selection, order};

/// The most rows of one request.
const MOST: i64 = 100_000;

/// Flat names with where they lie in a document; those that lie nowhere are empty columns. How they map is left
/// open by the documentation.
const FIELDS: &[(&str, &str)] = &[
    ("sourceIp", "source.ip"),
    ("destIp", "destination.ip"),
    ("sourcePort", "source.port"),
    ("destPort", "destination.port"),
    ("createdAt", "@timestamp"),
    ("updatedAt", "@timestamp"),
    ("@timestamp", "@timestamp"),
    ("name", "name"),
    ("severity", "severity"),
    ("status", "status"),
    ("category", "category"),
    ("description", "description"),
    ("dataSource", "dataSource"),
    ("protocol", "protocol"),
    ("bytes", ""),
    ("packets", ""),
    ("tactic", "tactic"),
    ("technique", ""),
    ("user", ""),
    ("process", ""),
    ("file", ""),
    ("hash", ""),
    ("signature", ""),
    ("assignedTo", ""),
    ("tags", "tags"),
    ("notes", "notes"),
    ("disposition", ""),
    ("action", ""),
    ("outcome", ""),
    ("duration", ""),
];

/// Rows `from` to `from + size` in an order.
pub(crate) async fn csv(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let invalid = |message: String| bad_request("Invalid request", message);
    let body = Body::read(&headers, &body)?;
    let fields = body.texts("fields")?.filter(|fields| !fields.is_empty());
    let fields = fields.ok_or_else(|| invalid("fields is required".to_owned()))?;
    let paths: Vec<&str> = fields
        .iter()
        .map(|field| path(field).ok_or_else(|| invalid(format!("Unknown field '{field}'"))))
        .collect::<Result<_, _>>()?;
    let (from, size) = (body.int("from")?.unwrap_or(0), body.int("size")?.unwrap_or(10_000));
    if from < 0 || size < 0 {
        return Err(invalid("from and size must not be negative".to_owned()));
    }
    if size > MOST {
        return Err(Failure::Documented {
            status: StatusCode::PAYLOAD_TOO_LARGE,
            title: "Export too large",
            message: format!("An export holds at most {MOST} rows"),
        });
    }
    let layout = Layout::read(&body)?;
    let filters = read_filters(&demo, body.value("filters").unwrap_or(&Value::Null))?;
    let meaning = demo.utmstack.meaning();
    let selection = Selection::new(&filters, "alert-*", meaning)
        .map_err(|cause| bad_request("Invalid filter syntax", cause))?;
    let by = body.text("orderBy")?.unwrap_or_else(|| "@timestamp".to_owned());
    let downwards =
        body.text("sortDirection")?.is_none_or(|direction| !direction.eq_ignore_ascii_case("asc"));
    let by = path(&by).map_or(by.as_str(), |path| path).to_owned();
    let order = order(&[(by, downwards)], meaning).map_err(invalid)?;
    let mut text = if layout.has_heading { layout.line(fields.iter().cloned()) } else { String::new() };
    let paths: Vec<String> = paths.into_iter().map(str::to_owned).collect();
    let filename = layout.filename.clone();
    let written = demo.utmstack.database.reading(move |db| {
        selection.documents(db, &order, (from, size), |_, body| {
            let document: Value = serde_json::from_str(body).unwrap_or_default();
            text.push_str(&layout.line(paths.iter().map(|path| layout.cell(path, &document))));
            Ok(())
        })?;
        Ok(text)
    });
    let text = written.await.map_err(|error| internal(&error))?;
    let mut answer = ([(header::CONTENT_TYPE, "text/csv")], text).into_response();
    let disposition =
        filename.and_then(|name| HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).ok());
    if let Some(disposition) = disposition {
        answer.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(answer)
}

fn path(field: &str) -> Option<&'static str> {
    FIELDS.iter().find(|known| known.0 == field).map(|known| known.1)
}

/// How rows are written.
#[derive(Debug)]
struct Layout {
    separator: String,
    date_format: String,
    has_heading: bool,
    filename: Option<String>,
}

impl Layout {
    fn read(body: &Body) -> Result<Self, Failure> {
        let separator = body.text("separator")?.unwrap_or_else(|| ",".to_owned());
        if ![",", ";", "\t", "|", " "].contains(&separator.as_str()) {
            return Err(bad_request(
                "Invalid request",
                "separator must be a comma, semicolon, tab, pipe or space",
            ));
        }
        let date_format = body.text("dateFormat")?.unwrap_or_else(|| "yyyy-MM-dd HH:mm:ss".to_owned());
        if formatted(UtcInstant::from_millis(0), &date_format).is_none() {
            return Err(bad_request("Invalid request", format!("'{date_format}' is not a date format")));
        }
        let filename = body.text("filename")?.filter(|name| !name.contains('"'));
        Ok(Self {
            separator,
            date_format,
            has_heading: body.flag("includeHeaders")?.unwrap_or(true),
            filename,
        })
    }

    fn line(&self, cells: impl Iterator<Item = String>) -> String {
        format!("{}\n", cells.collect::<Vec<_>>().join(&self.separator))
    }

    /// Texts in quotes, numbers and instants bare.
    fn cell(&self, path: &str, document: &Value) -> String {
        let value = path.split('.').try_fold(document, |value, part| value.get(part));
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        match value {
            Some(Value::String(text)) if path == "@timestamp" => UtcInstant::parse(text)
                .and_then(|at| formatted(at, &self.date_format))
                .unwrap_or_else(|| quoted(text)),
            Some(Value::String(text)) => quoted(text),
            Some(Value::Array(elements)) => {
                let texts: Vec<&str> = elements.iter().filter_map(Value::as_str).collect();
                quoted(&texts.join(","))
            }
            Some(Value::Null) | None => String::new(),
            Some(other) => other.to_string(),
        }
    }
}
