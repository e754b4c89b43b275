//! Threat sources and indicators (docs/uptycs.md, 3.5).

use super::client::{Client, id_path};
use super::filter::Filter;
use super::list::ListOptions;
use super::multipart::Multipart;
use super::write::{Consent, ReadBack, Write};
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine};
use crate::operation::Evidence;
use crate::page::OffsetPages;
use crate::retry::Safety;
use serde_json::{Map, Value, json};

/// A threat source that is made from a CSV file. The file's columns are not public; it is sent as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ThreatSourceFile<'a> {
    /// The source's name.
    pub name: &'a str,
    /// What it holds.
    pub description: &'a str,
    /// The file's name, without folders.
    pub file_name: &'a str,
    /// The file's bytes: CSV in UTF-8.
    pub csv: &'a [u8],
}

impl ThreatSourceFile<'_> {
    fn call(&self, method: Method, path: String, safety: Safety, doing: &'static str) -> Result<Call, Error> {
        if self.name.trim().is_empty() {
            return Err(Error::InvalidArgument("A threat source needs a name.".to_owned()));
        }
        let form = Multipart::default().text("name", self.name).text("description", self.description).csv(
            "file",
            self.file_name,
            self.csv,
        )?;
        Ok(Call { payload: form.payload(), ..Call::write(method, path, safety, doing) })
    }

    fn wanted(&self) -> Map<String, Value> {
        let wanted = json!({ "name": self.name, "description": self.description });
        wanted.as_object().cloned().unwrap_or_default()
    }
}

impl Client {
    /// Creates a threat source from a CSV file (`POST /threatSources`, multipart; attested).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a source without a name, or a file that is empty or no UTF-8.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile, ThreatSourceFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let csv = b"indicator\n203.0.113.7\n";
    /// let file = ThreatSourceFile { name: "Ours", description: "", file_name: "ours.csv", csv };
    /// assert!(client.create_threat_source(&file).is_ok());
    /// ```
    pub fn create_threat_source(&self, file: &ThreatSourceFile<'_>) -> Result<Machine<Write>, Error> {
        let call = file.call(
            Method::Post,
            "/threatSources".to_owned(),
            Safety::UnsafeWrite,
            "creating a threat source",
        )?;
        Ok(self.machine(Write::new(call, file.wanted())))
    }

    /// Replaces a threat source by a CSV file (`PUT /threatSources/{id}`, multipart; reconstructed: the article speaks of
    /// updates, the verb is not public). Name and description are read back.
    ///
    /// # Errors
    ///
    /// As [`create_threat_source`](Client::create_threat_source); [`Error::NotAttested`] without consent.
    pub fn update_threat_source(
        &self,
        id: &str,
        file: &ThreatSourceFile<'_>,
        consent: Consent,
    ) -> Result<Machine<Write>, Error> {
        consent.permits(Evidence::Reconstructed, "Updating a threat source (PUT /threatSources/{id})")?;
        let path = id_path("/threatSources", id)?;
        let call =
            file.call(Method::Put, path.clone(), Safety::IdempotentWrite, "updating a threat source")?;
        let read_back = ReadBack { call: Call::get(path, "reading back a threat source"), is_gone: false };
        Ok(self.machine(Write::new(call, file.wanted()).reading_back(read_back)))
    }

    /// Lists the indicators that hold a text, such as an address or a part of a domain (`GET /threatIndicators` with a
    /// filter `like`; attested). Vendors and sources are listed by their names, `threatVendors` and `threatSources`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty text.
    pub fn threat_indicators(
        &self,
        text: &str,
        options: &ListOptions,
    ) -> Result<Machine<OffsetPages>, Error> {
        if text.trim().is_empty() {
            return Err(Error::InvalidArgument(
                "A part of an indicator is expected; it is empty.".to_owned(),
            ));
        }
        let pattern = if text.contains('%') { text.to_owned() } else { format!("%{}%", text.trim()) };
        let options = options.clone().filtered(&Filter::new().like("indicator", pattern))?;
        self.list("threatIndicators", &options)
    }
}
