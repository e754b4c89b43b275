use super::budget::Budget;
use crate::time::Timestamp;
use core::time::Duration;

/// What a pull asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullOptions {
    /// The first instant; the oldest row's for `None`.
    pub since: Option<Timestamp>,
    /// The instant behind the last; the as-of for `None` or for anything later.
    pub until: Option<Timestamp>,
    /// How many rows a request asks for; the most that the platform gives for `None`.
    pub page_size: Option<u64>,
    /// How many requests are under way at once at the most, 1 to 64.
    pub concurrency: usize,
    /// How far the as-of lies before the server's present, since rows become visible a little after their time.
    pub lag: Duration,
    /// What the pull may spend before it stops at a checkpoint.
    pub budget: Budget,
}

impl Default for PullOptions {
    /// Everything up to a minute ago, four requests at a time, no bound on what it spends.
    fn default() -> Self {
        Self {
            since: None,
            until: None,
            page_size: None,
            concurrency: 4,
            lag: Duration::from_secs(60),
            budget: Budget::default(),
        }
    }
}
