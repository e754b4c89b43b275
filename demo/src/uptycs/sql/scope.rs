//! Which tables a statement finds, and in which dialect it is written.

use serde_json::Value;

use crate::instant::UtcInstant;
use crate::store::{LAKE, Place};

/// The kinds of SQL databases that clients name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Realm {
    /// The lake, in Presto's dialect.
    Global,
    /// The agents themselves, in osquery's dialect, which is SQLite's.
    Realtime,
    /// The lake of one span of time, in Presto's dialect.
    Timemachine,
    /// The log of calls, in Presto's dialect.
    Audit,
}

impl Realm {
    /// The realm of the word that jobs give as their `type`; a job without one is global.
    pub(crate) fn of_word(word: Option<&str>) -> Option<Self> {
        match word {
            None | Some("global") => Some(Self::Global),
            Some("realtime") => Some(Self::Realtime),
            Some("timemachine") => Some(Self::Timemachine),
            Some(_) => None,
        }
    }

    /// Whether statements find a table of this name.
    pub(crate) fn has_table(self, name: &str) -> bool {
        LAKE.iter().any(|table| {
            table.name == name
                && match self {
                    Self::Global => table.place != Place::Audit,
                    Self::Realtime | Self::Timemachine => table.is_realtime(),
                    Self::Audit => table.place == Place::Audit,
                }
        })
    }
}

/// What a statement is translated with.
#[derive(Debug)]
pub(crate) struct Scope<'a> {
    /// Where it runs.
    pub(crate) realm: Realm,
    /// What `now()` and its like mean.
    pub(crate) now: UtcInstant,
    /// The values of `:from`, `:to` and others.
    pub(crate) parameter_values: Option<&'a Value>,
}
