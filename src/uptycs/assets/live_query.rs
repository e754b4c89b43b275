use crate::error::Error;
use crate::machine::{Call, Machine};
use crate::uptycs::client::Client;
use crate::uptycs::filter::Filter;
use crate::uptycs::rows::{Rows, rows};
use serde_json::json;

impl Client {
    /// Asks assets themselves, at once, in osquery's dialect (`POST /assets/query`; attested; docs/uptycs.md, 4.5).
    ///
    /// The filter says which assets are asked; its fields are those of SQL: `id`, `host_name`, `os`. One that everything
    /// meets asks them all. For many assets a job with realtime is better.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty query, or a filter whose value does not fit its operator.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, Filter, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.live_query("SELECT * FROM uptime", &Filter::new().equals("os", "Ubuntu")).is_ok());
    /// ```
    pub fn live_query(&self, query: &str, assets: &Filter) -> Result<Machine<Rows>, Error> {
        let query = query.trim();
        if query.is_empty() {
            return Err(Error::InvalidArgument("A query is expected; it is empty.".to_owned()));
        }
        let body = json!({
            "type": "realtime",
            "query": query,
            "filtering": { "filters": assets.to_object()? },
        });
        Ok(self.machine(rows(Call::post_read("/assets/query", body.to_string(), "querying assets live"))))
    }
}
