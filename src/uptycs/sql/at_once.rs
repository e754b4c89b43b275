use super::query::SqlOptions;
use super::submission::{bounded, statement};
use crate::error::Error;
use crate::machine::{Call, Machine};
use crate::time::Timestamp;
use crate::uptycs::client::Client;
use crate::uptycs::rows::{Rows, rows};
use core::time::Duration;
use serde_json::json;

impl Client {
    /// Runs a small query and waits for its rows, without a job (`POST /query`; attested; docs/uptycs.md, 4.3). Rows are flat.
    ///
    /// Of the options, `days` and `schema` count: the query is bounded in time as by [`sql`](Client::sql).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty query, or when the time bound cannot be placed; it holds the corrected
    /// statement.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile, SqlOptions};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let now = triagekit::Timestamp::from_unix_seconds(1_769_797_412);
    /// assert!(client.query("SELECT count(*) FROM upt_assets", &SqlOptions::default(), now).is_ok());
    /// ```
    pub fn query(&self, query: &str, options: &SqlOptions, now: Timestamp) -> Result<Machine<Rows>, Error> {
        let query = statement(query)?;
        let query = match options.days {
            None => query.to_owned(),
            Some(days) => {
                bounded(query, now.before(Duration::from_secs(u64::from(days) * 86_400)), options)?.0
            }
        };
        let body = json!({ "query": query, "type": "global" });
        Ok(self.machine(rows(Call::post_read("/query", body.to_string(), "running a query"))))
    }

    /// Queries the audit log (`POST /auditQuery`, table `api_audit_logs`; attested by iusql). It runs as it stands: the
    /// log's column of time is not public, so that no bound is placed.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty query.
    pub fn audit_query(&self, query: &str) -> Result<Machine<Rows>, Error> {
        let body = json!({ "query": statement(query)? });
        Ok(self.machine(rows(Call::post_read("/auditQuery", body.to_string(), "querying the audit log"))))
    }
}
