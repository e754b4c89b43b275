use crate::error::Error;
use crate::machine::{Call, Machine};
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::rows::{Rows, rows};

impl Client {
    /// Reads who is logged in on an asset (`GET /assets/{id}/user`; attested by one client, its shape is not public, so that
    /// one object is one row).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// assert!(Client::new(key, RetryPolicy::default()).asset_users("a-1").is_ok());
    /// ```
    pub fn asset_users(&self, asset_id: &str) -> Result<Machine<Rows>, Error> {
        let path = format!("{}/user", id_path("/assets", asset_id)?);
        Ok(self.machine(rows(Call::get(path, "reading the users of an asset"))))
    }
}
