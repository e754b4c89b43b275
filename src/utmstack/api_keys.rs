use super::ask::Ask;
use super::client::Client;
use super::spoken::Spoken;
use crate::error::Error;
use crate::http::{Method, percent_encode};
use crate::machine::{Call, Machine};
use crate::retry::Safety;
use crate::secret::Secret;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

const NAME: &str = "API keys";
const PATH: &str = "/api/api-keys";

/// An API key of the signed-in user, without the key itself (docs/utmstack.md, 2.3).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApiKey {
    /// Its id: a number in some versions, a UUID in others.
    pub id: Value,
    /// Its name.
    #[serde(default)]
    pub name: Option<String>,
    /// The addresses it may be used from.
    #[serde(default)]
    pub allowed_ip: Option<Vec<String>>,
    /// When it ends, as the server writes it.
    #[serde(default)]
    pub expires_at: Option<Value>,
}

impl Client {
    /// Lists the signed-in user's API keys.
    ///
    /// Evidence: attested (docs/utmstack.md, 2.3); 10.9 and 11.
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version, and with 404 for older servers.
    pub fn api_keys(&self) -> Result<Machine<Spoken<Ask<Vec<ApiKey>>>>, Error> {
        self.real(NAME, |_| Ok(Ask::json(Call::get(PATH, "listing API keys"), "a JSON array of API keys")))
    }

    /// Makes an API key, which is of no use before [`Client::generate_api_key`] gives it a value.
    ///
    /// Evidence: attested (docs/utmstack.md, 2.3); 10.9 and 11. Servers compare addresses with whoever connects to them,
    /// which behind their own proxy is the proxy. Any refusal is `conflict`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty name.
    pub fn create_api_key(
        &self,
        name: &str,
        allowed_ip: &[String],
        expires_at: Timestamp,
    ) -> Result<Machine<Spoken<Ask<ApiKey>>>, Error> {
        if name.trim().is_empty() {
            return Err(Error::InvalidArgument("An API key needs a name; it is empty.".to_owned()));
        }
        // A list is always sent: without one the server refuses.
        let body = json!({ "name": name, "allowedIp": allowed_ip, "expiresAt": expires_at });
        self.real(NAME, move |_| {
            let call = Call::write(Method::Post, PATH, Safety::UnsafeWrite, "creating an API key");
            Ok(Ask::json(call.with_json(&body), "an API key"))
        })
    }

    /// Gives an API key a new value, which is shown this once; the old one ends.
    ///
    /// Evidence: attested (docs/utmstack.md, 2.3); 10.9 and 11.
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn generate_api_key(&self, key: &ApiKey) -> Result<Machine<Spoken<Ask<Secret>>>, Error> {
        let path = format!("{}/generate", path(key));
        self.real(NAME, move |_| {
            let call =
                Call::write(Method::Post, path.as_str(), Safety::UnsafeWrite, "making an API key's value");
            Ok(Ask::new(call, "a key as text", |response| {
                let text = String::from_utf8_lossy(&response.body);
                Ok(Secret::new(text.trim().trim_matches('"')))
            }))
        })
    }

    /// Deletes an API key.
    ///
    /// Evidence: attested (docs/utmstack.md, 2.3); 10.9 and 11.
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn delete_api_key(&self, key: &ApiKey) -> Result<Machine<Spoken<Ask<()>>>, Error> {
        let path = path(key);
        self.real(NAME, move |_| {
            Ok(Ask::done(Call::write(
                Method::Delete,
                path.as_str(),
                Safety::IdempotentWrite,
                "deleting an API key",
            )))
        })
    }
}

fn path(key: &ApiKey) -> String {
    let id = key.id.as_str().map_or_else(|| key.id.to_string(), str::to_owned);
    format!("{PATH}/{}", percent_encode(&id))
}
