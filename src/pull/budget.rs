use core::time::Duration;

/// What a pull may spend before it stops at a checkpoint; no bound for `None`.
///
/// ```
/// use triagekit::pull::Budget;
///
/// let budget = Budget { requests: Some(40), ..Budget::default() };
/// assert_eq!(budget.bytes, None);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Budget {
    /// Requests sent.
    pub requests: Option<u64>,
    /// Time since the start.
    pub time: Option<Duration>,
    /// Bytes of answers received.
    pub bytes: Option<u64>,
}

impl Budget {
    /// Whether this much is all that may be spent.
    pub(super) fn is_spent(&self, requests: u64, time: Duration, bytes: u64) -> bool {
        self.requests.is_some_and(|most| requests >= most)
            || self.time.is_some_and(|most| time >= most)
            || self.bytes.is_some_and(|most| bytes >= most)
    }
}
