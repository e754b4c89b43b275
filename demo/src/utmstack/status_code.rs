//! The codes of an alert's status (docs/utmstack.md, 4.1).

use crate::config::Personality;

/// Just created, not yet seen by the tag rules.
pub(crate) const AUTOMATIC_REVIEW: i64 = 1;
/// For people to look at.
pub(crate) const OPEN: i64 = 2;
/// Somebody looks at it.
pub(crate) const IN_REVIEW: i64 = 3;
/// Done.
pub(crate) const COMPLETED: i64 = 5;
/// The tag that the system itself knows.
pub(crate) const FALSE_POSITIVE: &str = "False positive";

/// The label of a code; `None` for a code that does not exist, which the server has no answer for.
pub(crate) const fn label(status: i64, personality: Personality) -> Option<&'static str> {
    Some(match (status, personality) {
        (AUTOMATIC_REVIEW, Personality::Documented) => "Ignored",
        (AUTOMATIC_REVIEW, _) => "Automatic review",
        (OPEN, _) => "Open",
        (IN_REVIEW, Personality::Documented) => "In Review",
        (IN_REVIEW, _) => "In review",
        (COMPLETED, _) => "Completed",
        _ => return None,
    })
}
