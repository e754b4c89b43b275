use crate::time::Timestamp;
use core::time::Duration;

/// A span of time in whole milliseconds: its beginning belongs to it, its end does not.
///
/// ```
/// use triagekit::pull::Window;
/// use triagekit::Timestamp;
///
/// let window = Window::new(Timestamp::from_unix_millis(10), Timestamp::from_unix_millis(20));
/// assert!(window.contains(Timestamp::from_unix_millis(10)) && !window.contains(Timestamp::from_unix_millis(20)));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// The first millisecond.
    pub from: Timestamp,
    /// The millisecond behind the last.
    pub to: Timestamp,
}

impl Window {
    /// The span from one instant up to another.
    pub const fn new(from: Timestamp, to: Timestamp) -> Self {
        Self { from, to }
    }

    /// Whether there is nothing in it.
    pub fn is_empty(self) -> bool {
        self.from >= self.to
    }

    /// Whether an instant belongs to it.
    pub fn contains(self, at: Timestamp) -> bool {
        self.from <= at && at < self.to
    }

    /// How long it is.
    pub fn length(self) -> Duration {
        self.from.until(self.to)
    }

    /// Its last millisecond.
    pub fn last(self) -> Timestamp {
        self.to.before(Duration::from_millis(1))
    }
}
