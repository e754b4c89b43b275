use core::ops::Range;

/// The height of a row, in CSS pixels.
pub const ROW_HEIGHT: i32 = 28;

/// How many rows are drawn above and below what is seen, so that a flick of the wheel meets no gap.
pub const OVERSCAN: usize = 12;

/// What part of the rows is to be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Extent {
    /// How far the list is scrolled, in CSS pixels.
    pub top: i32,
    /// The height of what is seen of it, in CSS pixels.
    pub height: i32,
}

impl Extent {
    /// Which of `count` rows are drawn.
    pub fn rows(self, count: usize) -> Range<usize> {
        let first = row_at(self.top);
        let last = row_at(self.top.saturating_add(self.height)) + 1;
        let end = (last + OVERSCAN).min(count);
        first.saturating_sub(OVERSCAN).min(end)..end
    }

    /// Whether a row is seen in full.
    pub fn shows(self, index: usize) -> bool {
        scroll_into_view(index, self).is_none()
    }
}

/// Where a row begins, in CSS pixels.
pub fn offset_of(index: usize) -> i32 {
    i32::try_from(index).unwrap_or(i32::MAX / ROW_HEIGHT).saturating_mul(ROW_HEIGHT)
}

/// Where to scroll so that a row is seen in full; `None` when it is.
pub fn scroll_into_view(index: usize, extent: Extent) -> Option<i32> {
    let top = offset_of(index);
    let bottom = top.saturating_add(ROW_HEIGHT);
    if top < extent.top {
        Some(top)
    } else if bottom > extent.top.saturating_add(extent.height) {
        Some((bottom - extent.height).max(0))
    } else {
        None
    }
}

/// Where to scroll so that a row that moved from one place to another stays where the reader sees it.
pub fn anchored(top: i32, before: usize, after: usize) -> i32 {
    top.saturating_add(offset_of(after)).saturating_sub(offset_of(before)).max(0)
}

/// The row that a height lies in.
pub fn row_at(pixels: i32) -> usize {
    usize::try_from(pixels.max(0) / ROW_HEIGHT).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_seen_and_a_little_more_is_drawn() {
        let extent = Extent { top: 28 * 1_000, height: 280 };
        assert_eq!(extent.rows(20_000), 988..1_023);
        assert_eq!(Extent { top: 0, height: 280 }.rows(20_000), 0..23);
        assert_eq!(Extent { top: 0, height: 280 }.rows(3), 0..3);
    }

    #[test]
    fn a_list_that_became_shorter_than_the_scroll_draws_nothing_beyond_its_end() {
        assert_eq!(Extent { top: 28 * 1_000, height: 280 }.rows(10), 10..10);
        assert_eq!(Extent { top: 28 * 1_000, height: 280 }.rows(0), 0..0);
    }

    #[test]
    fn a_row_that_is_seen_moves_nothing() {
        let extent = Extent { top: 280, height: 280 };
        assert_eq!(scroll_into_view(10, extent), None);
        assert_eq!(scroll_into_view(9, extent), Some(252));
        assert_eq!(scroll_into_view(20, extent), Some(308));
        assert!(extent.shows(19) && !extent.shows(20));
    }

    #[test]
    fn rows_that_come_in_above_leave_the_seen_ones_in_place() {
        assert_eq!(anchored(1_005, 35, 135), 1_005 + 2_800);
        assert_eq!(anchored(10, 5, 0), 0);
    }
}
