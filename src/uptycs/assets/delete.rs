use super::asset_ref::AssetRef;
use super::deletion_list::{Deletable, DeletionList, DeletionState};
use crate::error::Error;
use crate::http::{Method, Response};
use crate::machine::{Call, Intent, Machine, Procedure};
use crate::operation::Evidence;
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::each::meets_all;
use crate::uptycs::write::Consent;
use core::time::Duration;
use serde::Serialize;
use std::collections::BTreeSet;

/// After so many in a row that were not deleted, the call evidently does not do what it is taken for.
const ENOUGH: u32 = 3;

/// Whether assets are really deleted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum DeletionMode {
    /// Reads each asset and says what would be done; nothing is written.
    #[default]
    DryRun,
    /// Deletes.
    Delete {
        /// The ids as a person typed or confirmed them: exactly those that are pending.
        typed_ids: Vec<String>,
        /// Consent to a reconstructed call.
        consent: Consent,
        /// The pause before each deletion but the first.
        pace: Duration,
    },
}

/// Goes through a list of assets to delete: reads each again, leaves alone what came back, deletes, and reads back.
#[derive(Debug)]
pub struct DeleteAssets {
    list: DeletionList,
    /// Between deletions; `None` for a dry run.
    pace: Option<Duration>,
    at: usize,
    stage: Stage,
    ready: Option<DeletionStep>,
    in_a_row: u32,
    deletions: u64,
    deleted: u64,
    is_stopped: bool,
    is_given_up: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Examine,
    Pause,
    Delete,
    ReadBack,
}

/// What became of one asset, with the list to save as it stands now.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletionStep {
    /// The asset's id.
    pub id: String,
    /// What became of it; `Pending` in a dry run says that it would be deleted.
    pub state: DeletionState,
}

/// What became of all.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct DeletionReport {
    /// The list as it stands now: save it, and give it again to go on.
    pub list: DeletionList,
    /// How many were deleted in this run.
    pub deleted: u64,
    /// Whether it ended early, since several in a row were not deleted.
    pub was_stopped: bool,
}

impl Client {
    /// Deletes the assets of a saved list (`DELETE /assets/{id}`; reconstructed: no public code calls it; docs/uptycs.md,
    /// 3.4 and 9).
    ///
    /// A dry run by default. Each asset is read again first: what was heard of since the list was made, or is live, is left
    /// alone. After each deletion the asset is read back. A list that was gone through in part goes on where it ended.
    ///
    /// # Errors
    ///
    /// [`Error::NotAttested`] without consent; [`Error::InvalidArgument`] when the typed ids are not exactly those that are
    /// pending, or nothing is pending.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, DeletionList, DeletionMode, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let text = r#"{"version":1,"madeAt":"2026-11-21T00:00:00.000Z","assets":[{"id":"a-1"}]}"#;
    /// let list = DeletionList::parse(text).unwrap();
    /// assert!(client.delete_assets(list, &DeletionMode::DryRun).is_ok());
    /// ```
    pub fn delete_assets(
        &self,
        list: DeletionList,
        mode: &DeletionMode,
    ) -> Result<Machine<DeleteAssets>, Error> {
        Ok(self.machine(DeleteAssets::new(list, mode)?))
    }
}

impl DeleteAssets {
    fn new(list: DeletionList, mode: &DeletionMode) -> Result<Self, Error> {
        let pending: BTreeSet<&str> = list.pending().into_iter().collect();
        if pending.is_empty() {
            return Err(Error::InvalidArgument("Nothing on the list is left to delete.".to_owned()));
        }
        for id in &pending {
            id_path("/assets", id)?;
        }
        let pace = match mode {
            DeletionMode::DryRun => None,
            DeletionMode::Delete { typed_ids, consent, pace } => {
                consent.permits(Evidence::Reconstructed, "Deleting assets (DELETE /assets/{id})")?;
                let typed: BTreeSet<&str> = typed_ids.iter().map(|id| id.trim()).collect();
                if typed != pending {
                    return Err(Error::InvalidArgument(format!(
                        "The ids that were typed are not those that are pending on the list: {} are pending, {} of them \
                         were typed, and {} others. Type exactly those that are to be deleted.",
                        pending.len(),
                        typed.intersection(&pending).count(),
                        typed.difference(&pending).count()
                    )));
                }
                Some(*pace)
            }
        };
        Ok(Self {
            list,
            pace,
            at: 0,
            stage: Stage::Examine,
            ready: None,
            in_a_row: 0,
            deletions: 0,
            deleted: 0,
            is_stopped: false,
            is_given_up: false,
        })
    }

