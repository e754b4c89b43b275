use crate::time::Timestamp;
use serde::Serialize;

/// What a pull promises of the rows that it delivered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Guarantee {
    /// Every row that existed throughout was delivered exactly once, and every row delivered existed during the pull.
    Exact,
    /// The rows are what could be had; the reason says what stands in the way of more.
    BestEffort {
        /// The reason, for people.
        reason: String,
    },
}

/// What a pull came to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PullReport {
    /// Whether all was delivered; otherwise the budget was spent and the last checkpoint leads on.
    pub is_done: bool,
    /// What is promised of what was delivered.
    pub guarantee: Guarantee,
    /// The instant that bounds the pull; rows of later times are not in it.
    pub as_of: Timestamp,
    /// Rows delivered.
    pub rows: u64,
    /// Slices read.
    pub slices: u64,
    /// Requests sent, repetitions included.
    pub requests: u64,
    /// Requests that failed and were made again.
    pub retries: u64,
    /// Rows that came again, from the edges of slices, and were left out.
    pub duplicates: u64,
    /// How often rows vanished from an instant while it was being read, so that it was read anew.
    pub deletions: u64,
    /// Bytes received.
    pub bytes: u64,
    /// From the first step to the last, in milliseconds.
    pub wall_ms: u64,
}
