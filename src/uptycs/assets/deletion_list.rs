use super::asset_ref::AssetRef;
use super::scan::AssetScanReport;
use crate::error::Error;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Assets that are to be deleted, as a document to save before anything is deleted, and to go on from afterwards.
///
/// ```
/// use triagekit::uptycs::DeletionList;
///
/// let text = r#"{"version":1,"madeAt":"2026-11-21T00:00:00.000Z","assets":[]}"#;
/// assert!(DeletionList::parse(text).unwrap().assets.is_empty());
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletionList {
    /// The version of the document's form: 1.
    pub version: u32,
    /// When it was made.
    pub made_at: String,
    /// The assets, in the order in which they are gone through.
    pub assets: Vec<Deletable>,
}

/// An asset of such a list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Deletable {
    /// Its id.
    pub id: String,
    /// Its host name, for people.
    #[serde(default)]
    pub host_name: String,
    /// When it had last been heard of when the list was made.
    #[serde(default)]
    pub last_seen: Option<String>,
    /// Where its deletion stands.
    #[serde(default)]
    pub state: DeletionState,
    /// The vendor's record, for whoever has to know later what was deleted.
    #[serde(default)]
    pub record: Value,
}

/// Where the deletion of an asset stands.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum DeletionState {
    /// Nothing was done yet.
    #[default]
    Pending,
    /// It was deleted, and cannot be read any more.
    Deleted,
    /// It was gone before.
    Gone,
    /// It has been heard of since the list was made, so that it was left alone.
    CameBack,
    /// The platform answered with success, but it is still there.
    NotApplied,
    /// The platform refused.
    Failed {
        /// The error's code.
        code: String,
        /// The error's words.
        message: String,
    },
}

impl DeletionList {
    /// Makes a list of what a scan found: all that is offline, and all but the newest of each group. Live assets and rows
    /// that share the id of the one to keep are left out.
    pub fn of_scan(report: &AssetScanReport, now: Timestamp) -> Self {
        let offline = report.offline.iter();
        let doubled = report
            .duplicates
            .iter()
            .flat_map(|group| group.others.iter().filter(|other| other.id != group.newest.id));
        let mut seen = std::collections::HashSet::new();
        let assets = offline
            .chain(doubled)
            .filter(|asset| !asset.is_live && seen.insert(asset.id.clone()))
            .map(Deletable::of)
            .collect();
        Self { version: 1, made_at: now.to_string(), assets }
    }

    /// Reads a saved list.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for text that is none, or one of a later version.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let list: Self = serde_json::from_str(text).map_err(|cause| {
            Error::InvalidArgument(format!(
                "This is no list of assets to delete as this program saves it: {cause}."
            ))
        })?;
        if list.version != 1 {
            return Err(Error::InvalidArgument(format!(
                "The list of assets to delete has version {}; this program reads version 1.",
                list.version
            )));
        }
        Ok(list)
    }

    /// The list as it is saved.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// The ids of those that are still to be gone through; failed ones are tried again.
    pub fn pending(&self) -> Vec<&str> {
        self.assets.iter().filter(|asset| asset.is_pending()).map(|asset| asset.id.as_str()).collect()
    }
}

impl Deletable {
    fn of(asset: &AssetRef) -> Self {
        Self {
            id: asset.id.clone(),
            host_name: asset.host_name.clone(),
            last_seen: asset.last_seen.map(|at| at.to_string()),
            state: DeletionState::Pending,
            record: asset.record.clone(),
        }
    }

    pub(super) fn is_pending(&self) -> bool {
        matches!(self.state, DeletionState::Pending | DeletionState::Failed { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::uptycs::DuplicateGroup;

    fn asset(id: &str, is_live: bool) -> AssetRef {
        let record = serde_json::json!({"id": id, "hostName": "h", "live": is_live}).to_string();
        AssetRef::read(record.as_bytes()).expect("an asset")
    }

    #[test]
    fn live_assets_and_the_one_to_keep_never_get_on_the_list() {
        let report = AssetScanReport {
            examined: 5,
            undated: 0,
            offline: vec![asset("off", false), asset("on", true)],
            duplicates: vec![DuplicateGroup {
                key: "h".to_owned(),
                newest: asset("keep", false),
                others: vec![asset("keep", false), asset("old", false), asset("off", false)],
            }],
        };
        let list = DeletionList::of_scan(&report, Timestamp::default());
        assert_eq!(list.pending(), ["off", "old"]);
        assert_eq!(DeletionList::parse(&list.to_json()), Ok(list));
    }

    #[test]
    fn other_documents_are_refused() {
        assert!(DeletionList::parse("[]").is_err());
        assert!(DeletionList::parse(r#"{"version":2,"madeAt":"","assets":[]}"#).is_err());
    }
}
