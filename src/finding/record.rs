use super::severity::Severity;
use super::status::Status;
use crate::platform::Platform;
use crate::time::Timestamp;
use serde::Serialize;

/// What both platforms say of an alert, in one form.
///
/// The vendor's own record stays with whoever read it; this is what a queue shows and orders by.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Where it comes from.
    pub platform: Platform,
    /// Its id there.
    pub uid: String,
    /// What was found, in a line.
    pub title: String,
    /// How grave it is.
    pub severity: Severity,
    /// How far it is worked on.
    pub status: Status,
    /// When it was created (OCSF `time`); `None` where the record has no readable instant.
    pub time: Option<Timestamp>,
    /// The machine that it concerns, where one is named.
    pub host: Option<String>,
}
