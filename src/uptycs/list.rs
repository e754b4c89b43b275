use super::filter::{Filter, Sort};
use crate::error::Error;
use crate::machine::Call;
use crate::page::{OffsetPages, Shape};

/// The largest page that the vendor's article speaks of; servers that cap lower say so in what they answer.
const LARGEST_PAGE: u64 = 10_000;

/// What a list call asks for (docs/uptycs.md, 3.1).
///
/// ```
/// use triagekit::uptycs::ListOptions;
///
/// let newest = ListOptions { limit: Some(10), sort: Some("alertTime:desc".into()), ..ListOptions::default() };
/// assert_eq!(newest.page_size, 10_000);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListOptions {
    /// How many rows to give at the most; all of them for `None`.
    pub limit: Option<u64>,
    /// How many rows a request asks for, 1 to 10,000.
    pub page_size: u64,
    /// Which row to begin with, from 0.
    pub offset: u64,
    /// `field:asc` or `field:desc`.
    pub sort: Option<String>,
    /// A JSON object `{"field":{"operator":value}}`.
    pub filters: Option<String>,
    /// Further parameters, passed as they are.
    pub parameters: Vec<(String, String)>,
}

impl Default for ListOptions {
    fn default() -> Self {
        Self {
            limit: None,
            page_size: LARGEST_PAGE,
            offset: 0,
            sort: None,
            filters: None,
            parameters: Vec::new(),
        }
    }
}

impl ListOptions {
    /// Narrows the list.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] when a value of the filter does not fit its operator.
    ///
    /// ```
    /// use triagekit::uptycs::{Filter, ListOptions};
    ///
    /// let options = ListOptions::default().filtered(&Filter::new().equals("status", "open")).unwrap();
    /// assert_eq!(options.filters.as_deref(), Some(r#"{"status":{"equals":"open"}}"#));
    /// ```
    pub fn filtered(mut self, filter: &Filter) -> Result<Self, Error> {
        self.filters = if filter.is_empty() { None } else { Some(filter.to_json()?) };
        Ok(self)
    }

    /// Sorts the list.
    pub fn sorted(mut self, sort: &Sort) -> Self {
        self.sort = Some(sort.to_string());
        self
    }

    /// Adds a plain parameter, such as `name` for saved queries or `key` and `value` for tags.
    pub fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.parameters.push((name.into(), value.into()));
        self
    }

    /// The walk over a list that these options ask for.
    pub(super) fn pages(&self, path: &str, doing: &'static str) -> OffsetPages {
        let mut call = Call::get(path, doing);
        if let Some(sort) = &self.sort {
            call = call.with("sort", sort);
        }
        if let Some(filters) = &self.filters {
            call = call.with("filters", filters);
        }
        for (name, value) in &self.parameters {
            call = call.with(name, value);
        }
        let size = self.page_size.clamp(1, LARGEST_PAGE);
        OffsetPages::new(call, Shape::Identified, size, self.limit).starting_at(self.offset)
    }
}
