//! Records as the texts that are stored.

use serde::Serialize;

/// The JSON text of a record, for a column.
pub(crate) fn json<T: Serialize + ?Sized>(record: &T) -> rusqlite::Result<Option<String>> {
    let text = serde_json::to_string(record)
        .map_err(|error| rusqlite::Error::ToSqlConversionFailure(error.into()))?;
    Ok((text != "null").then_some(text))
}
