use crate::time::Timestamp;
use alloc::borrow::Cow;
use core::fmt;
use serde::Deserializer;
use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, Visitor};

/// The instant in a field of a row, read without building the rest of the row.
pub(super) fn time_of(row: &[u8], field: &str) -> Option<Timestamp> {
    let mut parser = serde_json::Deserializer::from_slice(row);
    Field(field).deserialize(&mut parser).ok().flatten()
}

struct Field<'f>(&'f str);

impl<'de> DeserializeSeed<'de> for Field<'_> {
    type Value = Option<Timestamp>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Field<'_> {
    type Value = Option<Timestamp>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with {}", self.0)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(name) = map.next_key::<Cow<'de, str>>()? {
            if name == self.0 && found.is_none() {
                let value: serde_json::Value = map.next_value()?;
                found = value.as_str().and_then(Timestamp::parse);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_field_of_the_row_itself_counts_and_no_other() {
        let row =
            br#"{"asset":{"createdAt":"2020-01-01T00:00:00Z"},"createdAt":"2026-11-21T08:00:00.123456Z"}"#;
        assert_eq!(
            time_of(row, "createdAt").map(|at| at.to_string()).as_deref(),
            Some("2026-11-21T08:00:00.123Z")
        );
        for odd in [&br#"{"createdAt":5}"#[..], b"{}", b"[]", b"{"] {
            assert_eq!(time_of(odd, "createdAt"), None);
        }
    }
}
