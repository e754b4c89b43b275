//! Ids as the documentation wants them: UUIDs, and all of them known.

use axum::http::StatusCode;
use rusqlite::Connection;
use serde_json::Value;

use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;

/// 400 with a title and a sentence.
pub(crate) fn bad_request(title: &'static str, message: impl Into<String>) -> Failure {
    Failure::Documented { status: StatusCode::BAD_REQUEST, title, message: message.into() }
}

/// 500 as the documentation shows it.
pub(crate) fn internal(cause: &rusqlite::Error) -> Failure {
    Failure::Documented {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        title: "Internal server error",
        message: cause.to_string(),
    }
}

/// A list of ids, which has to hold some.
pub(crate) fn needed(body: &Body, field: &'static str) -> Result<Vec<String>, Failure> {
    match body.texts(field)? {
        Some(ids) if !ids.is_empty() => Ok(ids),
        _ => Err(bad_request("Invalid request", format!("{field} must not be empty"))),
    }
}

/// Hexadecimal digits in groups of 8, 4, 4, 4 and 12; two of the samples are no UUIDs by the letter.
pub(crate) fn is_uuid(id: &str) -> bool {
    let groups: Vec<&str> = id.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12] && groups.concat().chars().all(|letter| letter.is_ascii_hexdigit())
}

/// The first of the ids that no alert has.
pub(crate) fn first_unknown(db: &Connection, ids: &[String]) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT id FROM alert) LIMIT 1";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([Value::from(ids).to_string()])?;
    rows.next()?.map(|row| row.get(0)).transpose()
}

/// 404 for an id, which is what a malformed one gets too.
pub(crate) fn unknown(id: &str) -> Failure {
    Failure::Documented {
        status: StatusCode::NOT_FOUND,
        title: "Invalid alert ID",
        message: format!("Alert with ID '{id}' not found"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_groups_of_hexadecimal_digits() {
        assert!(is_uuid("c1c4e32c-dd9f-4a15-98c4-0dac2af40740"));
        assert!(!is_uuid("alert-123") && !is_uuid("g1c4e32c-dd9f-4a15-98c4-0dac2af40740"));
    }
}
