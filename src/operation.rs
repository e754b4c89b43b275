//! What the two platforms let a client do, and how surely each is known.

use crate::http::Method;
use crate::platform::Platform;
use serde::Serialize;

/// How surely an operation is known (docs/utmstack.md and docs/uptycs.md state the sources).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Evidence {
    /// Read in the server's source, or seen in several working clients or captures.
    Attested,
    /// Concluded from what is attested; nobody was seen doing it.
    Reconstructed,
    /// No public source says whether it exists.
    Unknown,
}

impl Evidence {
    /// The word that documents and interfaces show.
    ///
    /// ```
    /// assert_eq!(triagekit::operation::Evidence::Attested.word(), "attested");
    /// ```
    pub const fn word(self) -> &'static str {
        match self {
            Self::Attested => "attested",
            Self::Reconstructed => "reconstructed",
            Self::Unknown => "unknown",
        }
    }
}

/// One operation of one platform: a row of the API matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Operation {
    /// The platform that has it.
    pub platform: Platform,
    /// Its name here, as `noun.verb`.
    pub name: &'static str,
    /// The method.
    pub method: Method,
    /// The path below the connection's root, with `{…}` for what varies.
    pub path: &'static str,
    /// How surely it is known.
    pub evidence: Evidence,
    /// The API versions that have it, such as `v10 v11 documented`; empty where there is only one.
    pub versions: &'static str,
    /// Where it is described: document and section.
    pub source: &'static str,
}
