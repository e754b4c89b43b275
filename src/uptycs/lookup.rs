//! Rows of lookup tables (docs/uptycs.md, 3.6). The tables themselves are created, updated and deleted by name.

use super::client::{Client, id_path};
use super::list::ListOptions;
use super::multipart::Multipart;
use super::write::Write;
use crate::error::Error;
use crate::http::{Method, percent_encode};
use crate::machine::{Call, Machine};
use crate::page::OffsetPages;
use crate::retry::Safety;
use serde_json::{Map, Value};

impl Client {
    /// Lists the rows of a lookup table (`GET /lookupTables/{id}/data`; attested as a bare array and as a list, and both are
    /// read).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    pub fn lookup_rows(&self, table_id: &str, options: &ListOptions) -> Result<Machine<OffsetPages>, Error> {
        let path = format!("{}/data", id_path("/lookupTables", table_id)?);
        Ok(self.machine(options.pages(&path, "listing rows of a lookup table").taking_any_shape()))
    }

    /// Adds rows to a lookup table: a JSON array of objects, each with the table's `idField` (`POST /lookupTables/{id}/data`;
    /// attested).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id, text that is no array of objects, or a row without `id_field`.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// assert!(client.add_lookup_rows("t-1", "ip", r#"[{"ip":"10.0.0.1","owner":"ada"}]"#).is_ok());
    /// let error = client.add_lookup_rows("t-1", "ip", r#"[{"owner":"ada"}]"#).unwrap_err();
    /// assert!(error.to_string().contains("row 1"));
    /// ```
    pub fn add_lookup_rows(
        &self,
        table_id: &str,
        id_field: &str,
        rows: &str,
    ) -> Result<Machine<Write>, Error> {
        let path = format!("{}/data", id_path("/lookupTables", table_id)?);
        let parsed: Vec<Map<String, Value>> = serde_json::from_str(rows).map_err(|cause| {
            Error::InvalidArgument(format!("The rows are a JSON array of objects; this is not one: {cause}."))
        })?;
        if parsed.is_empty() {
            return Err(Error::InvalidArgument("At least one row is expected.".to_owned()));
        }
        if let Some(at) = parsed.iter().position(|row| row.get(id_field).is_none_or(Value::is_null)) {
            return Err(Error::InvalidArgument(format!(
                "Each row needs a value for {id_field:?}, the table's id field; row {} has none.",
                at + 1
            )));
        }
        let call = Call::write(Method::Post, path, Safety::UnsafeWrite, "adding rows to a lookup table");
        Ok(self.machine(Write::new(call.with_json(rows), Map::new())))
    }

    /// Adds rows to a lookup table from a CSV file (`POST /lookupTables/{id}/csvdata`, multipart; attested).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id, or a file that is empty or no UTF-8.
    pub fn add_lookup_csv(
        &self,
        table_id: &str,
        file_name: &str,
        csv: &[u8],
    ) -> Result<Machine<Write>, Error> {
        let path = format!("{}/csvdata", id_path("/lookupTables", table_id)?);
        let payload = Multipart::default().csv("file", file_name, csv)?.payload();
        let call = Call::write(Method::Post, path, Safety::UnsafeWrite, "adding rows to a lookup table");
        Ok(self.machine(Write::new(Call { payload, ..call }, Map::new())))
    }

    /// Deletes one row of a lookup table (`DELETE /lookupTables/{id}/data/{rowId}`; attested).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    pub fn delete_lookup_row(&self, table_id: &str, row_id: &str) -> Result<Machine<Write>, Error> {
        let table = id_path("/lookupTables", table_id)?;
        id_path("/data", row_id)?;
        let path = format!("{table}/data/{}", percent_encode(row_id.trim()));
        let call =
            Call::write(Method::Delete, path, Safety::IdempotentWrite, "deleting a row of a lookup table");
        Ok(self.machine(Write::new(call, Map::new())))
    }
}
