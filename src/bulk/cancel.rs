use alloc::sync::Arc;
use core::sync::atomic::{AtomicBool, Ordering};

/// A wish to stop, shared between who may have it and what looks for it between two chunks.
///
/// ```
/// use triagekit::bulk::Cancel;
///
/// let cancel = Cancel::default();
/// let button = cancel.clone();
/// button.cancel();
/// assert!(cancel.is_cancelled());
/// ```
#[derive(Debug, Clone, Default)]
pub struct Cancel(Arc<AtomicBool>);

impl Cancel {
    /// Asks to stop. The chunk that is underway is finished, since a write that was sent cannot be called back.
    pub fn cancel(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether anybody asked.
    pub fn is_cancelled(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}
