//! The lockout of addresses that fail to log in (docs/utmstack.md, 2.1).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::instant::{MINUTE, UtcInstant};

/// How many failures lock an address.
const FAILURES: u32 = 10;
/// How long after its last change a count is forgotten.
const MEMORY: i64 = 10 * MINUTE;

/// Failed logins by address.
#[derive(Debug, Default)]
pub(crate) struct Lockout {
    failures: Mutex<HashMap<String, (u32, UtcInstant)>>,
}

impl Lockout {
    /// Whether the address has failed too often.
    pub(crate) fn is_locked(&self, address: &str, now: UtcInstant) -> bool {
        let failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        failures.get(address).is_some_and(|&(count, last)| count >= FAILURES && last.plus(MEMORY) > now)
    }

    /// Counts a failure.
    pub(crate) fn failed(&self, address: &str, now: UtcInstant) {
        let mut failures = self.failures.lock().unwrap_or_else(PoisonError::into_inner);
        let entry = failures.entry(address.to_owned()).or_insert((0, now));
        let before = if entry.1.plus(MEMORY) > now { entry.0 } else { 0 };
        *entry = (before + 1, now);
    }

    /// Forgets the failures of an address that has logged in.
    pub(crate) fn succeeded(&self, address: &str) {
        self.failures.lock().unwrap_or_else(PoisonError::into_inner).remove(address);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcInstant = UtcInstant::from_millis(1_000_000);

    #[test]
    fn the_tenth_failure_locks_for_ten_minutes() {
        let lockout = Lockout::default();
        for _ in 0..9 {
            lockout.failed("192.0.2.1", NOW);
        }
        assert!(!lockout.is_locked("192.0.2.1", NOW));
        lockout.failed("192.0.2.1", NOW);
        assert!(lockout.is_locked("192.0.2.1", NOW));
        assert!(!lockout.is_locked("192.0.2.2", NOW));
        assert!(!lockout.is_locked("192.0.2.1", NOW.plus(MEMORY)));
    }

    #[test]
    fn a_success_forgets_the_failures() {
        let lockout = Lockout::default();
        for _ in 0..9 {
            lockout.failed("192.0.2.1", NOW);
        }
        lockout.succeeded("192.0.2.1");
        lockout.failed("192.0.2.1", NOW);
        assert!(!lockout.is_locked("192.0.2.1", NOW));
    }

    #[test]
    fn old_failures_do_not_add_up() {
        let lockout = Lockout::default();
        for _ in 0..9 {
            lockout.failed("192.0.2.1", NOW);
        }
        lockout.failed("192.0.2.1", NOW.plus(MEMORY));
        assert!(!lockout.is_locked("192.0.2.1", NOW.plus(MEMORY)));
    }
}
