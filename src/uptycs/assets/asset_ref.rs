use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What is needed of an asset to recognise it, with the vendor's whole record.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetRef {
    /// Its id.
    pub id: String,
    /// Its host name; empty where it has none.
    pub host_name: String,
    /// When it was last heard of: its last activity or enrolment, whichever is later; its creation where it has neither.
    pub last_seen: Option<Timestamp>,
    /// Whether the platform says that it is there now.
    pub is_live: bool,
    /// The uuid of the machine: the field `uuid` where there is one, otherwise the id.
    pub uuid: String,
    /// The serial number of the hardware, where it is known.
    pub hardware_serial: Option<String>,
    /// The record as it came.
    pub record: Value,
}

impl AssetRef {
    /// Reads an asset of a list, or one that was read by its id; `None` for what is no object with an id.
    pub(super) fn read(row: &[u8]) -> Option<Self> {
        #[derive(Deserialize, Default)]
        #[serde(rename_all = "camelCase", default)]
        struct Fields {
            id: Option<String>,
            host_name: Option<String>,
            last_activity_at: Option<String>,
            last_enrolled_at: Option<String>,
            created_at: Option<String>,
            live: Option<Value>,
            uuid: Option<String>,
            hardware_serial: Option<String>,
        }
        let record: Value = serde_json::from_slice(row).ok()?;
        let fields = Fields::deserialize(&record).ok()?;
        let id = fields.id.filter(|id| !id.is_empty())?;
        let instant = |text: &Option<String>| text.as_deref().and_then(Timestamp::parse);
        let last_seen = instant(&fields.last_activity_at)
            .max(instant(&fields.last_enrolled_at))
            .or_else(|| instant(&fields.created_at));
        let is_live = matches!(&fields.live, Some(Value::Bool(true)))
            || fields.live.as_ref().and_then(Value::as_str) == Some("true");
        let words =
            |text: Option<String>| text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
        Some(Self {
            uuid: words(fields.uuid).unwrap_or_else(|| id.clone()),
            id,
            host_name: words(fields.host_name).unwrap_or_default(),
            last_seen,
            is_live,
            hardware_serial: words(fields.hardware_serial),
            record,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_sign_of_life_counts() {
        let asset = AssetRef::read(
            br#"{"id":"a","hostName":"web-1","lastActivityAt":"2026-01-01T00:00:00.000Z","lastEnrolledAt":"2026-02-01T00:00:00.000Z","createdAt":"2026-03-01T00:00:00.000Z","live":"true"}"#,
        )
        .expect("an asset");
        assert_eq!(asset.last_seen, Timestamp::parse("2026-02-01T00:00:00Z"));
        assert!(asset.is_live);
        assert_eq!(asset.uuid, "a");
    }

    #[test]
    fn what_has_no_id_is_no_asset() {
        assert_eq!(AssetRef::read(br#"{"hostName":"web-1"}"#), None);
        assert_eq!(AssetRef::read(b"5"), None);
    }
}
