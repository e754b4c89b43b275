//! Assets: tags, users, live queries, what is offline or doubled, and their deletion (docs/uptycs.md, 3.4, 4.5 and 9).

mod asset_ref;
mod delete;
mod deletion_list;
mod live_query;
mod scan;
mod tags;
mod untag;
mod user;

pub use asset_ref::AssetRef;
pub use delete::{DeleteAssets, DeletionMode, DeletionReport, DeletionStep};
pub use deletion_list::{Deletable, DeletionList, DeletionState};
pub use scan::{AssetScan, AssetScanReport, DuplicateGroup, DuplicateKey};
#[cfg(test)]
pub(super) use tags::TAGS;
pub use untag::{Untag, UntagReport};
