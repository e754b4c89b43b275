use super::outcome::{ItemResult, Outcome};
use std::collections::HashMap;

/// What became of each id of a write to many.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BulkReport {
    /// One result for each id that was asked for, in that order; an id that was named twice has one.
    pub results: Vec<ItemResult>,
    /// Whether it was stopped before all were tried.
    pub is_cancelled: bool,
}

impl BulkReport {
    /// How many things are now as they were to be.
    pub fn succeeded(&self) -> usize {
        self.results.iter().filter(|item| item.outcome.is_success()).count()
    }

    /// The ids to try again: those that failed, were not applied, or were not tried.
    ///
    /// ```
    /// use triagekit::bulk::{BulkReport, ItemResult, Outcome};
    ///
    /// let results = vec![ItemResult::new("a", Outcome::Applied), ItemResult::new("b", Outcome::NotTried)];
    /// let report = BulkReport { results, is_cancelled: true };
    /// assert_eq!(report.ids_to_retry(), ["b"]);
    /// ```
    pub fn ids_to_retry(&self) -> Vec<String> {
        let failed = self.results.iter().filter(|item| !item.outcome.is_success());
        failed.map(|item| item.id.clone()).collect()
    }

    /// Takes over the results of a later attempt at some of the ids.
    pub fn merge(&mut self, later: Self) {
        let mut newer: HashMap<String, Outcome> =
            later.results.into_iter().map(|item| (item.id, item.outcome)).collect();
        for item in &mut self.results {
            if let Some(outcome) = newer.remove(&item.id) {
                item.outcome = outcome;
            }
        }
        self.is_cancelled = self.results.iter().any(|item| item.outcome == Outcome::NotTried);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_later_attempt_replaces_only_what_it_tried() {
        let mut report = BulkReport {
            results: vec![
                ItemResult::new("a", Outcome::Applied),
                ItemResult::new("b", Outcome::NotApplied("gone".to_owned())),
                ItemResult::new("c", Outcome::NotTried),
            ],
            is_cancelled: true,
        };
        report.merge(BulkReport {
            results: vec![
                ItemResult::new("b", Outcome::Applied),
                ItemResult::new("c", Outcome::Collision("x".to_owned())),
            ],
            is_cancelled: false,
        });
        assert_eq!((report.succeeded(), report.is_cancelled), (2, false));
        assert_eq!(report.ids_to_retry(), ["c"]);
    }
}
