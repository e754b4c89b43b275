use crate::error::{misuse, thrown};
use serde::Deserialize;
use triagekit::Timestamp;
use triagekit::utmstack::{self, TimeRange};
use wasm_bindgen::JsValue;

/// What a search for alerts is given, checked by `npm/js` before.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SearchOptions {
    since: Option<String>,
    until: Option<String>,
    /// A JSON array, as text: values of any shape pass unchanged.
    filters: Option<String>,
    limit: Option<u64>,
    page_size: Option<u64>,
    sort: Vec<String>,
}

impl SearchOptions {
    /// The same for the core, with lengths of time counted back from `now`.
    pub(crate) fn at(self, now: Timestamp) -> Result<utmstack::SearchOptions, JsValue> {
        let range = TimeRange::parse(self.since.as_deref(), self.until.as_deref(), now)
            .map_err(|error| thrown(&error))?;
        let filters = self.filters.as_deref().map_or(Ok(Vec::new()), |text| {
            serde_json::from_str(text).map_err(|_| misuse("filters is a list of objects."))
        })?;
        let page_size = self.page_size.unwrap_or(utmstack::SearchOptions::default().page_size);
        Ok(utmstack::SearchOptions {
            range,
            filters,
            limit: self.limit,
            page_size,
            sort: self.sort,
            ..utmstack::SearchOptions::default()
        })
    }
}
