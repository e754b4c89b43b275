use serde::Deserialize;
use triagekit::uptycs;

/// What `uptycs.list()` is given, checked by `npm/js` before.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ListOptions {
    limit: Option<u64>,
    page_size: Option<u64>,
    offset: Option<u64>,
    sort: Option<String>,
    filters: Option<String>,
    parameters: Vec<(String, String)>,
}

impl From<ListOptions> for uptycs::ListOptions {
    fn from(options: ListOptions) -> Self {
        let usual = Self::default();
        Self {
            limit: options.limit,
            page_size: options.page_size.unwrap_or(usual.page_size),
            offset: options.offset.unwrap_or(usual.offset),
            sort: options.sort,
            filters: options.filters,
            parameters: options.parameters,
        }
    }
}
