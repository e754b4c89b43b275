use super::permit::{object, permit};
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine};
use crate::retry::Safety;
use crate::uptycs::client::Client;
use crate::uptycs::resource::{Verb, strip};
use crate::uptycs::write::{Consent, Write};
use serde_json::Value;

impl Client {
    /// Creates an object of a resource from JSON (docs/uptycs.md, 3.1 and 3.2): alert rules, exceptions, tags, tag rules,
    /// destinations, saved queries and others. Evidence: [`RESOURCES`](crate::uptycs::RESOURCES).
    ///
    /// The JSON may be an object that was read: what a create must not carry is taken out, and named in the report. The
    /// call is repeated only when the first certainly did not arrive, since a second would create a second object.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is none or text that is no JSON object; [`Error::NotAttested`] where
    /// the evidence is weaker than `consent` allows.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, Consent, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.create("tags", r#"{"key":"owner","value":"ada"}"#, Consent::AttestedOnly).is_ok());
    /// let error = client.create("assets", "{}", Consent::AttestedOnly).unwrap_err();
    /// assert_eq!(error.code(), "not_attested");
    /// ```
    pub fn create(&self, name: &str, json: &str, consent: Consent) -> Result<Machine<Write>, Error> {
        let path = permit(name, Verb::Create, consent)?;
        let stripped = strip(path.trim_start_matches('/'), object(json)?);
        let call = Call::write(Method::Post, path, Safety::UnsafeWrite, "creating an object")
            .with_json(Value::Object(stripped.object.clone()));
        Ok(self.machine(Write::new(call, stripped.object).without(stripped.removed)))
    }
}
