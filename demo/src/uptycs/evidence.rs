//! How surely a behaviour is known (docs/uptycs.md, the table at its head).

/// Marks an endpoint, a collection or a behaviour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Evidence {
    /// Several public sources agree, or one captured answer or working client shows it.
    Attested,
    /// The name is public, its shape is not: the answer is an empty list.
    NameOnly,
    /// No public source shows it; this is what a service of this kind most likely does.
    Reconstructed,
}

impl Evidence {
    /// The word for tables.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Attested => "attested",
            Self::NameOnly => "name only",
            Self::Reconstructed => "reconstructed",
        }
    }
}
