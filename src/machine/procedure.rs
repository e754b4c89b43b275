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
}
