//! `/api/utm-alert-logs`: the history of alerts (docs/utmstack.md, 5.3).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;

use crate::demo::Demo;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::records::{Holds, Property, Table, created, updated};

/// The entries.
pub(crate) const ALERT_LOGS: Table = Table {
    path: "/api/utm-alert-logs",
    name: "alert_log",
    entity: "utmAlertLog",
    resource: "UtmAlertLogResource",
    properties: &[
        Property::required("alertId", "alert_id", Holds::Text).most(100),
        Property::required("logUser", "log_user", Holds::Text).most(50),
        Property::required("logDate", "log_date", Holds::Instant),
        Property::required("logAction", "log_action", Holds::Text).most(50),
        Property::new("logOldValue", "log_old_value", Holds::Text),
        Property::new("logNewValue", "log_new_value", Holds::Text),
        Property::new("logMessage", "log_message", Holds::Text),
    ],
};

/// An entry by hand.
pub(crate) async fn create_log(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = ALERT_LOGS.place("createUtmAlertLog");
    let body = Body::read(&headers, &body)?;
    let values = ALERT_LOGS.values("utmAlertLog", &body)?;
    if body.int("id")?.is_some() {
        return Err(Failure::internal(&place, "A new utmAlertLog cannot already have an ID"));
    }
    let written = demo.utmstack.writing(move |db| {
        let id = ALERT_LOGS.insert(db, &values)?;
        Ok((id, ALERT_LOGS.record(db, id)?.unwrap_or_default()))
    });
    let (id, record) = written.await.map_err(|error| Failure::internal(&place, &error.to_string()))?;
    Ok(created(ALERT_LOGS.path, ALERT_LOGS.entity, id, record))
}

/// Rewrites an entry.
pub(crate) async fn update_log(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = ALERT_LOGS.place("updateUtmAlertLog");
    let body = Body::read(&headers, &body)?;
    let values = ALERT_LOGS.values("utmAlertLog", &body)?;
    let id = body.int("id")?.ok_or_else(|| Failure::internal(&place, "Invalid id"))?;
    let written = demo.utmstack.writing(move |db| {
        ALERT_LOGS.replace(db, id, &values)?;
        Ok(ALERT_LOGS.record(db, id)?.unwrap_or_default())
    });
    let record = written.await.map_err(|error| Failure::internal(&place, &error.to_string()))?;
    Ok(updated(ALERT_LOGS.entity, id, record))
}
