use super::permit::permit;
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine};
use crate::retry::Safety;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::resource::{Support, Verb, find};
use crate::uptycs::write::{Consent, ReadBack, Write};
use serde_json::Map;

impl Client {
    /// Deletes one object of a resource (docs/uptycs.md, 3.2). Evidence: [`RESOURCES`](crate::uptycs::RESOURCES).
    ///
    /// A reconstructed delete is read back. Assets are deleted by
    /// [`delete_assets`](Client::delete_assets) alone, which takes more care.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is none, an empty id, or assets; [`Error::NotAttested`] where the
    /// evidence is weaker than `consent` allows.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, Consent, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.delete("tags", "t-1", Consent::AttestedOnly).is_ok());
    /// assert!(client.delete("threatSources", "s-1", Consent::AttestedOnly).is_err());
    /// ```
    pub fn delete(&self, name: &str, id: &str, consent: Consent) -> Result<Machine<Write>, Error> {
        let path = permit(name, Verb::Delete, consent)?;
        if path == "/assets" {
            return Err(Error::InvalidArgument(
                "Assets are deleted by delete_assets: it takes a list that was saved, and begins with a dry run."
                    .to_owned(),
            ));
        }
        let path = id_path(&path, id)?;
        let call = Call::write(Method::Delete, path.clone(), Safety::IdempotentWrite, "deleting an object");
        let write = Write::new(call, Map::new());
        let support = find(name).map_or(Support::Unknown, |resource| resource.support(Verb::Delete));
        Ok(self.machine(if support == Support::Attested {
            write
        } else {
            write.reading_back(ReadBack {
                call: Call::get(path, "reading back what was deleted"),
                is_gone: true,
            })
        }))
    }
}
