use crate::error::{misuse, thrown};
use crate::list_options::ListOptions;
use crate::moment::timestamp;
use crate::operation::Operation;
use crate::retry::policy;
use crate::sql_options::SqlOptions;
use crate::value::from_js;
use core::time::Duration;
use triagekit::uptycs::{Client, KeyFile};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// A connection to an Uptycs tenant.
#[wasm_bindgen]
#[derive(Debug)]
pub struct UptycsHandle(Client);

#[wasm_bindgen]
impl UptycsHandle {
    /// Opens a connection with the text of a key file.
    ///
    /// # Errors
    ///
    /// Throws what is wrong with the key file.
    #[wasm_bindgen(constructor)]
    pub fn new(key_file: &str, max_retries: Option<u32>) -> Result<Self, JsValue> {
        Self::open(KeyFile::parse(key_file), max_retries)
    }

    /// Opens a connection with `key#secret`, a domain and the customer's id.
    ///
    /// # Errors
    ///
    /// Throws what is wrong with them.
    #[wasm_bindgen(js_name = "fromParts")]
    pub fn from_parts(
        key_and_secret: &str,
        domain: &str,
        customer_id: &str,
        max_retries: Option<u32>,
    ) -> Result<Self, JsValue> {
        Self::open(KeyFile::from_parts(key_and_secret, domain, customer_id), max_retries)
    }

    fn open(
        key: Result<KeyFile, triagekit::uptycs::KeyFileError>,
        max_retries: Option<u32>,
    ) -> Result<Self, JsValue> {
        let key = key.map_err(|error| thrown(&error.into()))?;
        Ok(Self(Client::new(key, policy(max_retries))))
    }

    /// A token that is good for `seconds` from now.
    ///
    /// # Errors
    ///
    /// Throws for less than a second and for more than a calendar holds.
    pub fn token(&self, seconds: f64, now_ms: f64) -> Result<String, JsValue> {
        let lifetime = Duration::try_from_secs_f64(seconds)
            .map_err(|_| misuse("A token's time to live is a number of seconds, such as 300."))?;
        let token = self.0.token(timestamp(now_ms), lifetime).map_err(|error| thrown(&error))?;
        Ok(token.expose().to_owned())
    }

    /// Lists a resource.
    ///
    /// # Errors
    ///
    /// Throws for a name that is none.
    pub fn list(&self, name: &str, options: JsValue, deadline_ms: Option<f64>) -> Result<Operation, JsValue> {
        let options: ListOptions = from_js(options, "List options")?;
        let machine = self.0.list(name, &options.into()).map_err(|error| thrown(&error))?;
        Ok(Operation::new(machine, deadline_ms))
    }

    /// Reads one object of a resource.
    ///
    /// # Errors
    ///
    /// Throws for a name or an id that is none.
    pub fn get(&self, name: &str, id: &str, deadline_ms: Option<f64>) -> Result<Operation, JsValue> {
        let machine = self.0.get(name, id).map_err(|error| thrown(&error))?;
        Ok(Operation::new(machine, deadline_ms))
    }

    /// Runs a SQL query to all its rows.
    ///
    /// # Errors
    ///
    /// Throws when the query cannot be bounded in time as the options ask.
    pub fn sql(
        &self,
        query: &str,
        options: JsValue,
        now_ms: f64,
        deadline_ms: Option<f64>,
    ) -> Result<Operation, JsValue> {
        let options: SqlOptions = from_js(options, "SQL options")?;
        let machine =
            self.0.sql(query, &options.into(), timestamp(now_ms)).map_err(|error| thrown(&error))?;
        Ok(Operation::new(machine, deadline_ms))
    }
}
