//! Presto's casts, texts and JSON, as functions for SQLite.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::{Value as Sql, ValueRef};
use rusqlite::{Connection, Error};
use serde_json::Value;

/// A cast; `None` when it fails.
type Cast = fn(ValueRef<'_>) -> Option<Sql>;

/// A rounding.
type Round = fn(f64) -> f64;

/// Registers the functions.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    let casts: [(&str, Cast); 3] = [("integer", integer), ("double", double), ("boolean", boolean)];
    for (name, cast) in casts {
        connection.create_scalar_function(format!("presto_{name}").as_str(), 1, flags, move |context| {
            match context.get_raw(0) {
                ValueRef::Null => Ok(Sql::Null),
                value => cast(value).ok_or_else(|| {
                    let text = varchar(value).unwrap_or_default();
                    Error::UserFunctionError(
                        format!("Cannot cast '{text}' to {}", name.to_uppercase()).into(),
                    )
                }),
            }
        })?;
        connection.create_scalar_function(
            format!("presto_try_{name}").as_str(),
            1,
            flags,
            move |context| Ok(cast(context.get_raw(0)).unwrap_or(Sql::Null)),
        )?;
    }
    connection
        .create_scalar_function("presto_varchar", 1, flags, |context| Ok(varchar(context.get_raw(0))))?;
    let rounds: [(&str, Round); 2] = [("presto_ceil", f64::ceil), ("presto_floor", f64::floor)];
    for (name, round) in rounds {
        connection.create_scalar_function(name, 1, flags, move |context| {
            Ok(match context.get_raw(0) {
                ValueRef::Integer(number) => Sql::Integer(number),
                value => double(value).map_or(Sql::Null, |value| match value {
                    Sql::Real(number) => Sql::Real(round(number)),
                    other => other,
                }),
            })
        })?;
    }
    connection.create_scalar_function("presto_starts_with", 2, flags, |context| {
        let (text, start): (Option<String>, Option<String>) = (context.get(0)?, context.get(1)?);
        Ok(text.zip(start).map(|(text, start)| text.starts_with(&start)))
    })?;
    connection.create_scalar_function("presto_split_part", 3, flags, split_part)?;
    connection.create_scalar_function("presto_json_extract", 2, flags, |context| {
        Ok(extract(context)?.map(|value| value.to_string()))
    })?;
    connection.create_scalar_function("presto_json_extract_scalar", 2, flags, |context| {
        Ok(extract(context)?.and_then(|value| match value {
            Value::Null | Value::Array(_) | Value::Object(_) => None,
            Value::String(text) => Some(text),
            other => Some(other.to_string()),
        }))
    })
}

fn integer(value: ValueRef<'_>) -> Option<Sql> {
    match value {
        ValueRef::Integer(number) => Some(Sql::Integer(number)),
        ValueRef::Real(number) => format!("{:.0}", number.round()).parse().ok().map(Sql::Integer),
        ValueRef::Text(text) => std::str::from_utf8(text).ok()?.trim().parse().ok().map(Sql::Integer),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

fn double(value: ValueRef<'_>) -> Option<Sql> {
    varchar(value)?.trim().parse().ok().map(Sql::Real)
}

fn boolean(value: ValueRef<'_>) -> Option<Sql> {
    match varchar(value)?.to_ascii_lowercase().as_str() {
        "true" | "t" | "1" => Some(Sql::Integer(1)),
        "false" | "f" | "0" => Some(Sql::Integer(0)),
        _ => None,
    }
}

fn varchar(value: ValueRef<'_>) -> Option<String> {
    match value {
        ValueRef::Integer(number) => Some(number.to_string()),
        ValueRef::Real(number) => Some(number.to_string()),
        ValueRef::Text(text) => Some(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Null | ValueRef::Blob(_) => None,
    }
}

fn split_part(context: &Context<'_>) -> rusqlite::Result<Option<String>> {
    let (text, delimiter): (Option<String>, Option<String>) = (context.get(0)?, context.get(1)?);
    let number: i64 = context.get(2)?;
    let index = usize::try_from(number - 1)
        .map_err(|_| Error::UserFunctionError("Index must be greater than zero".into()))?;
    let (Some(text), Some(delimiter)) = (text, delimiter) else { return Ok(None) };
    Ok(text.split(delimiter.as_str()).nth(index).map(str::to_owned))
}

/// The value at a path; `None` when there is none or the text is no JSON.
fn extract(context: &Context<'_>) -> rusqlite::Result<Option<Value>> {
    let (text, path): (Option<String>, String) = (context.get(0)?, context.get(1)?);
    let keys =
        keys(&path).ok_or_else(|| Error::UserFunctionError(format!("Invalid JSON path: '{path}'").into()))?;
    let Some(Ok(mut value)) = text.map(|text| serde_json::from_str::<Value>(&text)) else { return Ok(None) };
    for key in keys {
        let inner = match &mut value {
            Value::Object(map) => map.get_mut(&key),
            Value::Array(list) => key.parse::<usize>().ok().and_then(|index| list.get_mut(index)),
            _ => None,
        };
        match inner {
            Some(inner) => value = inner.take(),
            None => return Ok(None),
        }
    }
    Ok(Some(value))
}

/// The keys of a path such as `$.a["b c"][0]`.
fn keys(path: &str) -> Option<Vec<String>> {
    let mut rest = path.strip_prefix('$')?;
    let mut keys = Vec::new();
    while !rest.is_empty() {
        if let Some(after) = rest.strip_prefix('[') {
            let (inner, after) = after.split_once(']')?;
            let inner = inner.trim_matches(['"', '\'']);
            keys.push(inner.to_owned());
            rest = after;
        } else {
            let after = rest.strip_prefix('.')?;
            let end = after.find(['.', '[']).unwrap_or(after.len());
            let (key, after) = after.split_at(end);
            keys.push(key.to_owned());
            rest = after;
        }
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_name_keys_and_positions() {
        assert_eq!(keys("$.a.b[0][\"c d\"]").unwrap(), ["a", "b", "0", "c d"]);
        assert_eq!(keys("$").unwrap(), Vec::<String>::new());
        assert_eq!(keys("a.b"), None);
    }

    #[test]
    fn casts_take_what_can_be_read_as_the_type() {
        assert_eq!(integer(ValueRef::Text(b" 12 ")), Some(Sql::Integer(12)));
        assert_eq!(integer(ValueRef::Real(2.6)), Some(Sql::Integer(3)));
        assert_eq!(integer(ValueRef::Text(b"1.5")), None);
        assert_eq!(boolean(ValueRef::Text(b"TRUE")), Some(Sql::Integer(1)));
    }
}
