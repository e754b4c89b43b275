use super::client::Client;
use super::dialect::Dialect;
use crate::error::Error;
use crate::pull::{Checkpoint, Pull, PullOptions, UtmstackSource};
use serde_json::Value;

impl Client {
    /// Pulls all alerts of a span of time, however many there are: slices of time get round the 10,000 rows that one
    /// search reaches (docs/utmstack.md, 1.3), from a checkpoint where one is given.
    ///
    /// `filters` are as the server takes them; one on a field that people change weakens the guarantee, and the report
    /// says so. Evidence: attested for versions 10 and 11.
    ///
    /// # Errors
    ///
    /// [`Error::Misuse`] while the API version is not known: drive a search or a count first, or set it
    /// with [`Client::with_dialect`]. [`Error::InvalidArgument`] for the documented version, whose search is not attested.
    ///
    /// ```
    /// use triagekit::pull::PullOptions;
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::utmstack::{Client, Credentials, Dialect};
    /// use triagekit::{BaseUrl, Secret};
    ///
    /// let url = BaseUrl::parse("https://siem.example.org").unwrap();
    /// let client = Client::new(url, Credentials::ApiKey(Secret::new("key")), RetryPolicy::default());
    /// assert!(client.pull_alerts(Vec::new(), PullOptions::default(), None).is_err());
    /// assert!(client.with_dialect(Dialect::V11).pull_alerts(Vec::new(), PullOptions::default(), None).is_ok());
    /// ```
    pub fn pull_alerts(
        &self,
        filters: Vec<Value>,
        options: PullOptions,
        checkpoint: Option<&Checkpoint>,
    ) -> Result<Pull<UtmstackSource>, Error> {
        let dialect = self.dialect().ok_or(Error::Misuse(
            "The API version is not known yet: drive a search or a count first, or set it.",
        ))?;
        if dialect == Dialect::Documented {
            return Err(Error::InvalidArgument(
                "Pulls need a server of API version 10 or 11; this one answers as the public documentation describes. \
                 Use a search of at most 10,000 rows instead."
                    .to_owned(),
            ));
        }
        let source = UtmstackSource::new(self.channel(), dialect.alert_index().to_owned(), filters);
        Ok(match checkpoint {
            Some(checkpoint) => Pull::resume(source, options, checkpoint),
            None => Pull::new(source, options),
        })
    }
}