    fn current(&mut self) -> Option<&mut Deletable> {
        self.list.assets.get_mut(self.at)
    }

    fn end_one(&mut self, state: DeletionState) {
        let is_lost = matches!(state, DeletionState::NotApplied | DeletionState::Failed { .. });
        self.in_a_row = if is_lost { self.in_a_row + 1 } else { 0 };
        self.deleted += u64::from(state == DeletionState::Deleted);
        self.is_stopped |= self.in_a_row >= ENOUGH;
        if let Some(asset) = self.current() {
            let id = asset.id.clone();
            asset.state = state.clone();
            self.ready = Some(DeletionStep { id, state });
        }
        self.at += 1;
        self.stage = Stage::Examine;
    }
}

impl Procedure for DeleteAssets {
    type Page = DeletionStep;
    type Report = DeletionReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<DeletionStep, DeletionReport>, Error> {
        if let Some(ready) = self.ready.take() {
            return Ok(Intent::Page(ready));
        }
        if self.stage == Stage::Examine {
            while self.list.assets.get(self.at).is_some_and(|asset| !asset.is_pending()) {
                self.at += 1;
            }
        }
        let is_over = self.is_stopped || (self.is_given_up && self.stage != Stage::ReadBack);
        let next = self.list.assets.get(self.at).filter(|_| !is_over);
        let Some(asset) = next else {
            return Ok(Intent::Done(DeletionReport {
                list: self.list.clone(),
                deleted: self.deleted,
                was_stopped: self.is_stopped,
            }));
        };
        let path = id_path("/assets", &asset.id)?;
        Ok(match self.stage {
            Stage::Examine => Intent::Call(Call::get(path, "reading an asset before its deletion")),
            Stage::Pause => {
                self.stage = Stage::Delete;
                Intent::Wait(self.pace.unwrap_or_default())
            }
            Stage::Delete => {
                Intent::Call(Call::write(Method::Delete, path, Safety::IdempotentWrite, "deleting an asset"))
            }
            Stage::ReadBack => Intent::Call(Call::get(path, "reading an asset after its deletion")),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        match self.stage {
            Stage::Examine => {
                let found = AssetRef::read(&response.body);
                let listed =
                    self.current().and_then(|asset| asset.last_seen.as_deref().and_then(Timestamp::parse));
                let came_back = found.as_ref().is_some_and(|asset| {
                    asset.is_live
                        || asset.last_seen.is_some_and(|seen| listed.is_some_and(|listed| seen > listed))
                });
                if found.as_ref().is_some_and(is_marked_deleted) {
                    self.end_one(DeletionState::Gone);
                } else if came_back {
                    self.end_one(DeletionState::CameBack);
                } else if let Some(pace) = self.pace {
                    self.stage =
                        if self.deletions > 0 && !pace.is_zero() { Stage::Pause } else { Stage::Delete };
                } else {
                    self.end_one(DeletionState::Pending);
                }
            }
            Stage::Delete => {
                self.deletions += 1;
                self.stage = Stage::ReadBack;
            }
            Stage::ReadBack => {
                let is_gone = AssetRef::read(&response.body).as_ref().is_some_and(is_marked_deleted);
                self.end_one(if is_gone { DeletionState::Deleted } else { DeletionState::NotApplied });
            }
            Stage::Pause => return Err(Error::Misuse("There was no call to receive an answer to.")),
        }
        Ok(())
    }

    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        match (self.stage, error.status()) {
            (Stage::Examine, Some(404)) => self.end_one(DeletionState::Gone),
            (Stage::ReadBack, Some(404)) => self.end_one(DeletionState::Deleted),
            _ if meets_all(&error) => return Err(error),
            _ => {
                let (code, message) = (error.code().to_owned(), error.to_string());
                self.end_one(DeletionState::Failed { code, message });
            }
        }
        Ok(())
    }

    /// Ends before the next deletion; what was deleted already is still read back.
    fn abandon(&mut self) {
        self.is_given_up = true;
    }
}

fn is_marked_deleted(asset: &AssetRef) -> bool {
    asset.record.get("deletedAt").is_some_and(|at| !at.is_null())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Refusal, RefusalKind};
    use crate::http::Headers;
    use crate::platform::Platform;

