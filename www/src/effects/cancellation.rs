use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::{Poll, Waker};
use web_sys::AbortController;

/// Stops a piece of work: the request that is under way, or the pause that it is in.
#[derive(Debug, Clone, Default)]
pub struct Cancellation(Rc<State>);

#[derive(Debug, Default)]
struct State {
    is_cancelled: Cell<bool>,
    request: RefCell<Option<AbortController>>,
    sleeper: RefCell<Option<Waker>>,
}

impl Cancellation {
    /// Stops the work. What begins later with this cancellation does not begin.
    pub fn cancel(&self) {
        self.0.is_cancelled.set(true);
        if let Some(request) = self.0.request.take() {
            abort(&request, "The request was cancelled.");
        }
        if let Some(sleeper) = self.0.sleeper.take() {
            sleeper.wake();
        }
    }

    /// Whether the work was stopped.
    pub fn is_cancelled(&self) -> bool {
        self.0.is_cancelled.get()
    }

    /// Names the request that is to be given up when the work is stopped.
    pub(super) fn watch(&self, request: Option<AbortController>) {
        self.0.request.replace(request);
    }

    /// Waits for something; `None` when the work was stopped first.
    pub async fn or_cancelled<F: Future>(&self, wait: F) -> Option<F::Output> {
        let mut wait = pin!(wait);
        poll_fn(|context| {
            if self.is_cancelled() {
                return Poll::Ready(None);
            }
            self.0.sleeper.replace(Some(context.waker().clone()));
            wait.as_mut().poll(context).map(Some)
        })
        .await
    }
}

/// Gives a request up. The reason is always an `Error`: gloo-net panics at any other rejection.
pub(super) fn abort(request: &AbortController, reason: &str) {
    request.abort_with_reason(&js_sys::Error::new(reason).into());
}
