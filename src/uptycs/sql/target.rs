use crate::time::Timestamp;

/// What a SQL job asks (docs/uptycs.md, 4.1).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum SqlTarget {
    /// The lake, in Trino's dialect.
    #[default]
    Global,
    /// The live assets themselves, in osquery's dialect; nothing is bounded in time, since they answer as they are now.
    Realtime {
        /// One host alone.
        host_name: Option<String>,
        /// Assets with a tag alone.
        asset_tag: Option<String>,
    },
    /// What assets reported in a window of the past.
    TimeMachine {
        /// The window's beginning and end; for `None`, it is the last days as [`SqlOptions::days`](super::SqlOptions) says, or
        /// one.
        window: Option<(Timestamp, Timestamp)>,
        /// One host alone.
        host_name: Option<String>,
        /// Assets with a tag alone.
        asset_tag: Option<String>,
    },
}

impl SqlTarget {
    /// The word on the wire.
    ///
    /// ```
    /// assert_eq!(triagekit::uptycs::SqlTarget::Global.word(), "global");
    /// ```
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Global => "global",
            Self::Realtime { .. } => "realtime",
            Self::TimeMachine { .. } => "timemachine",
        }
    }
}
