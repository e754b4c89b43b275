use crate::operation::Evidence;
use core::fmt;
use serde::Serialize;

/// What can be done with a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verb {
    /// `GET /name`
    List,
    /// `GET /name/{id}`
    Get,
    /// `POST /name`
    Create,
    /// `PUT /name/{id}`
    Update,
    /// `DELETE /name/{id}`
    Delete,
}

impl fmt::Display for Verb {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::List => "listing",
            Self::Get => "reading one of",
            Self::Create => "creating one of",
            Self::Update => "updating one of",
            Self::Delete => "deleting one of",
        })
    }
}

/// How surely a verb works on a resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Support {
    /// Seen in working clients, captures or the vendor's article.
    Attested,
    /// Concluded from what is attested.
    Reconstructed,
    /// No public source says.
    Unknown,
    /// Reported not to work by somebody who tried.
    Refused,
}

impl Support {
    /// The evidence that the verb exists at all.
    ///
    /// ```
    /// use triagekit::operation::Evidence;
    /// use triagekit::uptycs::Support;
    ///
    /// assert_eq!(Support::Refused.evidence(), Evidence::Unknown);
    /// ```
    pub const fn evidence(self) -> Evidence {
        match self {
            Self::Attested => Evidence::Attested,
            Self::Reconstructed => Evidence::Reconstructed,
            Self::Unknown | Self::Refused => Evidence::Unknown,
        }
    }
}

/// How surely each verb works on one resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Verbs {
    /// `GET /name`
    pub list: Support,
    /// `GET /name/{id}`
    pub get: Support,
    /// `POST /name`
    pub create: Support,
    /// `PUT /name/{id}`
    pub update: Support,
    /// `DELETE /name/{id}`
    pub delete: Support,
}

impl Verbs {
    /// Reads five letters `LGCUD`, one a verb: the letter for attested, `r` for reconstructed, `.` for unknown, `x` for
    /// refused.
    pub(super) const fn of(letters: [u8; 5]) -> Self {
        let [list, get, create, update, delete] = letters;
        Self {
            list: support(list),
            get: support(get),
            create: support(create),
            update: support(update),
            delete: support(delete),
        }
    }

    /// The support of one verb.
    pub const fn of_verb(self, verb: Verb) -> Support {
        match verb {
            Verb::List => self.list,
            Verb::Get => self.get,
            Verb::Create => self.create,
            Verb::Update => self.update,
            Verb::Delete => self.delete,
        }
    }
}

const fn support(letter: u8) -> Support {
    match letter {
        b'r' => Support::Reconstructed,
        b'x' => Support::Refused,
        b'.' => Support::Unknown,
        _ => Support::Attested,
    }
}
