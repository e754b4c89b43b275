use core::fmt;
use serde::Serialize;

/// Where an alert or a detection stands, in the vendor's words (docs/uptycs.md, 3.3).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AlertStatus {
    /// Nobody has it; the service says `open` or `new`.
    Open,
    /// Somebody works on it.
    Assigned,
    /// It is dealt with.
    Resolved,
    /// It is shut.
    Closed,
}

impl AlertStatus {
    /// All of them, in the order in which an alert goes through them.
    pub const ALL: [Self; 4] = [Self::Open, Self::Assigned, Self::Resolved, Self::Closed];

    /// The word that is written.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Assigned => "assigned",
            Self::Resolved => "resolved",
            Self::Closed => "closed",
        }
    }

    /// Reads a status, in any case; `new` is `open`.
    ///
    /// ```
    /// use triagekit::uptycs::AlertStatus;
    ///
    /// assert_eq!(AlertStatus::parse("new"), Some(AlertStatus::Open));
    /// assert_eq!(AlertStatus::parse("done"), None);
    /// ```
    pub fn parse(word: &str) -> Option<Self> {
        let word = word.trim();
        if word.eq_ignore_ascii_case("new") {
            return Some(Self::Open);
        }
        Self::ALL.into_iter().find(|status| status.word().eq_ignore_ascii_case(word))
    }
}

impl fmt::Display for AlertStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}
