use super::dialect::Dialect;
use super::second_factor::SecondFactor;
use alloc::sync::Arc;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What a connection has learnt about its server, shared by all its machines.
#[derive(Debug, Clone, Default)]
pub(super) struct Memory(Arc<Mutex<Learnt>>);

/// What there is to learn.
#[derive(Debug, Default)]
pub(super) struct Learnt {
    /// The dialect, set by hand or found out.
    pub(super) dialect: Option<Dialect>,
    /// The shape of the answer to the last sign-in.
    pub(super) login: Option<LoginShape>,
    /// Where the second factor of the sign-in stands.
    pub(super) second_factor: SecondFactor,
}

/// How a server answers a sign-in (docs/utmstack.md, 2.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LoginShape {
    /// `id_token` and `authenticated`: version 10 up to 10.8, and the documentation.
    IdToken,
    /// `token` and `forceTfa`: version 11, and 10.9.
    Token,
}

impl Memory {
    /// The memory, for the length of one decision.
    pub(super) fn lock(&self) -> MutexGuard<'_, Learnt> {
        // A panic while it was held leaves plain data behind, which stays valid.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The dialect, as far as it is known.
    pub(super) fn dialect(&self) -> Option<Dialect> {
        self.lock().dialect
    }
}
