use core::fmt;

/// The order of a list, as `alertTime:desc` (docs/uptycs.md, 3.1).
///
/// ```
/// use triagekit::uptycs::Sort;
///
/// assert_eq!(Sort::descending("alertTime").to_string(), "alertTime:desc");
/// assert_eq!(Sort::parse("hostName:asc"), Some(Sort::ascending("hostName")));
/// assert_eq!(Sort::parse("hostName"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    field: String,
    is_descending: bool,
}

impl Sort {
    /// Smallest, earliest or first in the alphabet first.
    pub fn ascending(field: impl Into<String>) -> Self {
        Self { field: field.into(), is_descending: false }
    }

    /// Largest, latest or last in the alphabet first.
    pub fn descending(field: impl Into<String>) -> Self {
        Self { field: field.into(), is_descending: true }
    }

    /// Reads `field:asc` or `field:desc`; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (field, direction) = text.trim().split_once(':')?;
        if field.is_empty() {
            return None;
        }
        match direction {
            "asc" => Some(Self::ascending(field)),
            "desc" => Some(Self::descending(field)),
            _ => None,
        }
    }

    /// The field that is sorted by.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// Whether the largest comes first.
    pub fn is_descending(&self) -> bool {
        self.is_descending
    }
}

impl fmt::Display for Sort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.field, if self.is_descending { "desc" } else { "asc" })
    }
}
