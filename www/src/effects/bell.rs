use alloc::rc::Rc;
use core::cell::{Cell, RefCell};
use core::future::poll_fn;
use core::task::{Poll, Waker};

/// Rings whenever something was received on a connection: machines that were parked look again.
#[derive(Debug, Clone, Default)]
pub struct Bell(Rc<Tower>);

#[derive(Debug, Default)]
struct Tower {
    rings: Cell<u64>,
    listeners: RefCell<Vec<Waker>>,
}

impl Bell {
    /// Wakes all that listen.
    pub fn ring(&self) {
        self.0.rings.set(self.0.rings.get().wrapping_add(1));
        for listener in self.0.listeners.take() {
            listener.wake();
        }
    }

    /// Waits for the next ring.
    pub async fn rung(&self) {
        let before = self.0.rings.get();
        poll_fn(|context| {
            if self.0.rings.get() == before {
                self.0.listeners.borrow_mut().push(context.waker().clone());
                Poll::Pending
            } else {
                Poll::Ready(())
            }
        })
        .await;
    }
}
