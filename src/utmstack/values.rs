use super::ask::Ask;
use super::client::Client;
use super::dialect::Dialect;
use super::filter::{Filter, exact_field};
use super::search::SearchOptions;
use super::spoken::Spoken;
use super::value_counts::ValueCounts;
use crate::error::Error;
use crate::machine::{Call, Machine};
use crate::page::Total;
use crate::time::Timestamp;
use serde_json::{Value, json};

/// How the values of a field are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ValueOptions {
    /// How many values to give at the most, 1 or more.
    pub top: u32,
    /// Whether values come by their count; by themselves otherwise.
    pub by_count: bool,
    /// Whether the smallest comes first.
    pub ascending: bool,
}

impl Default for ValueOptions {
    /// The ten most frequent. It is always sent, since the defaults of servers and documentation differ.
    fn default() -> Self {
        Self { top: 10, by_count: true, ascending: false }
    }
}

impl Client {
    /// Counts how many alerts have each value of a field, within a search.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.9). Text is counted by its `.keyword`, which is added where it is
    /// missing. `limit`, `page_size` and `sort` of the search do not matter here.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for options that cannot be sent.
    pub fn property_values(
        &self,
        field: &str,
        search: &SearchOptions,
        options: ValueOptions,
        now: Timestamp,
    ) -> Result<Machine<Spoken<Ask<ValueCounts>>>, Error> {
        let (field, search) = (field.to_owned(), search.clone());
        self.spoken(move |dialect| {
            Ok(Ask::json(call(&field, &search, options, dialect, now)?, "counts of values"))
        })
    }

    /// Lists the values of a field in all alerts, the most frequent first, at most 10,000 of them, without counts.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.9).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn all_values(&self, field: &str) -> Result<Machine<Spoken<Ask<Vec<String>>>>, Error> {
        let field = field.to_owned();
        self.real("list of a field's values", move |dialect| {
            let call = Call::get("/api/elasticsearch/property/values", "listing the values of a field")
                .with("keyword", exact_field(&field, true))
                .with("indexPattern", dialect.alert_index());
            Ok(Ask::json(call, "a JSON array of texts"))
        })
    }
}

/// The call that counts a field's values.
pub(super) fn call(
    field: &str,
    search: &SearchOptions,
    options: ValueOptions,
    dialect: Dialect,
    now: Timestamp,
) -> Result<Call, Error> {
    if field.trim().is_empty() {
        return Err(Error::InvalidArgument("The name of a field is expected; it is empty.".to_owned()));
    }
    let body = json!({
        "field": exact_field(field, dialect.is_real()),
        "index": dialect.alert_index(),
        "filters": Value::Array(search.wire(dialect, now)?),
        "top": options.top.max(1),
        "orderByCount": options.by_count,
        "sortAsc": options.ascending,
    });
    let path = "/api/elasticsearch/property/values-with-count";
    Ok(Call::post_read(path, body.to_string(), "counting the values of a field"))
}

/// The exact number of alerts: those of each status, added.
pub(super) fn sum(search: &SearchOptions, dialect: Dialect, now: Timestamp) -> Result<Ask<Total>, Error> {
    let options = ValueOptions { top: 100, ..ValueOptions::default() };
    Ok(Ask::new(call("status", search, options, dialect, now)?, "counts of values", |response| {
        let counts: ValueCounts = serde_json::from_slice(&response.body)?;
        Ok(Total { value: counts.sum(), is_exact: true })
    }))
}

/// A search without its conditions on one field, and with a part of that field's text: what a facet is counted under.
pub(super) fn without(search: &SearchOptions, field: &str, containing: Option<&str>) -> SearchOptions {
    let mut search = search.clone();
    search.filters.retain(|filter| filter.field() != Some(plain(field)));
    search.filters.extend(containing.map(|text| Filter::contains(plain(field), text)));
    search
}

fn plain(field: &str) -> &str {
    field.strip_suffix(".keyword").unwrap_or(field)
}
