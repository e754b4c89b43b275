use super::client::Client;
use super::spoken::Spoken;
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Intent, Machine, Procedure};
use crate::platform::Platform;
use crate::time::Timestamp;
use core::convert::Infallible;
use serde::{Deserialize, Serialize};

/// A field that alerts have, for completion while typing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexProperty {
    /// Its path, such as `name`, `name.keyword` or `target.port`.
    #[serde(default)]
    pub name: String,
    /// Its type in OpenSearch: `text`, `keyword`, `long`, `date`, `boolean`, …
    #[serde(default, rename = "type")]
    pub kind: String,
}

/// Reads which fields alerts have.
#[derive(Debug)]
pub struct IndexProperties {
    call: Call,
    found: Option<Vec<IndexProperty>>,
}

impl Client {
    /// Lists the fields that alerts have, with their types; none where there are no alerts yet.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.9).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn index_properties(&self) -> Result<Machine<Spoken<IndexProperties>>, Error> {
        self.real("list of the fields of alerts", |dialect| {
            let call = Call::get("/api/elasticsearch/index/properties", "listing the fields of alerts");
            Ok(IndexProperties { call: call.with("indexPattern", dialect.alert_index()), found: None })
        })
    }
}

impl Procedure for IndexProperties {
    type Page = Infallible;
    type Report = Vec<IndexProperty>;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Infallible, Vec<IndexProperty>>, Error> {
        Ok(match self.found.take() {
            Some(found) => Intent::Done(found),
            None => Intent::Call(self.call.clone()),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let found = serde_json::from_slice(&response.body).map_err(|cause| {
            let expected = "a JSON array of fields";
            Unexpected::body(Platform::Utmstack, self.call.doing, &response, expected, &cause)
        })?;
        self.found = Some(found);
        Ok(())
    }

    /// 404 says that there is no index yet.
    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        if error.status() == Some(404) {
            self.found = Some(Vec::new());
            return Ok(());
        }
        Err(error)
    }
}
