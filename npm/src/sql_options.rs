use serde::Deserialize;
use triagekit::uptycs;

/// What `uptycs.sql()` is given, checked by `npm/js` before. `days` is filled in there, since absent and null differ.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct SqlOptions {
    days: Option<u32>,
    limit: Option<u64>,
    page_size: Option<u64>,
}

impl From<SqlOptions> for uptycs::SqlOptions {
    fn from(options: SqlOptions) -> Self {
        let page_size = options.page_size.unwrap_or(Self::default().page_size);
        Self { days: options.days, limit: options.limit, page_size, ..Self::default() }
    }
}
