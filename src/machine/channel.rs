use super::authority::Authority;
use crate::retry::{RetryBudget, RetryPolicy};
use alloc::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A connection as its machines share it: who authorises, how calls are repeated, and what repetition may still cost.
///
/// Cloning gives another handle to the same connection.
#[derive(Debug, Clone)]
pub struct Channel(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    authority: Mutex<Box<dyn Authority>>,
    budget: Mutex<RetryBudget>,
    policy: RetryPolicy,
}

impl Channel {
    /// Opens a connection for machines.
    pub fn new(authority: impl Authority + 'static, policy: RetryPolicy) -> Self {
        Self(Arc::new(Shared {
            authority: Mutex::new(Box::new(authority)),
            budget: Mutex::default(),
            policy,
        }))
    }

    /// How calls are repeated.
    pub fn policy(&self) -> &RetryPolicy {
        &self.0.policy
    }

    /// The authority, for the length of one decision.
    pub(super) fn authority(&self) -> MutexGuard<'_, Box<dyn Authority>> {
        // A panic while it was held leaves plain data behind, which stays valid.
        self.0.authority.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The allowance for repetitions, for the length of one decision.
    pub(super) fn budget(&self) -> MutexGuard<'_, RetryBudget> {
        self.0.budget.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
