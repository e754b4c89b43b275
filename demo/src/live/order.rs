//! What is to happen, and what has happened.

use serde::{Deserialize, Serialize};

/// What happens at each vendor.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Order {
    /// How many alerts come.
    pub(crate) insert: u32,
    /// How many change their status.
    pub(crate) change: u32,
    /// How many go.
    pub(crate) delete: u32,
    /// By how many milliseconds the alerts that come are backdated at most; every one of them is.
    pub(crate) late: u32,
}

/// The ids of a vendor's alerts that have come, changed and gone.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Moved {
    /// Those that came.
    pub(crate) inserted: Vec<String>,
    /// Those that changed.
    pub(crate) changed: Vec<String>,
    /// Those that went.
    pub(crate) deleted: Vec<String>,
}
