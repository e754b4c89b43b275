//! `GET /api/utm-alerts/count-open-alerts` (docs/utmstack.md, 1.8).

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use rusqlite::Connection;

use crate::config::Personality;
use crate::demo::Demo;
use crate::utmstack::failure::Failure;

/// How many alerts of all time are open and not tagged as false positives: a bare number.
pub(crate) async fn count_open_alerts(State(demo): State<Arc<Demo>>) -> Result<Json<i64>, Failure> {
    let personality = demo.utmstack.personality;
    demo.utmstack
        .database
        .reading(move |db| open_alerts(db, personality))
        .await
        .map(Json)
        .map_err(|error| Failure::internal("UtmAlertResource.countOpenAlerts", &error.to_string()))
}

/// UTMStack 11 counts parents only.
fn open_alerts(db: &Connection, personality: Personality) -> rusqlite::Result<i64> {
    let parents = if personality == Personality::V11 { "AND parent_id IS NULL" } else { "" };
    let sql = format!(
        "SELECT count(*) FROM alert
            WHERE status = 2 AND NOT coalesce(text_match('phrase', tags, 'False positive'), FALSE) {parents}"
    );
    db.query_row(&sql, [], |row| row.get(0))
}
