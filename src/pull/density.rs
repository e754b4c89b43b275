use super::window::Window;
use core::time::Duration;

/// How many rows lie in a span of time, as far as the last slices tell: from it follows how long the next slice should
/// be to fill one request.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Density {
    rows_per_ms: Option<f64>,
}

/// How full a request should be: what did not fit costs one more, what is left empty costs little.
const FILL: f64 = 0.8;

impl Density {
    pub(super) fn new() -> Self {
        Self { rows_per_ms: None }
    }

    /// Takes what a slice gave into account.
    pub(super) fn observe(&mut self, window: Window, rows: usize) {
        let length = window.length().as_secs_f64() * 1000.0;
        if length <= 0.0 {
            return;
        }
        // Half a row where there was none, so that empty spans lengthen the next slice step by step.
        let rows = u32::try_from(rows).map_or(f64::MAX, f64::from).max(0.5);
        let seen = rows / length;
        self.rows_per_ms = Some(self.rows_per_ms.map_or(seen, |before| 0.5 * before + 0.5 * seen));
    }

    /// How long a slice of `size` rows is likely to be; `None` before anything was seen.
    pub(super) fn length_of(&self, size: u64) -> Option<Duration> {
        let per_ms = self.rows_per_ms?;
        let size = u32::try_from(size).map_or(f64::MAX, f64::from);
        let ms = (size * FILL / per_ms).max(1.0);
        Duration::try_from_secs_f64(ms / 1000.0).ok().map(|length| length.max(Duration::from_millis(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn a_slice_is_as_long_as_its_rows_need() {
        let mut density = Density::new();
        assert_eq!(density.length_of(1_000), None);
        let second = Window::new(Timestamp::from_unix_millis(0), Timestamp::from_unix_millis(1_000));
        density.observe(second, 100);
        assert_eq!(density.length_of(1_000), Some(Duration::from_secs(8)));
        for _ in 0..20 {
            density.observe(second, 0);
        }
        assert!(
            density.length_of(1_000) > Some(Duration::from_secs(1_000)),
            "{:?}",
            density.length_of(1_000)
        );
    }
}
