use crate::error::Error;
use crate::machine::Machine;
use crate::page::OffsetPages;
use crate::uptycs::client::Client;
use crate::uptycs::list::ListOptions;
use crate::uptycs::resource::{find, resource_path};

impl Client {
    /// Lists a resource by its name, such as `alerts`, `assets` or the article's `thretSources`, or any other path
    /// (docs/uptycs.md, 8). Evidence: [`RESOURCES`](crate::uptycs::RESOURCES).
    ///
    /// What is no list but `{"tables":[…]}`, a bare array or one object is given as one page.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is not letters, digits, hyphens, underscores and slashes.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile, ListOptions};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.list("thretSources", &ListOptions::default()).is_ok());
    /// assert!(client.list("../users", &ListOptions::default()).is_err());
    /// ```
    pub fn list(&self, name: &str, options: &ListOptions) -> Result<Machine<OffsetPages>, Error> {
        let pages = options.pages(&resource_path(name)?, "listing rows");
        let is_lenient = find(name).is_none_or(|resource| resource.shape.is_lenient());
        Ok(self.machine(if is_lenient { pages.taking_any_shape() } else { pages }))
    }
}
