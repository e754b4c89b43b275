use super::asset_ref::AssetRef;
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Call, Intent, Machine, Procedure};
use crate::page::{OffsetPages, Shape};
use crate::time::Timestamp;
use crate::uptycs::client::Client;
use serde::Serialize;
use std::collections::BTreeMap;

/// How many assets one request asks for.
const PAGE: u64 = 1_000;

/// By what two assets are taken for one machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum DuplicateKey {
    /// The same machine uuid under several host names, as with a loaner laptop: the cause that the vendor names.
    Uuid,
    /// The same host name, in any case, under several ids.
    HostName,
    /// The same serial number of the hardware under several ids.
    HardwareSerial,
}

/// Reads all assets and picks out those that are offline, or doubled.
#[derive(Debug)]
pub struct AssetScan {
    pages: OffsetPages,
    question: Question,
    examined: u64,
    undated: u64,
    offline: Vec<AssetRef>,
    groups: BTreeMap<String, Vec<AssetRef>>,
}

#[derive(Debug, Clone, Copy)]
enum Question {
    OfflineSince(Timestamp),
    Duplicates(DuplicateKey),
}

/// Assets that are one machine.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DuplicateGroup {
    /// What they share.
    pub key: String,
    /// The one that was heard of last: the one to keep.
    pub newest: AssetRef,
    /// The others, the latest first.
    pub others: Vec<AssetRef>,
}

/// What a scan found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AssetScanReport {
    /// How many assets were read.
    pub examined: u64,
    /// How many of them state no time at all; they are never taken for offline.
    pub undated: u64,
    /// Those that are offline, the longest first; empty when the question was another.
    pub offline: Vec<AssetRef>,
    /// Those that are doubled; empty when the question was another.
    pub duplicates: Vec<DuplicateGroup>,
}

impl Client {
    /// Finds the assets that were last heard of before an instant and are not live now (`GET /assets`; attested). They are
    /// compared here, so that no filter needs to be known to the service.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    /// use triagekit::Timestamp;
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let scan = Client::new(key, RetryPolicy::default()).assets_offline_since(Timestamp::from_unix_seconds(0));
    /// assert!(format!("{scan:?}").contains("OfflineSince"));
    /// ```
    pub fn assets_offline_since(&self, since: Timestamp) -> Machine<AssetScan> {
        self.machine(AssetScan::new(Question::OfflineSince(since)))
    }

    /// Finds assets that are one machine (`GET /assets`; attested; docs/uptycs.md, 9).
    pub fn duplicate_assets(&self, key: DuplicateKey) -> Machine<AssetScan> {
        self.machine(AssetScan::new(Question::Duplicates(key)))
    }
}

impl AssetScan {
    fn new(question: Question) -> Self {
        // Rows of one id are all wanted here: an asset may be recorded twice under it.
        let pages =
            OffsetPages::new(Call::get("/assets", "reading all assets"), Shape::Anonymous, PAGE, None);
        Self { pages, question, examined: 0, undated: 0, offline: Vec::new(), groups: BTreeMap::new() }
    }

    fn examine(&mut self, asset: AssetRef) {
        self.examined += 1;
        self.undated += u64::from(asset.last_seen.is_none());
        let key = match self.question {
            Question::OfflineSince(since) => {
                if !asset.is_live && asset.last_seen.is_some_and(|seen| seen < since) {
                    self.offline.push(asset);
                }
                return;
            }
            Question::Duplicates(DuplicateKey::Uuid) => Some(asset.uuid.to_ascii_lowercase()),
            Question::Duplicates(DuplicateKey::HostName) => Some(asset.host_name.to_lowercase()),
            Question::Duplicates(DuplicateKey::HardwareSerial) => asset.hardware_serial.clone(),
        };
        if let Some(key) = key.filter(|key| !key.is_empty()) {
            self.groups.entry(key).or_default().push(asset);
        }
    }

    fn report(&mut self) -> AssetScanReport {
        let mut offline = core::mem::take(&mut self.offline);
        offline.sort_by_key(|asset| asset.last_seen);
        let duplicates = core::mem::take(&mut self.groups)
            .into_iter()
            .filter_map(|(key, assets)| group(key, assets))
            .collect();
        AssetScanReport { examined: self.examined, undated: self.undated, offline, duplicates }
    }
}

