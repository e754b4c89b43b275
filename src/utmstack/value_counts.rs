use core::fmt;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize as Derive, Serialize};
use serde_json::Value;

/// A value of a field, and how many alerts have it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueCount {
    /// The value as text, numbers too.
    pub value: String,
    /// How many alerts have it.
    pub count: u64,
}

/// The values of a field in the order in which the server counted them.
///
/// Servers answer an object whose order counts, the documentation an array (docs/utmstack.md, 1.9 and A.3.8).
///
/// ```
/// use triagekit::utmstack::ValueCounts;
///
/// let server: ValueCounts = serde_json::from_str(r#"{"5":200,"2":156}"#).unwrap();
/// let pages: ValueCounts =
///     serde_json::from_str(r#"[{"value":"5","count":200},{"value":2,"count":156}]"#).unwrap();
/// assert_eq!(server, pages);
/// assert_eq!(server.sum(), 356);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct ValueCounts(pub Vec<ValueCount>);

impl ValueCounts {
    /// All counts together.
    pub fn sum(&self) -> u64 {
        self.0.iter().map(|item| item.count).fold(0, u64::saturating_add)
    }
}

impl<'de> Deserialize<'de> for ValueCounts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(EitherShape)
    }
}

struct EitherShape;

#[derive(Derive)]
struct Pair {
    value: Value,
    count: Value,
}

impl<'de> Visitor<'de> for EitherShape {
    type Value = ValueCounts;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object of counts, or an array of values with counts")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<ValueCounts, A::Error> {
        let mut counts = Vec::new();
        while let Some((value, number)) = map.next_entry::<String, Value>()? {
            counts.push(ValueCount { value, count: count(&number)? });
        }
        Ok(ValueCounts(counts))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<ValueCounts, A::Error> {
        let mut counts = Vec::new();
        while let Some(pair) = sequence.next_element::<Pair>()? {
            let value = pair.value.as_str().map_or_else(|| pair.value.to_string(), str::to_owned);
            counts.push(ValueCount { value, count: count(&pair.count)? });
        }
        Ok(ValueCounts(counts))
    }

    fn visit_unit<E: Error>(self) -> Result<ValueCounts, E> {
        Ok(ValueCounts::default())
    }
}

/// A count as a number, or as text of one.
fn count<E: Error>(number: &Value) -> Result<u64, E> {
    let read = number.as_u64().or_else(|| number.as_str().and_then(|text| text.trim().parse().ok()));
    read.ok_or_else(|| E::custom(format!("{number} is no count")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_servers_order_is_kept_in_both_shapes() {
        for body in [
            r#"{"srv-9":3,"srv-1":2,"srv-5":1}"#,
            r#"[{"value":"srv-9","count":3},{"count":"2","value":"srv-1"},{"value":"srv-5","count":1}]"#,
        ] {
            let counts: ValueCounts = serde_json::from_str(body).expect("counts");
            let order: Vec<&str> = counts.0.iter().map(|item| item.value.as_str()).collect();
            assert_eq!(order, ["srv-9", "srv-1", "srv-5"]);
            assert_eq!(counts.sum(), 6);
        }
    }

    #[test]
    fn nothing_is_nothing_and_nonsense_is_an_error() {
        for body in ["{}", "[]", "null"] {
            assert_eq!(serde_json::from_str::<ValueCounts>(body).expect("counts").0.len(), 0);
        }
        for body in [r#"{"a":-1}"#, r#"["a"]"#, "7"] {
            assert!(serde_json::from_str::<ValueCounts>(body).is_err(), "{body}");
        }
    }
}
