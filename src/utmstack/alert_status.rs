use serde::Serialize;

/// How far an alert is worked on (docs/utmstack.md, 4.1). There is no 4.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AlertStatus {
    /// 1: just created; the server looks at it for half a minute at the most.
    AutomaticReview,
    /// 2.
    Open,
    /// 3.
    InReview,
    /// 5.
    Completed,
}

impl AlertStatus {
    /// All of them, in their order.
    pub const ALL: [Self; 4] = [Self::AutomaticReview, Self::Open, Self::InReview, Self::Completed];

    /// The number on the wire.
    pub const fn code(self) -> u64 {
        match self {
            Self::AutomaticReview => 1,
            Self::Open => 2,
            Self::InReview => 3,
            Self::Completed => 5,
        }
    }

    /// The words that servers show.
    pub const fn label(self) -> &'static str {
        match self {
            Self::AutomaticReview => "Automatic review",
            Self::Open => "Open",
            Self::InReview => "In review",
            Self::Completed => "Completed",
        }
    }

    /// The status of a number; `None` for a number that is none.
    ///
    /// ```
    /// use triagekit::utmstack::AlertStatus;
    ///
    /// assert_eq!(AlertStatus::of_code(3), Some(AlertStatus::InReview));
    /// assert_eq!(AlertStatus::of_code(4), None);
    /// ```
    pub fn of_code(code: u64) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.code() == code)
    }

    /// The status of a label, in any case.
    pub fn of_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.label().eq_ignore_ascii_case(label.trim()))
    }
}