/// A group of more than one, the latest first; a row that merely came twice is no duplicate.
fn group(key: String, mut assets: Vec<AssetRef>) -> Option<DuplicateGroup> {
    assets.sort_by_key(|asset| core::cmp::Reverse((asset.is_live, asset.last_seen)));
    let mut seen = std::collections::HashSet::new();
    assets.retain(|asset| seen.insert((asset.id.clone(), asset.host_name.clone())));
    let mut assets = assets.into_iter();
    let newest = assets.next()?;
    let others: Vec<AssetRef> = assets.collect();
    (!others.is_empty()).then_some(DuplicateGroup { key, newest, others })
}

impl Procedure for AssetScan {
    type Page = core::convert::Infallible;
    type Report = AssetScanReport;

    fn next(&mut self, now: Timestamp) -> Result<Intent<Self::Page, AssetScanReport>, Error> {
        loop {
            match self.pages.next(now)? {
                Intent::Call(call) => return Ok(Intent::Call(call)),
                Intent::Wait(pause) => return Ok(Intent::Wait(pause)),
                Intent::Page(page) => {
                    for asset in page.rows.iter().filter_map(|row| AssetRef::read(page.row(row))) {
                        self.examine(asset);
                    }
                }
                Intent::Done(_) => return Ok(Intent::Done(self.report())),
            }
        }
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        self.pages.answered(response, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    fn scan(question: Question, rows: &[serde_json::Value]) -> AssetScanReport {
        let mut scan = AssetScan::new(question);
        loop {
            match scan.next(Timestamp::default()).expect("goes on") {
                Intent::Call(_) => {
                    let body = serde_json::json!({ "items": rows, "links": [], "offset": 0, "limit": 1000 });
                    let body = body.to_string().into_bytes();
                    let response = Response { status: 200, headers: Headers::default(), body };
                    scan.answered(response, Timestamp::default()).expect("understood");
                }
                Intent::Done(report) => return report,
                other => panic!("{other:?}"),
            }
        }
    }

    fn asset(id: &str, host: &str, seen: &str, live: bool) -> serde_json::Value {
        serde_json::json!({"id": id, "hostName": host, "lastActivityAt": seen, "live": live})
    }

    fn ids(assets: &[AssetRef]) -> Vec<&str> {
        assets.iter().map(|asset| asset.id.as_str()).collect()
    }

    #[test]
    fn offline_is_what_was_last_heard_of_before_and_is_not_live() {
        let since = Timestamp::parse("2026-06-01T00:00:00Z").expect("an instant");
        let rows = [
            asset("new", "a", "2026-07-01T00:00:00.000Z", false),
            asset("old", "b", "2026-05-01T00:00:00.000Z", false),
            asset("older", "c", "2026-04-01T00:00:00.000Z", false),
            asset("live", "d", "2026-01-01T00:00:00.000Z", true),
            asset("never", "e", "", false),
        ];
        let report = scan(Question::OfflineSince(since), &rows);
        assert_eq!(ids(&report.offline), ["older", "old"]);
        assert_eq!((report.examined, report.undated), (5, 1));
    }

    #[test]
    fn duplicates_keep_the_newest() {
        let rows = [
            asset("1", "Web", "2026-05-01T00:00:00.000Z", false),
            asset("2", "web", "2026-07-01T00:00:00.000Z", false),
            asset("3", "WEB", "2026-01-01T00:00:00.000Z", true),
            asset("4", "db", "2026-01-01T00:00:00.000Z", true),
        ];
        let report = scan(Question::Duplicates(DuplicateKey::HostName), &rows);
        let [group] = report.duplicates.as_slice() else { panic!("{report:?}") };
        assert_eq!((group.key.as_str(), group.newest.id.as_str()), ("web", "3"));
        assert_eq!(ids(&group.others), ["2", "1"]);
    }

    #[test]
    fn one_uuid_under_two_host_names_is_found_even_when_the_id_is_one() {
        let rows = [
            asset("1", "loaner-7", "2026-05-01T00:00:00.000Z", false),
            asset("1", "adas-laptop", "2026-07-01T00:00:00.000Z", false),
            asset("2", "db", "2026-07-01T00:00:00.000Z", false),
            asset("2", "db", "2026-07-01T00:00:00.000Z", false),
        ];
        let report = scan(Question::Duplicates(DuplicateKey::Uuid), &rows);
        let [group] = report.duplicates.as_slice() else { panic!("{report:?}") };
        assert_eq!(group.newest.host_name, "adas-laptop");
    }
}
