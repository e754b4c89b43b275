use crate::error::{misuse, thrown};
use crate::moment::timestamp;
use crate::operation::Operation;
use crate::retry::policy;
use crate::search_options::SearchOptions;
use crate::value::from_js;
use serde::Deserialize;
use triagekit::utmstack::{Client, Credentials};
use triagekit::{BaseUrl, Secret};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A connection to a UTMStack instance.
#[wasm_bindgen]
#[derive(Debug)]
pub struct UtmstackHandle(Client);

/// The ways to prove who one is; `npm/js` has seen to it that exactly one is given.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
struct Given {
    username: Option<String>,
    password: Option<String>,
    api_key: Option<String>,
    token: Option<String>,
}

impl Given {
    fn credentials(self) -> Option<Credentials> {
        match self {
            Self { api_key: Some(key), .. } => Some(Credentials::ApiKey(Secret::new(key))),
            Self { token: Some(token), .. } => Some(Credentials::Token(Secret::new(token))),
            Self { username: Some(username), password: Some(password), .. } => {
                Some(Credentials::Password { username, password: Secret::new(password) })
            }
            Self { .. } => None,
        }
    }
}

#[wasm_bindgen]
impl UtmstackHandle {
    /// Opens a connection with `{ username, password }`, `{ apiKey }` or `{ token }`.
    ///
    /// # Errors
    ///
    /// Throws what is wrong with the address or the credentials.
    #[wasm_bindgen(constructor)]
    pub fn new(url: &str, credentials: JsValue, max_retries: Option<u32>) -> Result<Self, JsValue> {
        let root = BaseUrl::parse(url).map_err(|error| thrown(&error.into()))?;
        let given: Given = from_js(credentials, "Credentials")?;
        let credentials = given
            .credentials()
            .ok_or_else(|| misuse("Credentials are a user name with a password, an API key or a token."))?;
        Ok(Self(Client::new(root, credentials, policy(max_retries))))
    }

    /// Lists alerts.
    ///
    /// # Errors
    ///
    /// Throws for options that cannot be sent.
    pub fn alerts(
        &self,
        options: JsValue,
        now_ms: f64,
        deadline_ms: Option<f64>,
    ) -> Result<Operation, JsValue> {
        let now = timestamp(now_ms);
        let options = from_js::<SearchOptions>(options, "Search options")?.at(now)?;
        let machine = self.0.alerts(&options, now).map_err(|error| thrown(&error))?;
        Ok(Operation::new(machine, deadline_ms))
    }

    /// Reads one alert; a list of one or of none.
    ///
    /// # Errors
    ///
    /// Throws for an empty id.
    pub fn alert(&self, id: &str, now_ms: f64, deadline_ms: Option<f64>) -> Result<Operation, JsValue> {
        let machine = self.0.alert(id, timestamp(now_ms)).map_err(|error| thrown(&error))?;
        Ok(Operation::new(machine, deadline_ms))
    }

    /// Counts alerts.
    ///
    /// # Errors
    ///
    /// Throws for options that cannot be sent.
    pub fn count(
        &self,
        options: JsValue,
        now_ms: f64,
        deadline_ms: Option<f64>,
    ) -> Result<Operation, JsValue> {
        let now = timestamp(now_ms);
        let options = from_js::<SearchOptions>(options, "Search options")?.at(now)?;
        let machine = self.0.count(&options, now).map_err(|error| thrown(&error))?;
        Ok(Operation::new(machine, deadline_ms))
    }

    /// Counts all open alerts.
    #[wasm_bindgen(js_name = "countOpen")]
    pub fn count_open(&self, deadline_ms: Option<f64>) -> Operation {
        Operation::new(self.0.count_open(), deadline_ms)
    }
}
