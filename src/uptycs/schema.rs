use super::client::Client;
use super::reading::{Reading, json};
use crate::machine::{Call, Machine};
use serde::{Deserialize, Serialize};

/// The tables that SQL can ask (docs/uptycs.md, 5).
///
/// ```
/// use triagekit::uptycs::Schema;
///
/// let text = r#"{"tables":[{"name":"processes","columns":[{"name":"pid","type":"bigint"}]}]}"#;
/// let schema: Schema = serde_json::from_str(text).unwrap();
/// assert_eq!(schema.table("PROCESSES").unwrap().columns.len(), 1);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Schema {
    /// The tables, in the order they came.
    pub tables: Vec<SchemaTable>,
}

/// A table that SQL can ask.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SchemaTable {
    /// Its name.
    pub name: String,
    /// What it holds, in the vendor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its columns.
    #[serde(default)]
    pub columns: Vec<SchemaColumn>,
}

/// A column of such a table.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct SchemaColumn {
    /// Its name.
    pub name: String,
    /// Its type, in the vendor's words; empty where it is not said.
    #[serde(default, rename = "type")]
    pub kind: String,
    /// What it holds, in the vendor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// Whose tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum SchemaKind {
    /// The lake's.
    #[default]
    Global,
    /// The assets' own.
    Realtime,
    /// Those of the time machine.
    TimeMachine,
}

impl Schema {
    /// Finds a table by its name, in any case.
    pub fn table(&self, name: &str) -> Option<&SchemaTable> {
        self.tables.iter().find(|table| table.name.eq_ignore_ascii_case(name))
    }
}

impl Client {
    /// Reads the tables and columns that SQL can ask (`GET /schema/global` and its like; attested by usql).
    ///
    /// Given to [`SqlOptions::schema`](crate::uptycs::SqlOptions), it says where the time of tables is that are not known here.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile, SchemaKind};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let machine = Client::new(key, RetryPolicy::default()).schema(SchemaKind::Global);
    /// assert!(format!("{machine:?}").contains("/schema/global"));
    /// ```
    pub fn schema(&self, kind: SchemaKind) -> Machine<Reading<Schema>> {
        let path = match kind {
            SchemaKind::Global => "/schema/global",
            SchemaKind::Realtime => "/schema/realtime",
            SchemaKind::TimeMachine => "/schema/timemachine",
        };
        self.machine(Reading::new(Call::get(path, "reading the schema"), |call, response| {
            json(call, &response, "an object with \"tables\"")
        }))
    }
}
