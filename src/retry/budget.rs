/// What repetitions cost, and what they may cost together.
const CAPACITY: u32 = 500;
const COST: u32 = 5;

/// A connection's allowance for repetitions.
///
/// Each repetition takes from it and each success gives a little back, so that a platform that is down sees one
/// attempt a call after the first hundred repetitions instead of five: clients that all retry in full keep a failing
/// server down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryBudget(u32);

impl Default for RetryBudget {
    fn default() -> Self {
        Self(CAPACITY)
    }
}

impl RetryBudget {
    /// Takes one repetition's cost, if it is there.
    ///
    /// ```
    /// let mut budget = triagekit::retry::RetryBudget::default();
    /// assert_eq!((0..1000).filter(|_| budget.spend()).count(), 100);
    /// ```
    pub fn spend(&mut self) -> bool {
        let left = self.0.checked_sub(COST);
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }

    /// Notes a success.
    pub fn earn(&mut self) {
        self.0 = self.0.saturating_add(1).min(CAPACITY);
    }
}