    fn list(ids: &[&str]) -> DeletionList {
        let assets: Vec<_> = ids
            .iter()
            .map(|id| serde_json::json!({"id": id, "lastSeen": "2026-01-01T00:00:00.000Z"}))
            .collect();
        let text = serde_json::json!({"version": 1, "madeAt": "", "assets": assets}).to_string();
        DeletionList::parse(&text).expect("a list")
    }

    fn for_real(ids: &[&str]) -> DeletionMode {
        DeletionMode::Delete {
            typed_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            consent: Consent::AllowReconstructed,
            pace: Duration::from_secs(1),
        }
    }

    fn not_found() -> Error {
        Error::Refused(Refusal {
            platform: Platform::Uptycs,
            doing: "reading an asset",
            kind: RefusalKind::NotFound,
            status: 404,
            said: None,
            retry_after: None,
            hint: None,
        })
    }

    /// A service where assets live until they are deleted; `back` came back, `keeps` ignores deletions.
    fn run(list: DeletionList, mode: &DeletionMode, keeps: bool) -> (DeletionReport, Vec<String>, usize) {
        let mut procedure = DeleteAssets::new(list, mode).expect("a run");
        let (mut deleted, mut waits) = (Vec::new(), 0);
        loop {
            match procedure.next(Timestamp::default()).expect("goes on") {
                Intent::Call(call) if call.method == Method::Delete => {
                    deleted.push(call.path);
                    let response = Response { status: 200, headers: Headers::default(), body: Vec::new() };
                    procedure.answered(response, Timestamp::default()).expect("deleted");
                }
                Intent::Call(call)
                    if (deleted.contains(&call.path) && !keeps) || call.path.ends_with("gone") =>
                {
                    procedure.failed(not_found(), Timestamp::default()).expect("noted");
                }
                Intent::Call(call) => {
                    let live = call.path.ends_with("back");
                    let body = serde_json::json!({"id": "x", "live": live}).to_string().into_bytes();
                    let response = Response { status: 200, headers: Headers::default(), body };
                    procedure.answered(response, Timestamp::default()).expect("read");
                }
                Intent::Wait(_) => waits += 1,
                Intent::Page(_) => {}
                Intent::Done(report) => return (report, deleted, waits),
            }
        }
    }

    #[test]
    fn a_dry_run_writes_nothing_and_leaves_everything_pending() {
        let (report, deleted, _) = run(list(&["a", "back", "gone"]), &DeletionMode::DryRun, false);
        assert!(deleted.is_empty());
        assert_eq!(report.list.pending(), ["a"]);
    }

    #[test]
    fn what_came_back_is_left_alone_and_the_rest_is_deleted_at_a_pace() {
        let ids = ["a", "back", "gone", "b"];
        let (report, deleted, waits) = run(list(&ids), &for_real(&ids), false);
        assert_eq!(deleted, ["/assets/a", "/assets/b"]);
        assert_eq!((report.deleted, report.was_stopped, waits), (2, false, 1));
        let states: Vec<_> = report.list.assets.into_iter().map(|asset| asset.state).collect();
        assert_eq!(
            states,
            [DeletionState::Deleted, DeletionState::CameBack, DeletionState::Gone, DeletionState::Deleted]
        );
    }

    #[test]
    fn a_service_that_does_not_delete_is_found_out_after_three() {
        let ids = ["a", "b", "c", "d", "e"];
        let (report, deleted, _) = run(list(&ids), &for_real(&ids), true);
        assert_eq!(deleted.len(), 3);
        assert!(report.was_stopped && report.deleted == 0, "{report:?}");
        assert_eq!(report.list.pending(), ["d", "e"]);
    }

    #[test]
    fn a_list_goes_on_where_it_ended() {
        let mut list = list(&["a", "b"]);
        list.assets[0].state = DeletionState::Deleted;
        let (report, deleted, _) = run(list, &for_real(&["b"]), false);
        assert_eq!(deleted, ["/assets/b"]);
        assert_eq!(report.deleted, 1, "those of this run");
    }

    #[test]
    fn the_ids_are_typed_exactly_and_consent_is_given() {
        let error = DeleteAssets::new(list(&["a", "b"]), &for_real(&["a"])).expect_err("one is missing");
        assert!(error.to_string().contains("2 are pending, 1 of them"), "{error}");
        let mode = DeletionMode::Delete {
            typed_ids: vec!["a".to_owned()],
            consent: Consent::AttestedOnly,
            pace: Duration::ZERO,
        };
        let error = DeleteAssets::new(list(&["a"]), &mode).expect_err("no consent");
        assert_eq!(error.code(), "not_attested");
    }
}
