use super::alert::Alert;
use super::dialect::Dialect;
use super::filter::Filter;
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::Call;
use crate::platform::Platform;
use serde_json::Value;
use std::collections::HashMap;

/// The most alerts that one reading gives (docs/utmstack.md, 1.1).
pub(super) const LARGEST_CHUNK: usize = 2_000;

/// The call that reads these alerts, whatever their age.
pub(super) fn call(dialect: Dialect, ids: &[String], doing: &'static str) -> Result<Call, Error> {
    let filters = Filter::one_of("id", ids.iter().cloned()).compile(dialect)?;
    let size = ids.len().to_string();
    Ok(Call::post_read("/api/elasticsearch/search", Value::Array(filters).to_string(), doing)
        .with("indexPattern", dialect.alert_index())
        .with("top", size.as_str())
        .with("page", "1")
        .with("size", size))
}

/// The alerts of an answer by their ids.
pub(super) fn alerts(response: &Response, doing: &'static str) -> Result<HashMap<String, Alert>, Error> {
    let documents: Vec<Value> = serde_json::from_slice(&response.body).map_err(|cause| {
        Unexpected::body(Platform::Utmstack, doing, response, "a JSON array of documents", &cause)
    })?;
    let alerts = documents.into_iter().filter_map(|document| serde_json::from_value::<Alert>(document).ok());
    Ok(alerts.filter_map(|alert| Some((alert.id()?.to_owned(), alert))).collect())
}
