use crate::http::Request;
use crate::time::Timestamp;
use core::time::Duration;

/// What a driver gives a machine with each call: the time, and some randomness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// The driver's clock.
    pub now: Timestamp,
    /// Any random number; it spreads repetitions in time and needs no cryptographic quality.
    pub entropy: u64,
}

/// What a machine wants next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step<P, R> {
    /// Send this, then call `received` with what came of it.
    Send(Request),
    /// Call `next` again after this long.
    Wait(Duration),
    /// Another machine of the same connection is signing in: call `next` again after anything was received on it.
    Park,
    /// Here is a part of the result; call `next` for more.
    Page(P),
    /// It is finished; there is nothing more to call.
    Done(R),
}
