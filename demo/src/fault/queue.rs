//! Faults on order: each is met by one request to a vendor, in the order they were ordered.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use crate::fault::Fault;

/// The faults to come.
#[derive(Debug, Default)]
pub(crate) struct FaultQueue {
    faults: Mutex<VecDeque<Fault>>,
}

impl FaultQueue {
    /// Puts faults behind those that are there, and says how many there are then.
    pub(crate) fn add(&self, faults: Vec<Fault>) -> usize {
        let mut queue = self.faults.lock().unwrap_or_else(PoisonError::into_inner);
        queue.extend(faults);
        queue.len()
    }

    /// Forgets all faults.
    pub(crate) fn clear(&self) {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What the next request meets.
    pub(crate) fn next(&self) -> Option<Fault> {
        self.faults.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Close;

    #[test]
    fn faults_are_met_once_each_and_in_order() {
        let queue = FaultQueue::default();
        let faults: Vec<Fault> =
            serde_json::from_str(r#"[{"status":429,"retryAfter":"1"},{"close":"middle"}]"#).unwrap();
        assert_eq!(queue.add(faults), 2);
        assert_eq!(queue.next().and_then(|fault| fault.status), Some(429));
        assert_eq!(queue.next().and_then(|fault| fault.close), Some(Close::Middle));
        assert_eq!(queue.next(), None);
    }
}
