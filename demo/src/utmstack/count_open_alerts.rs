//! `GET /api/utm-alerts/count-open-alerts` (docs/utmstack.md, "Count open").

use std::sync::Arc;

use axum::Json;
use axum::extract::State;

use crate::demo::Demo;
use crate::utmstack::failure::Failure;

/// How many alerts of all time are open and not tagged as false positives: a bare number.
pub(crate) async fn count_open_alerts(State(demo): State<Arc<Demo>>) -> Result<Json<i64>, Failure> {
    demo.utmstack
        .database
        .reading(|db| {
            let sql = "SELECT count(*) FROM alert
                WHERE status = 2 AND NOT coalesce(text_match('phrase', tags, 'False positive'), FALSE)";
            db.query_row(sql, [], |row| row.get(0))
        })
        .await
        .map(Json)
        .map_err(|error| Failure::internal("UtmAlertResource.countOpenAlerts", &error.to_string()))
}
