use super::bell::Bell;
use super::cancellation::Cancellation;
use super::clock::moment;
use super::send::{ATTEMPT, send};
use core::time::Duration;
use gloo_timers::future::TimeoutFuture;
use triagekit::Error;
use triagekit::http::Failure;
use triagekit::machine::{Machine, Procedure, Step};

/// What a machine's traffic goes through.
#[derive(Debug, Clone, Default)]
pub struct Wire {
    /// Rings at each answer on the connection.
    pub bell: Bell,
    /// Stops this pull.
    pub cancellation: Cancellation,
}

/// Whether to go on after a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flow {
    /// Fetch the next one.
    GoOn,
    /// Leave the rest for later.
    Pause,
}

/// How a pull ended without an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ending<R> {
    /// The page's receiver wanted no more for now; pulling again goes on behind it.
    Paused,
    /// It was cancelled; pulling again makes the call again that was under way.
    Cancelled,
    /// The machine is done.
    Done(R),
}

/// Turns a machine into traffic until it is done, paused, cancelled or fails.
///
/// # Errors
///
/// What the machine ended its call with; pages before it were delivered. Pulling again makes the failed call again.
pub async fn pull<P: Procedure>(
    machine: &mut Machine<P>,
    wire: &Wire,
    mut page: impl FnMut(P::Page) -> Flow,
) -> Result<Ending<P::Report>, Error> {
    loop {
        if wire.cancellation.is_cancelled() {
            return Ok(Ending::Cancelled);
        }
        match machine.next(moment())? {
            Step::Send(request) => {
                let outcome = send(request, &wire.cancellation, ATTEMPT).await;
                let is_cancelled = outcome == Err(Failure::Cancelled);
                let received = machine.received(outcome, moment());
                wire.bell.ring();
                if is_cancelled {
                    return Ok(Ending::Cancelled);
                }
                received?;
            }
            Step::Wait(pause) => {
                wire.cancellation.or_cancelled(TimeoutFuture::new(whole_millis(pause))).await;
            }
            Step::Park => {
                wire.cancellation.or_cancelled(wire.bell.rung()).await;
            }
            Step::Page(part) => {
                if page(part) == Flow::Pause {
                    return Ok(Ending::Paused);
                }
            }
            Step::Done(report) => return Ok(Ending::Done(report)),
        }
    }
}

/// Rounded up: a timer that rings a moment early would only be set again.
fn whole_millis(pause: Duration) -> u32 {
    u32::try_from(pause.as_micros().div_ceil(1_000)).unwrap_or(u32::MAX)
}
