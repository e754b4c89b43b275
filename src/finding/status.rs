use serde::Serialize;

/// How far a finding is worked on; the numbers are OCSF's `status_id`.
///
/// ```
/// use triagekit::finding::Status;
///
/// assert_eq!(Status::InProgress.id(), 2);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The platform says nothing that is known here.
    Unknown,
    /// Nobody has taken it up.
    New,
    /// Somebody works on it.
    InProgress,
    /// It is put aside as a false positive.
    Suppressed,
    /// It is done.
    Resolved,
}

impl Status {
    /// OCSF's `status_id`.
    pub const fn id(self) -> u8 {
        match self {
            Self::Unknown => 0,
            Self::New => 1,
            Self::InProgress => 2,
            Self::Suppressed => 3,
            Self::Resolved => 4,
        }
    }

    /// The words that people read.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Unknown => "Unknown",
            Self::New => "New",
            Self::InProgress => "In progress",
            Self::Suppressed => "Suppressed",
            Self::Resolved => "Resolved",
        }
    }
}
