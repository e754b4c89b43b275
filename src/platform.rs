use core::fmt;
use serde::Serialize;

/// The kind of product that a connection speaks to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Platform {
    /// The SIEM.
    Utmstack,
    /// The XDR.
    Uptycs,
}

impl Platform {
    /// The name as the vendor writes it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Utmstack => "UTMStack",
            Self::Uptycs => "Uptycs",
        }
    }
}

impl fmt::Display for Platform {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
