//! Faults on order: each is met by one request to a vendor, in the order they were ordered.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;

/// What a request meets. Several fields may be set: a stall comes first, then the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Fault {
    /// The request is not carried out; the answer has this status and the vendor's words.
    pub(crate) status: Option<u16>,
    /// The value of `Retry-After` beside the status.
    pub(crate) retry_after: Option<String>,
    /// A page of the proxy in front instead of JSON; 502 unless a status is set.
    #[serde(default)]
    pub(crate) html: bool,
    /// The connection is closed.
    pub(crate) close: Option<Close>,
    /// The request is carried out, but its JSON ends in the middle.
    #[serde(default)]
    pub(crate) truncate: bool,
    /// How long nothing happens before anything does, in milliseconds.
    pub(crate) stall_ms: Option<u64>,
}

/// When the connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Close {
    /// Before the request is carried out.
    Before,
    /// After it has been carried out, in the middle of the body.
    Middle,
    /// After it has been carried out, before any of the answer.
    After,
}

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

    #[test]
    fn a_fault_that_does_not_exist_cannot_be_ordered() {
        assert!(serde_json::from_str::<Fault>(r#"{"explode":true}"#).is_err());
        assert!(serde_json::from_str::<Fault>(r#"{"close":"never"}"#).is_err());
    }
}
