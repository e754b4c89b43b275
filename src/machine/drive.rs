use super::procedure::Procedure;
use super::run::Machine;
use super::step::{Moment, Step};
use crate::error::Error;
use crate::http::{Failure, Request, Response};
use core::time::Duration;

/// What [`drive`] needs from outside: a clock with randomness, a way to send, a way to wait.
pub trait Transport {
    /// The time, and some randomness.
    fn moment(&mut self) -> Moment;

    /// Sends a request and gives what came.
    ///
    /// # Errors
    ///
    /// When no whole response came.
    fn send(&mut self, request: Request) -> Result<Response, Failure>;

    /// Lets time pass.
    fn wait(&mut self, pause: Duration);
}

/// Runs one machine to its end over a blocking transport: for tests, scripts and native programs.
///
/// # Errors
///
/// The error that ended the machine; pages before it were delivered.
pub fn drive<P: Procedure>(
    machine: &mut Machine<P>,
    transport: &mut impl Transport,
    mut page: impl FnMut(P::Page),
) -> Result<P::Report, Error> {
    loop {
        match machine.next(transport.moment())? {
            Step::Send(request) => {
                let outcome = transport.send(request);
                machine.received(outcome, transport.moment())?;
            }
            Step::Wait(pause) => transport.wait(pause),
            // One machine alone never waits for another; if several share a connection here, the sign-in of the other
            // goes on in another thread.
            Step::Park => transport.wait(Duration::from_millis(20)),
            Step::Page(part) => page(part),
            Step::Done(report) => return Ok(report),
        }
    }
}
