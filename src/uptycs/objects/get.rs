use crate::error::Error;
use crate::machine::{Call, Document, Machine};
use crate::platform::Platform;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::resource::resource_path;

impl Client {
    /// Reads one object of a resource (docs/uptycs.md, 3.2). Evidence: [`RESOURCES`](crate::uptycs::RESOURCES).
    ///
    /// A detection comes wrapped; [`detection`](Client::detection) unwraps it.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is none (see [`list`](Client::list)), or an empty id.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.get("alerts", "0e5f4d56-71ea-96b5-4d94-7f0927aaeb1c").is_ok());
    /// assert!(client.get("alerts", "").is_err());
    /// ```
    pub fn get(&self, name: &str, id: &str) -> Result<Machine<Document>, Error> {
        let call = Call::get(id_path(&resource_path(name)?, id)?, "reading one object");
        Ok(self.machine(Document::new(Platform::Uptycs, call)))
    }
}
