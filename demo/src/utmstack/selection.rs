//! The alerts that filters select within an index pattern, as SQL.

use std::fmt::Write as _;

use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};

use crate::utmstack::condition::Meaning;
use crate::utmstack::field::{Field, Kind};
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::index_pattern::{Reach, index_of_alert, is_concrete, reach};

/// Some of the alerts.
#[derive(Debug)]
pub(crate) struct Selection {
    /// A condition on `alert`.
    pub(crate) condition: String,
    /// Its parameters.
    pub(crate) parameters: Vec<Sql>,
    /// The index that has to exist, and how its name is written in SQL.
    index: Option<(String, &'static str)>,
}

impl Selection {
    /// The alerts that meet all filters; else why the server fails on them.
    pub(crate) fn new(filters: &[FilterType], pattern: &str, meaning: Meaning) -> Result<Self, String> {
        let (mut condition, mut parameters) = meaning.all(filters)?;
        let name = index_of_alert(meaning.personality);
        if let Reach::Some(glob) = reach(pattern, meaning.personality) {
            let _ = write!(condition, " AND {name} GLOB ?");
            parameters.push(Sql::from(glob));
        }
        let index = is_concrete(pattern).then(|| (pattern.to_owned(), name));
        Ok(Self { condition, parameters, index })
    }

    /// Whether the pattern names an index that is not there, which is a failure; a pattern that merely matches
    /// none is not.
    pub(crate) fn lacks_index(&self, db: &Connection) -> rusqlite::Result<bool> {
        let Some((index, name)) = &self.index else { return Ok(false) };
        let sql = format!("SELECT NOT EXISTS (SELECT 1 FROM alert WHERE {name} = ?)");
        db.query_row(&sql, [index], |row| row.get(0))
    }

    /// How many there are, counted no further than `most`.
    pub(crate) fn count(&self, db: &Connection, most: i64) -> rusqlite::Result<i64> {
        let sql = format!("SELECT count(*) FROM (SELECT 1 FROM alert WHERE {} LIMIT {most})", self.condition);
        db.prepare_cached(&sql)?.query_row(params_from_iter(&self.parameters), |row| row.get(0))
    }

    /// Hands their documents over, in an order, from a position on.
    pub(crate) fn documents(
        &self,
        db: &Connection,
        order: &str,
        (from, size): (i64, i64),
        mut each: impl FnMut(&str, &str) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<()> {
        // The page is chosen on narrow rows first, then its documents are fetched.
        let sql = format!(
            "SELECT page.id, alert_body.body FROM (SELECT alert.seq, alert.id FROM alert WHERE {} ORDER BY {order}
                LIMIT {size} OFFSET {from}) AS page CROSS JOIN alert_body ON alert_body.seq = page.seq",
            self.condition
        );
        let mut statement = db.prepare_cached(&sql)?;
        let mut rows = statement.query(params_from_iter(&self.parameters))?;
        while let Some(row) = rows.next()? {
            let text = |index| -> rusqlite::Result<&str> {
                row.get_ref(index)?.as_str().map_err(rusqlite::Error::from)
            };
            each(text(0)?, text(1)?)?;
        }
        Ok(())
    }
}

/// The fields to sort by as SQL. Ties, and everything when there is no sort, come as they lie in the index.
pub(crate) fn order(sort: &[(String, bool)], meaning: Meaning) -> Result<String, String> {
    let mut order = String::new();
    for (name, downwards) in sort {
        let field = Field::named(name, meaning.personality)
            .ok_or_else(|| format!("No mapping found for [{name}] in order to sort on"))?;
        if field.kind == Kind::Text && meaning.personality != crate::config::Personality::Documented {
            return Err(format!(
                "Text fields are not optimised for operations that require sorting: [{name}]"
            ));
        }
        if !field.is_always_there {
            // What lacks the field comes last, whatever the direction.
            let _ = write!(order, "{} IS NULL, ", field.sql);
        }
        let _ = write!(order, "{}{}, ", field.sql, if *downwards { " DESC" } else { "" });
    }
    order.push_str("alert.position");
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Personality;
    use crate::instant::UtcInstant;

    #[test]
    fn sorting_by_an_analysed_text_or_an_unknown_field_fails() {
        let meaning = Meaning { personality: Personality::V10, now: UtcInstant::now() };
        for name in ["name", "source.hostname", "status.keyword"] {
            assert!(order(&[(name.to_owned(), true)], meaning).is_err(), "{name}");
        }
        assert_eq!(
            order(&[("status".to_owned(), true)], meaning).unwrap(),
            "alert.status DESC, alert.position"
        );
    }
}
