use serde::Serialize;

/// What a finding turned out to be; the numbers are OCSF's `verdict_id`.
///
/// ```
/// use triagekit::finding::Verdict;
///
/// assert_eq!(Verdict::of_tags(["hunt", "False Positive"]), Some(Verdict::FalsePositive));
/// assert_eq!(Verdict::FalsePositive.id(), 1);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It says what did not happen.
    FalsePositive,
    /// It says what did happen, and that was an attack.
    TruePositive,
    /// It says what did happen, and that was allowed.
    Benign,
    /// It says again what another finding says.
    Duplicate,
}

impl Verdict {
    /// OCSF's `verdict_id`.
    pub const fn id(self) -> u8 {
        match self {
            Self::FalsePositive => 1,
            Self::TruePositive => 2,
            Self::Benign => 5,
            Self::Duplicate => 10,
        }
    }

    /// The words that people read. For false positives it is also the tag, in the spelling of UTMStack's own system
    /// tag.
    pub const fn word(self) -> &'static str {
        match self {
            Self::FalsePositive => "False positive",
            Self::TruePositive => "True positive",
            Self::Benign => "Benign",
            Self::Duplicate => "Duplicate",
        }
    }

    /// The verdict that an alert's tags state. Spellings differ in case ("False Positive" and "False positive" are
    /// one); the first that states a verdict counts.
    pub fn of_tags<'a>(tags: impl IntoIterator<Item = &'a str>) -> Option<Self> {
        tags.into_iter().find_map(|tag| {
            [Self::FalsePositive, Self::TruePositive, Self::Benign, Self::Duplicate]
                .into_iter()
                .find(|verdict| verdict.word().eq_ignore_ascii_case(tag.trim()))
        })
    }
}
