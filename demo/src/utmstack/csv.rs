//! `POST /api/elasticsearch/search/csv` (docs/utmstack.md, 1.10).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::Value;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::search::WINDOW;
use crate::utmstack::selection::{Selection, order};

const PLACE: &str = "ElasticsearchResource.searchToCsv";
const OBJECT: &str = "csvExportingParams";

/// A column; whether it is visible is not looked at.
#[derive(Debug)]
struct Column {
    heading: String,
    path: String,
    kind: Option<String>,
}

/// The table. Without hits there is nothing in the answer that says CSV.
pub(crate) async fn csv(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let failed = |cause: &str| Failure::internal(PLACE, cause);
    let not_null = |field: &'static str| Failure::invalid(OBJECT, field, "must not be null");
    let body = Body::read(&headers, &body)?;
    let columns = body.list("columns")?.ok_or_else(|| not_null("columns"))?;
    let columns = columns.iter().map(Column::read).collect::<Result<Vec<_>, _>>()?;
    let top = body.int("top")?.ok_or_else(|| not_null("top"))?;
    let pattern = body.text("indexPattern")?.ok_or_else(|| not_null("indexPattern"))?;
    let filters = FilterType::read_field(&body, "filters", demo.utmstack.personality)?;
    if !(0..=WINDOW).contains(&top) {
        return Err(failed("Result window is too large, from + size must be less than or equal to: [10000]"));
    }
    let meaning = demo.utmstack.meaning();
    let selection = Selection::new(&filters, &pattern, meaning).map_err(|cause| failed(&cause))?;
    let order = order(&[], meaning).map_err(|cause| failed(&cause))?;
    let documents = demo.utmstack.database.reading(move |db| {
        if selection.lacks_index(db)? {
            return Ok(None);
        }
        let mut documents: Vec<Value> = Vec::new();
        selection.documents(db, &order, (0, top), |_, body| {
            documents.push(serde_json::from_str(body).unwrap_or_default());
            Ok(())
        })?;
        Ok(Some(documents))
    });
    let documents = documents.await.map_err(|error| failed(&error.to_string()))?;
    let documents = documents.ok_or_else(|| failed("[index_not_found_exception] no such index"))?;
    if documents.is_empty() {
        return Ok(StatusCode::OK.into_response());
    }
    let mut text = line(columns.iter().map(|column| Some(column.heading.clone())));
    if columns.iter().any(|column| column.kind.is_none()) {
        return Err(failed("Cannot invoke \"String.equals(Object)\" because \"type\" is null"));
    }
    for document in &documents {
        text.push_str(&line(columns.iter().map(|column| column.cell(document))));
    }
    let headers =
        [(header::CONTENT_TYPE, "text/csv"), (header::CONTENT_DISPOSITION, "attachment; filename=data.csv")];
    Ok((headers, latin_1(&text)).into_response())
}

impl Column {
    fn read(value: &Value) -> Result<Self, Failure> {
        let body = Body::of(value)?;
        let field = body.text("field")?.ok_or_else(|| Failure::internal(PLACE, "\"field\" is null"))?;
        let path = field.strip_suffix(".keyword").unwrap_or(&field).to_owned();
        let heading = body.text("label")?.unwrap_or_else(|| path.clone());
        Ok(Self { heading, path, kind: body.text("type")? })
    }

    /// The cell; `None` when it is left empty.
    fn cell(&self, document: &Value) -> Option<String> {
        let value = self.path.split('.').try_fold(document, |value, part| value.get(part));
        match value {
            Some(Value::String(text)) if self.kind.as_deref() == Some("date") => Some(date(text)),
            Some(Value::String(text)) => Some(text.replace(['\n', '\r', '\t'], " ")),
            Some(Value::Array(elements)) => Some(
                elements
                    .iter()
                    .map(|element| element.as_str().map_or_else(|| element.to_string(), str::to_owned))
                    .collect::<Vec<_>>()
                    .join(","),
            ),
            // Numbers, truths and objects are passed over.
            _ => None,
        }
    }
}

/// In the time zone of the server, which is UTC.
fn date(text: &str) -> String {
    match UtcInstant::parse(text) {
        Some(at) => at.sql().split('.').next().unwrap_or_default().to_owned(),
        None => text.to_owned(),
    }
}

fn line(cells: impl Iterator<Item = Option<String>>) -> String {
    let cells: Vec<String> = cells
        .map(|cell| cell.map_or_else(String::new, |text| format!("\"{}\"", text.replace('"', "\"\""))))
        .collect();
    format!("{}\r\n", cells.join(","))
}

/// What servlets write when nobody names another encoding: other letters become question marks.
fn latin_1(text: &str) -> Vec<u8> {
    text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap_or(b'?')).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn cell(field: &str, kind: &str, document: &Value) -> Option<String> {
        Column::read(&json!({ "field": field, "type": kind })).unwrap().cell(document)
    }

    #[test]
    fn numbers_are_blank_lists_are_joined_and_lines_become_spaces() {
        let document = json!({ "severity": 3, "tags": ["a", "b"], "name": "two\nlines", "at": "2026-01-30T18:23:32.1Z" });
        assert_eq!(cell("severity", "number", &document), None);
        assert_eq!(cell("tags.keyword", "string", &document).unwrap(), "a,b");
        assert_eq!(cell("name", "string", &document).unwrap(), "two lines");
        assert_eq!(cell("at", "date", &document).unwrap(), "2026-01-30 18:23:32");
        assert_eq!(line([Some("say \"x\"".to_owned()), None].into_iter()), "\"say \"\"x\"\"\",\r\n");
    }

    #[test]
    fn letters_beyond_latin_1_are_lost() {
        assert_eq!(latin_1("é東"), [0xe9, b'?']);
    }
}
