use core::fmt;
use serde::Serialize;

/// A generation of UTMStack's API; users read of it as "API version".
///
/// Verbs are the same on all of them, the wire is not: operators, index names, which flags do something
/// (docs/utmstack.md, 10 and A).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// What servers of version 10 speak, up to 10.9.
    V10,
    /// What servers of version 11 speak.
    V11,
    /// What the vendor's public pages describe, which differs from both (docs/utmstack.md, A).
    Documented,
}

impl Dialect {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::V10, Self::V11, Self::Documented];

    /// The word that options and the API matrix use.
    pub const fn word(self) -> &'static str {
        match self {
            Self::V10 => "v10",
            Self::V11 => "v11",
            Self::Documented => "documented",
        }
    }

    /// Reads the word, in any case; `None` for any other.
    ///
    /// ```
    /// use triagekit::utmstack::Dialect;
    ///
    /// assert_eq!(Dialect::parse("V11"), Some(Dialect::V11));
    /// assert_eq!(Dialect::parse("v9"), None);
    /// ```
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|dialect| dialect.word().eq_ignore_ascii_case(word.trim()))
    }

    /// What people read, after "API version": `10`, `11` or `as documented`.
    pub const fn api_version(self) -> &'static str {
        match self {
            Self::V10 => "10",
            Self::V11 => "11",
            Self::Documented => "as documented",
        }
    }

    /// The index pattern of alerts (docs/utmstack.md, 1.3).
    pub const fn alert_index(self) -> &'static str {
        match self {
            Self::V10 | Self::Documented => "alert-*",
            Self::V11 => "v11-alert-*",
        }
    }

    /// Whether servers speak it, rather than the vendor's pages alone.
    pub(super) const fn is_real(self) -> bool {
        !matches!(self, Self::Documented)
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "UTMStack (API version {})", self.api_version())
    }
}
