use super::call::Call;
use crate::error::Error;
use crate::http::Response;
use crate::time::Timestamp;
use core::fmt::Debug;
use core::time::Duration;

/// What a procedure wants next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Intent<P, R> {
    /// Make this call and hand me its successful answer.
    Call(Call),
    /// Ask me again after this long.
    Wait(Duration),
    /// Here is a part of the result.
    Page(P),
    /// I am finished.
    Done(R),
}

/// The logic of one operation, free of credentials, repetition and traffic.
///
/// A [`Machine`](super::Machine) runs it. When `answered` gives an error the procedure has not moved: the same call is
/// what it wants next.
pub trait Procedure: Debug {
    /// A part of the result.
    type Page;
    /// What stands at the end.
    type Report;

    /// What to do next; called again after each answer, pause or page.
    ///
    /// # Errors
    ///
    /// When the operation cannot go on.
    fn next(&mut self, now: Timestamp) -> Result<Intent<Self::Page, Self::Report>, Error>;

    /// Takes the successful answer to the call that `next` asked for.
    ///
    /// # Errors
    ///
    /// When the answer is not what the API promises.
    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error>;

    /// Takes the failure of the call that `next` asked for, when repeating it did not help or was not allowed.
    ///
    /// A procedure that can go on without the answer, such as one that writes many things and reports on each, notes
    /// the error and gives `Ok`. Cancelled calls and passed deadlines are not asked about: they end the operation.
    ///
    /// # Errors
    ///
    /// The error itself, which is what ends the operation and what happens if this is not overridden.
    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        Err(error)
    }

    /// Learns that nobody wants the result any more: from now on `next` asks only for what leaves nothing behind on
    /// the platform, such as deleting a job, and then finishes or fails.
    ///
    /// Most procedures leave nothing behind, so that there is nothing to override.
    fn abandon(&mut self) {}
}
