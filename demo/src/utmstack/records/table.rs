//! A table of records, and how its columns read in the API.

use rusqlite::{Connection, OptionalExtension as _};

/// What a property holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// A whole number.
    Long,
    /// A text.
    Text,
    /// True or false.
    Flag,
    /// An instant, kept as it is written.
    Instant,
}

/// A property, its column, and its rules.
#[derive(Debug)]
pub(crate) struct Property {
    /// Its name in the API.
    pub(crate) name: &'static str,
    /// Its column.
    pub(crate) column: &'static str,
    /// What it holds.
    pub(crate) holds: Holds,
    /// Whether validation insists on it.
    pub(crate) is_required: bool,
    /// How many characters it may have.
    pub(crate) most: usize,
}

impl Property {
    /// One that may be left out and be of any length.
    pub(crate) const fn new(name: &'static str, column: &'static str, holds: Holds) -> Self {
        Self { name, column, holds, is_required: false, most: usize::MAX }
    }

    /// One that validation insists on.
    pub(crate) const fn required(name: &'static str, column: &'static str, holds: Holds) -> Self {
        Self { name, column, holds, is_required: true, most: usize::MAX }
    }

    /// At most so many characters.
    pub(crate) const fn most(mut self, most: usize) -> Self {
        self.most = most;
        self
    }
}

/// Records of one kind. All have an `id`.
#[derive(Debug)]
pub(crate) struct Table {
    /// Where they are asked for.
    pub(crate) path: &'static str,
    /// The table in SQL.
    pub(crate) name: &'static str,
    /// What the server calls one of them.
    pub(crate) entity: &'static str,
    /// The class that answers.
    pub(crate) resource: &'static str,
    /// The properties beside `id`.
    pub(crate) properties: &'static [Property],
}

impl Table {
    /// The place of a failure, as the server names it.
    pub(crate) fn place(&self, method: &str) -> String {
        format!("{}.{method}", self.resource)
    }

    /// The column of a property, and what it holds.
    pub(crate) fn column(&self, name: &str) -> Option<(&'static str, Holds)> {
        if name == "id" {
            return Some(("id", Holds::Long));
        }
        self.properties
            .iter()
            .find(|property| property.name == name)
            .map(|property| (property.column, property.holds))
    }

    /// A record as JSON, in SQL.
    pub(crate) fn json(&self) -> String {
        let pairs: Vec<String> = self
            .properties
            .iter()
            .map(|property| match property.holds {
                Holds::Flag => {
                    format!("'{0}', json(iif({1}, 'true', 'false'))", property.name, property.column)
                }
                _ => format!("'{}', {}", property.name, property.column),
            })
            .collect();
        format!("json_object('id', id, {})", pairs.join(", "))
    }

    /// The JSON of a record.
    pub(crate) fn record(&self, db: &Connection, id: i64) -> rusqlite::Result<Option<String>> {
        let sql = format!("SELECT {} FROM {} WHERE id = ?", self.json(), self.name);
        db.prepare_cached(&sql)?.query_row([id], |row| row.get(0)).optional()
    }
}
