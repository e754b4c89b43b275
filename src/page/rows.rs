use super::numbered::Total;
use alloc::borrow::Cow;
use core::ops::Range;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A page as it came, with the places of its rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The bytes of the whole answer.
    pub body: Vec<u8>,
    /// Where each new row lies in `body`, in the order of the answer. Rows that an earlier page has given are left out.
    pub rows: Vec<Row>,
    /// How many rows the answer holds, those left out included.
    pub received: usize,
    /// The offset that the platform says the page has, or that was asked for.
    pub offset: u64,
    /// The page size that the platform says it used, or that was asked for.
    pub limit: u64,
    /// The links of the answer (Uptycs).
    pub links: Vec<Link>,
    /// How many rows the whole search has, where the platform says so (UTMStack).
    pub total: Option<Total>,
}

impl Page {
    /// The bytes of a row: one JSON value.
    pub fn row(&self, row: &Row) -> &[u8] {
        self.body.get(row.bytes.clone()).unwrap_or_default()
    }
}

/// One row of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its place in the answer, from 0.
    pub index: usize,
    /// Its bytes in the answer.
    pub bytes: Range<usize>,
    /// Its id, if it has one.
    pub id: Option<String>,
}

/// A link of an Uptycs answer (docs/uptycs.md, 3.1): `rel` is `self`, `parent`, `next` or the name of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// What the link leads to.
    #[serde(default)]
    pub rel: String,
    /// A title for people.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The place, relative to the host.
    #[serde(default)]
    pub href: String,
}

/// The four keys of an Uptycs list; SQL results have more, of which these are read.
pub(crate) struct Envelope {
    pub(crate) rows: Vec<Row>,
    pub(crate) links: Vec<Link>,
    pub(crate) offset: Option<u64>,
    pub(crate) limit: Option<u64>,
}

#[derive(Deserialize)]
struct RawEnvelope<'a> {
    #[serde(borrow)]
    items: Vec<&'a RawValue>,
    #[serde(default)]
    links: Option<Vec<Link>>,
    #[serde(default)]
    offset: Option<u64>,
    #[serde(default)]
    limit: Option<u64>,
}

/// Reads an Uptycs list: `{"items":[…],"links":[…],"offset":0,"limit":1000}`.
pub(crate) fn read_envelope(body: &[u8]) -> Result<Envelope, serde_json::Error> {
    let raw: RawEnvelope<'_> = serde_json::from_slice(body)?;
    Ok(Envelope {
        rows: rows_of(body, &raw.items),
        links: raw.links.unwrap_or_default(),
        offset: raw.offset,
        limit: raw.limit,
    })
}

/// Reads whatever holds rows (docs/uptycs.md, 3.6, 4.3 and 8): a list, `{"tables":[…]}`, a bare array, or one object,
/// which is then the one row. The second value says whether the answer is whole, so that there are no further pages.
pub(crate) fn read_any(body: &[u8]) -> Result<(Envelope, bool), serde_json::Error> {
    #[derive(Deserialize)]
    struct Tables<'a> {
        #[serde(borrow)]
        tables: Vec<&'a RawValue>,
    }
    let whole = |rows| (Envelope { rows, links: Vec::new(), offset: None, limit: None }, true);
    if body.trim_ascii_start().first() == Some(&b'[') {
        return read_array(body).map(whole);
    }
    if let Ok(envelope) = read_envelope(body) {
        return Ok((envelope, false));
    }
    if let Ok(Tables { tables }) = serde_json::from_slice(body) {
        return Ok(whole(rows_of(body, &tables)));
    }
    let object: &RawValue = serde_json::from_slice(body)?;
    if object.get().starts_with('{') {
        return Ok(whole(rows_of(body, &[object])));
    }
    Err(serde::de::Error::custom("neither an object nor an array"))
}

/// Reads a bare array of documents, as UTMStack's search answers.
pub(crate) fn read_array(body: &[u8]) -> Result<Vec<Row>, serde_json::Error> {
    let raw: Vec<&RawValue> = serde_json::from_slice(body)?;
    Ok(rows_of(body, &raw))
}

fn rows_of(body: &[u8], raw: &[&RawValue]) -> Vec<Row> {
    raw.iter()
        .enumerate()
        .map(|(index, value)| {
            let bytes = value.get().as_bytes();
            // A borrowed raw value lies inside the body, so the distance of their first bytes is its place.
            let start = bytes.as_ptr().addr().saturating_sub(body.as_ptr().addr());
            Row { index, bytes: start..start + bytes.len(), id: id_of(value.get()) }
        })
        .collect()
}

/// The value of a row's `id`, as text; rows of some resources have numbers.
fn id_of(row: &str) -> Option<String> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Id<'a> {
        Text(#[serde(borrow)] Cow<'a, str>),
        Number(serde_json::Number),
    }
    #[derive(Deserialize)]
    struct Identified<'a> {
        #[serde(borrow)]
        id: Id<'a>,
    }
    match serde_json::from_str::<Identified<'_>>(row).ok()?.id {
        Id::Text(text) => Some(text.into_owned()),
        Id::Number(number) => Some(number.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_found_where_they_lie() {
        let body = br#" {"items": [ {"id":"a","x":"]}"} , {"id":7} , "odd", {"name":"no id"}], "links":[{"rel":"next","href":"/n"}], "limit":1000,"offset":3, "decorators":{}} "#;
        let envelope = read_envelope(body).expect("an envelope");
        let text = |row: &Row| String::from_utf8_lossy(&body[row.bytes.clone()]).into_owned();
        assert_eq!(
            envelope.rows.iter().map(text).collect::<Vec<_>>(),
            [r#"{"id":"a","x":"]}"}"#, r#"{"id":7}"#, r#""odd""#, r#"{"name":"no id"}"#]
        );
        let ids: Vec<_> = envelope.rows.iter().map(|row| row.id.as_deref()).collect();
        assert_eq!(ids, [Some("a"), Some("7"), None, None]);
        assert_eq!((envelope.offset, envelope.limit), (Some(3), Some(1000)));
        assert_eq!(envelope.links.len(), 1);
    }

    #[test]
    fn an_id_with_escapes_is_read_as_what_it_means() {
        assert_eq!(id_of(r#"{"id":"a\u0062"}"#).as_deref(), Some("ab"));
    }

    #[test]
    fn rows_are_found_in_whatever_holds_them() {
        for (body, rows, is_whole) in [
            (r#"{"items":[{"id":"a"},{"id":"b"}]}"#, 2, false),
            (r#"{"tables":[{"name":"processes"}]}"#, 1, true),
            (r#" [{"id":"a"},{"id":"b"},{"id":"c"}]"#, 3, true),
            (r#"{"id":"one"}"#, 1, true),
        ] {
            let (envelope, whole) = read_any(body.as_bytes()).expect(body);
            assert_eq!((envelope.rows.len(), whole), (rows, is_whole), "{body}");
        }
        for body in ["", "5", "\"text\"", "<html>", r#"{"items":[{"id""#] {
            assert!(read_any(body.as_bytes()).is_err(), "{body}");
        }
    }

    #[test]
    fn an_object_without_items_is_no_list() {
        assert!(read_envelope(br#"{"tables":[]}"#).is_err());
        assert!(read_array(br"{}").is_err());
    }
}
