//! Records made, changed and deleted.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::routing::MethodRouter;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, ErrorCode, params_from_iter};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::body::{Body, parse_error};
use crate::utmstack::failure::Failure;
use crate::utmstack::records::{Holds, Table, deleted};

/// Why a record could not be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Failed {
    /// Something that has to be unique is there already.
    Taken(String),
    /// Anything else.
    Otherwise(String),
}

impl From<rusqlite::Error> for Failed {
    fn from(error: rusqlite::Error) -> Self {
        let is_unique = matches!(
            &error,
            rusqlite::Error::SqliteFailure(cause, _)
                if cause.code == ErrorCode::ConstraintViolation && cause.extended_code == rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
        );
        if is_unique { Self::Taken(error.to_string()) } else { Self::Otherwise(error.to_string()) }
    }
}

impl Table {
    /// The values of a body for the columns, checked against the rules.
    pub(crate) fn values(&self, object: &'static str, body: &Body) -> Result<Vec<Sql>, Failure> {
        self.properties
            .iter()
            .map(|property| {
                let value = match property.holds {
                    Holds::Long => body.int(property.name)?.map(Sql::from),
                    Holds::Flag => body.flag(property.name)?.map(|truth| Sql::from(i64::from(truth))),
                    Holds::Text => body.text(property.name)?.map(Sql::from),
                    Holds::Instant => match body.text(property.name)? {
                        None => None,
                        Some(text) => {
                            let at = UtcInstant::parse(&text)
                                .ok_or_else(|| parse_error(&format!("{text} is not an instant")))?;
                            Some(Sql::from(at.iso()))
                        }
                    },
                };
                match &value {
                    None if property.is_required => {
                        Err(Failure::invalid(object, property.name, "must not be null"))
                    }
                    Some(Sql::Text(text)) if property.is_required && text.trim().is_empty() => {
                        Err(Failure::invalid(object, property.name, "must not be blank"))
                    }
                    Some(Sql::Text(text)) if text.chars().count() > property.most => {
                        let rule = format!("size must be between 0 and {}", property.most);
                        Err(Failure::invalid(object, property.name, rule))
                    }
                    _ => Ok(value.unwrap_or(Sql::Null)),
                }
            })
            .collect()
    }

    /// Writes a new record, and gives its id.
    pub(crate) fn insert(&self, db: &Connection, values: &[Sql]) -> rusqlite::Result<i64> {
        let columns: Vec<&str> = self.properties.iter().map(|property| property.column).collect();
        let marks = vec!["?"; columns.len()].join(", ");
        let sql = format!("INSERT INTO {} ({}) VALUES ({marks})", self.name, columns.join(", "));
        db.prepare_cached(&sql)?.execute(params_from_iter(values))?;
        Ok(db.last_insert_rowid())
    }

    /// Writes a record anew; what the caller left out is null from now on. Makes it when it is not there, as
    /// `save` does.
    pub(crate) fn replace(&self, db: &Connection, id: i64, values: &[Sql]) -> rusqlite::Result<()> {
        let sets: Vec<String> =
            self.properties.iter().map(|property| format!("{} = excluded.{0}", property.column)).collect();
        let columns: Vec<&str> = self.properties.iter().map(|property| property.column).collect();
        let marks = vec!["?"; columns.len()].join(", ");
        let sql = format!(
            "INSERT INTO {} (id, {}) VALUES (?, {marks}) ON CONFLICT (id) DO UPDATE SET {}",
            self.name,
            columns.join(", "),
            sets.join(", ")
        );
        let all = std::iter::once(Sql::from(id)).chain(values.iter().cloned());
        db.prepare_cached(&sql)?.execute(params_from_iter(all)).map(|_| ())
    }
}

/// `DELETE` of a record, whether or not it is there.
pub(crate) fn delete(table: &'static Table) -> MethodRouter<Arc<Demo>> {
    axum::routing::delete(move |State(demo): State<Arc<Demo>>, Path(id): Path<i64>| async move {
        let sql = format!("DELETE FROM {} WHERE id = ?", table.name);
        let gone = demo.utmstack.writing(move |db| db.execute(&sql, [id])).await;
        gone.map(|_| deleted(table.entity, id))
            .map_err(|error| Failure::internal(&table.place("delete"), &error.to_string()))
    })
}
