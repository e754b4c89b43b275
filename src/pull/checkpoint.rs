use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// The version that is written; others are refused.
const VERSION: u32 = 1;

/// Where a pull stands after a page: what is needed to go on, as small JSON.
///
/// ```
/// use triagekit::pull::Checkpoint;
///
/// let text = r#"{"version":1,"asOf":"2026-11-21T08:00:00.000Z","end":"2026-11-21T08:00:00.000Z","next":"2026-11-20T08:00:00.000Z","delivered":["a"]}"#;
/// let checkpoint = Checkpoint::parse(text).unwrap();
/// assert_eq!(checkpoint.to_json(), text);
/// assert!(Checkpoint::parse("{}").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Checkpoint {
    version: u32,
    as_of: Instant,
    end: Instant,
    next: Instant,
    delivered: Vec<String>,
    #[serde(default, skip_serializing_if = "Gaps::is_none")]
    gaps: Gaps,
}

/// What an earlier part of the pull could not read for sure; it weakens the guarantee of the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Gaps {
    /// Rows without a time that can be read.
    pub(super) undated: u64,
    /// Instants that hold more rows than could be read while they changed.
    pub(super) unsettled: u64,
}

impl Gaps {
    fn is_none(&self) -> bool {
        *self == Self::default()
    }
}

/// Why a text is no checkpoint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "The text is not a checkpoint of this version ({0}). Use one as it was written, or begin the pull anew."
)]
pub struct CheckpointError(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Instant(Timestamp);

impl Serialize for Instant {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Instant {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = alloc::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Timestamp::parse(&text).map(Self).ok_or_else(|| serde::de::Error::custom("an instant is expected"))
    }
}

impl Checkpoint {
    pub(super) fn new(
        as_of: Timestamp,
        end: Timestamp,
        next: Timestamp,
        delivered: Vec<String>,
        gaps: Gaps,
    ) -> Self {
        Self {
            version: VERSION,
            as_of: Instant(as_of),
            end: Instant(end),
            next: Instant(next),
            delivered,
            gaps,
        }
    }

    /// Reads a checkpoint.
    ///
    /// # Errors
    ///
    /// [`CheckpointError`] for anything that this version did not write.
    pub fn parse(text: &str) -> Result<Self, CheckpointError> {
        let checkpoint: Self =
            serde_json::from_str(text).map_err(|error| CheckpointError(error.to_string()))?;
        if checkpoint.version == VERSION {
            Ok(checkpoint)
        } else {
            Err(CheckpointError(format!("it is of version {}", checkpoint.version)))
        }
    }

    /// Writes it as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The instant that bounds the pull.
    pub fn as_of(&self) -> Timestamp {
        self.as_of.0
    }

    /// The end of the span that is pulled.
    pub fn end(&self) -> Timestamp {
        self.end.0
    }

    /// Everything before this instant was delivered.
    pub fn next(&self) -> Timestamp {
        self.next.0
    }

    pub(super) fn gaps(&self) -> Gaps {
        self.gaps
    }

    /// The ids of that instant itself that were delivered already.
    pub fn delivered(&self) -> &[String] {
        &self.delivered
    }
}
