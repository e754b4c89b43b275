use super::client::Client;
use super::resource::resource_path;
use crate::error::Error;
use crate::pull::{Checkpoint, Pull, PullOptions, UptycsSource};
use serde_json::{Map, Value};

impl Client {
    /// Pulls all rows of a list that has a time of creation, such as `alerts`, `detections` or `assets`, in slices of
    /// time (docs/uptycs.md, 3.1), from a checkpoint where one is given.
    ///
    /// `filters` are of the form `{"field":{"operator":value}}`; one on a field that people change weakens the
    /// guarantee, and the report says so. Evidence: attested (`filters` with `between`, `sort`, `limit`).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is not letters, digits, hyphens, underscores and slashes.
    ///
    /// ```
    /// use triagekit::machine::Moment;
    /// use triagekit::pull::{PullOptions, PullStep};
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    /// use triagekit::Timestamp;
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let mut pull = client.pull("alerts", Default::default(), PullOptions::default(), None).unwrap();
    /// let moment = Moment { now: Timestamp::from_unix_seconds(1_769_797_412), entropy: 0 };
    /// assert!(matches!(pull.next(moment), Ok(PullStep::Send(..))));
    /// ```
    pub fn pull(
        &self,
        name: &str,
        filters: Map<String, Value>,
        options: PullOptions,
        checkpoint: Option<&Checkpoint>,
    ) -> Result<Pull<UptycsSource>, Error> {
        let source = UptycsSource::new(self.channel(), resource_path(name)?, filters);
        Ok(match checkpoint {
            Some(checkpoint) => Pull::resume(source, options, checkpoint),
            None => Pull::new(source, options),
        })
    }
}
