use super::backoff::full_jitter;
use crate::error::Error;
use crate::http::Failure;
use core::time::Duration;

/// What repeating an operation would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Safety {
    /// It changes nothing.
    SafeRead,
    /// It changes something, and a second time changes nothing more.
    IdempotentWrite,
    /// It would change something a second time: repeated only when the first certainly did not arrive.
    UnsafeWrite,
}

/// How patiently calls are repeated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryPolicy {
    /// How often a call is repeated at the most; 0 for never.
    pub max_retries: u32,
    /// The longest first pause.
    pub base_delay: Duration,
    /// The longest pause of our own choosing.
    pub max_delay: Duration,
    /// The longest pause that a platform may ask for; if it asks for more, its refusal is given to the caller at once.
    pub max_retry_after: Duration,
}

impl Default for RetryPolicy {
    /// Four repetitions, pauses of up to 0.5 s, 1 s, 2 s and 4 s, and up to 60 s where the platform asks for it.
    fn default() -> Self {
        Self {
            max_retries: 4,
            base_delay: Duration::from_millis(500),
            max_delay: Duration::from_secs(8),
            max_retry_after: Duration::from_secs(60),
        }
    }
}

impl RetryPolicy {
    /// How long to wait before a call that failed with `error` is made again; `None` when it is not made again.
    ///
    /// `retries` counts the repetitions so far; `entropy` is any random number.
    ///
    /// ```
    /// use triagekit::error::Error;
    /// use triagekit::retry::{RetryPolicy, Safety};
    ///
    /// let policy = RetryPolicy::default();
    /// let error = Error::InvalidArgument("no".into());
    /// assert_eq!(policy.delay(&error, Safety::SafeRead, 0, 7), None);
    /// ```
    pub fn delay(&self, error: &Error, safety: Safety, retries: u32, entropy: u64) -> Option<Duration> {
        if retries >= self.max_retries || !error.is_retryable() || !may_repeat(error, safety) {
            return None;
        }
        match error.retry_after() {
            Some(asked) if asked > self.max_retry_after => None,
            // A little more than what was asked for, so that many clients do not come back in the same instant.
            Some(asked) => Some(asked + full_jitter(self.base_delay, self.max_delay, 0, entropy)),
            None => Some(full_jitter(self.base_delay, self.max_delay, retries, entropy)),
        }
    }
}

/// Whether repeating cannot do harm.
fn may_repeat(error: &Error, safety: Safety) -> bool {
    match safety {
        Safety::SafeRead | Safety::IdempotentWrite => true,
        Safety::UnsafeWrite => match error {
            Error::Transport { failure, .. } => matches!(failure, Failure::Unreachable(_)),
            // 429 is given before anything is done; a 5xx may have been given afterwards.
            Error::Refused(refusal) => refusal.status == 429,
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Refusal, RefusalKind};
    use crate::platform::Platform;

    fn refused(status: u16, retry_after: Option<u64>) -> Error {
        Error::Refused(Refusal {
            platform: Platform::Uptycs,
            doing: "listing alerts",
            kind: RefusalKind::of_status(status),
            status,
            said: None,
            retry_after: retry_after.map(Duration::from_secs),
            hint: None,
        })
    }

    fn failed(failure: Failure) -> Error {
        Error::Transport { platform: Platform::Uptycs, host: "demo".to_owned(), failure }
    }

    #[test]
    fn what_is_repeated_follows_from_what_it_does() {
        let policy = RetryPolicy::default();
        let unreachable = failed(Failure::Unreachable("refused".to_owned()));
        let interrupted = failed(Failure::Interrupted("reset".to_owned()));
        for (error, safe, idempotent, unsafe_write) in [
            (refused(500, None), true, true, false),
            (refused(429, None), true, true, true),
            (refused(404, None), false, false, false),
            (refused(401, None), false, false, false),
            (refused(423, None), false, false, false),
            (unreachable, true, true, true),
            (interrupted, true, true, false),
            (failed(Failure::TimedOut), true, true, false),
            (failed(Failure::Cancelled), false, false, false),
        ] {
            let repeats = |safety| policy.delay(&error, safety, 0, 1).is_some();
            assert_eq!(repeats(Safety::SafeRead), safe, "{error}");
            assert_eq!(repeats(Safety::IdempotentWrite), idempotent, "{error}");
            assert_eq!(repeats(Safety::UnsafeWrite), unsafe_write, "{error}");
        }
    }

    #[test]
    fn it_ends_after_the_allowed_repetitions() {
        let policy = RetryPolicy { max_retries: 2, ..RetryPolicy::default() };
        assert!(policy.delay(&refused(503, None), Safety::SafeRead, 1, 1).is_some());
        assert!(policy.delay(&refused(503, None), Safety::SafeRead, 2, 1).is_none());
    }

    #[test]
    fn a_wish_for_time_is_honoured_up_to_the_cap_and_refused_beyond() {
        let policy = RetryPolicy::default();
        let delay = policy.delay(&refused(429, Some(7)), Safety::SafeRead, 0, u64::MAX).expect("repeats");
        assert!(delay >= Duration::from_secs(7) && delay <= Duration::from_millis(7_500), "{delay:?}");
        assert_eq!(policy.delay(&refused(429, Some(3_600)), Safety::SafeRead, 0, 1), None);
    }
}
