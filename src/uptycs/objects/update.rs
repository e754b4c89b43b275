use super::permit::{object, permit};
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine};
use crate::operation::Evidence;
use crate::retry::Safety;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::resource::{Support, Verb, find, strip};
use crate::uptycs::write::{Consent, ReadBack, Write};
use serde_json::Value;

impl Client {
    /// Writes fields of one object of a resource (docs/uptycs.md, 3.1 and 3.2). Evidence:
    /// [`RESOURCES`](crate::uptycs::RESOURCES).
    ///
    /// The JSON may be the object that was read, or some of its fields; what an update must not carry is taken out, and
    /// named in the report. A reconstructed update is read back.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is none, an empty id, text that is no JSON object, or one of which
    /// nothing is left to write; [`Error::NotAttested`] where the evidence is weaker than `consent` allows.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, Consent, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let machine = client.update("alertRules", "r-1", r#"{"enabled":false}"#, Consent::AttestedOnly);
    /// assert!(machine.is_ok());
    /// ```
    pub fn update(
        &self,
        name: &str,
        id: &str,
        json: &str,
        consent: Consent,
    ) -> Result<Machine<Write>, Error> {
        let path = permit(name, Verb::Update, consent)?;
        let stripped = strip(path.trim_start_matches('/'), object(json)?);
        if stripped.object.is_empty() {
            return Err(Error::InvalidArgument(
                "There is nothing to write: of the object given, no field is one that an update may carry."
                    .to_owned(),
            ));
        }
        let path = id_path(&path, id)?;
        let call = Call::write(Method::Put, path.clone(), Safety::IdempotentWrite, "updating an object")
            .with_json(Value::Object(stripped.object.clone()));
        let write = Write::new(call, stripped.object).without(stripped.removed);
        let support = find(name).map_or(Support::Unknown, |resource| resource.support(Verb::Update));
        Ok(self.machine(if support.evidence() == Evidence::Attested {
            write
        } else {
            write.reading_back(ReadBack {
                call: Call::get(path, "reading back what was written"),
                is_gone: false,
            })
        }))
    }
}
