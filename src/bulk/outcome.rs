use crate::error::Error;

/// What became of a write to one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// It was written; where the platform allows it, a read afterwards showed it.
    Applied,
    /// It was so already, and nothing was written.
    Unchanged,
    /// The platform answered with success, but a read afterwards does not show the change; the text says what it shows.
    NotApplied(String),
    /// Somebody else changed the same thing at the same time; the text says what stands there now.
    Collision(String),
    /// It was refused, or no answer came.
    Failed(Error),
    /// It was not tried: the operation was stopped before.
    NotTried,
}

impl Outcome {
    /// A stable word for programs, in snake case.
    ///
    /// ```
    /// assert_eq!(triagekit::bulk::Outcome::NotTried.code(), "not_tried");
    /// ```
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Applied => "applied",
            Self::Unchanged => "unchanged",
            Self::NotApplied(_) => "not_applied",
            Self::Collision(_) => "collision",
            Self::Failed(_) => "failed",
            Self::NotTried => "not_tried",
        }
    }

    /// Whether the thing is now as it was to be.
    pub const fn is_success(&self) -> bool {
        matches!(self, Self::Applied | Self::Unchanged)
    }

    /// Whether the write may have happened without anybody knowing: the answer was lost, or the server failed.
    pub fn is_uncertain(&self) -> bool {
        match self {
            Self::Failed(Error::Transport { failure, .. }) => {
                !matches!(failure, crate::http::Failure::Unreachable(_))
            }
            Self::Failed(error) => error.status().is_some_and(|status| !(300..500).contains(&status)),
            _ => false,
        }
    }

    /// What to tell a person, where there is more to say than the word.
    pub fn detail(&self) -> Option<String> {
        match self {
            Self::NotApplied(text) | Self::Collision(text) => Some(text.clone()),
            Self::Failed(error) => Some(error.to_string()),
            Self::Applied | Self::Unchanged | Self::NotTried => None,
        }
    }
}

/// The outcome for one id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemResult {
    /// The id that was asked for.
    pub id: String,
    /// What became of it.
    pub outcome: Outcome,
}

impl ItemResult {
    /// Pairs an id with its outcome.
    pub fn new(id: impl Into<String>, outcome: Outcome) -> Self {
        Self { id: id.into(), outcome }
    }
}
