use serde::Serialize;
use serde_json::Value;

/// What became of a write.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "camelCase")]
pub enum Outcome {
    /// It took effect: what was read afterwards is what was written.
    Applied,
    /// The platform accepted it; what it answered does not show the effect.
    Accepted,
    /// It was so before, and nothing was written.
    AlreadySo,
    /// The platform answered with success, but what was read afterwards is not what was written.
    NotApplied {
        /// The fields that differ.
        differences: Vec<Difference>,
    },
}

impl Outcome {
    /// Whether what was asked for holds as far as is known.
    ///
    /// ```
    /// use triagekit::uptycs::Outcome;
    ///
    /// assert!(Outcome::Accepted.is_success());
    /// assert!(!Outcome::NotApplied { differences: vec![] }.is_success());
    /// ```
    pub const fn is_success(&self) -> bool {
        !matches!(self, Self::NotApplied { .. })
    }

    pub(crate) fn of(differences: Vec<Difference>) -> Self {
        if differences.is_empty() { Self::Applied } else { Self::NotApplied { differences } }
    }
}

/// A field that is not what was written to it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    /// The field's name.
    pub field: String,
    /// What was written.
    pub wanted: Value,
    /// What was found afterwards; `None` when the field was absent.
    pub found: Option<Value>,
}
