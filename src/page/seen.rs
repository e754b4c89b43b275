use super::rows::Row;
use std::collections::HashSet;

/// The ids that a pull has given, so that a row which moved to a later page is not given twice.
#[derive(Debug, Default)]
pub(super) struct Seen {
    ids: HashSet<Box<str>>,
    duplicates: u64,
}

impl Seen {
    /// Keeps the rows whose ids are new, and those without an id.
    pub(super) fn keep_new(&mut self, rows: Vec<Row>) -> Vec<Row> {
        rows.into_iter()
            .filter(|row| {
                let is_new = row.id.as_deref().is_none_or(|id| self.ids.insert(id.into()));
                self.duplicates += u64::from(!is_new);
                is_new
            })
            .collect()
    }

    /// How many rows were not kept.
    pub(super) fn duplicates(&self) -> u64 {
        self.duplicates
    }
}
