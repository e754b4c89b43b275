//! `/alerts` (docs/uptycs.md, "Alerts and detections").

use std::borrow::Cow;
use std::sync::Arc;

use axum::response::Response;

use crate::demo::Demo;
use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;
use crate::uptycs::list;
use crate::uptycs::resource::{Field, Kind, Resource};

/// The alerts.
pub(crate) static ALERTS: Resource = Resource {
    path: "alerts",
    title: Cow::Borrowed("Alerts information"),
    table: "alert",
    fields: Cow::Borrowed(&[
        Field::new("id", "alert.id", Kind::Text),
        Field::new("assetId", "alert.asset_id", Kind::Text),
        Field::new("alertTime", "alert.alert_time", Kind::Instant),
        Field::new("createdAt", "alert.created_at", Kind::Instant),
        Field::new("updatedAt", "alert.updated_at", Kind::Instant),
        // No public source tells them apart while an alert occurs once.
        Field::new("lastOccurredAt", "alert.created_at", Kind::Instant),
        Field::new("severity", "alert.severity", Kind::Text),
        Field::new("status", "alert.status", Kind::Text),
        Field::new("code", "alert.code", Kind::Text),
        Field::new("description", "alert.description", Kind::Text),
        Field::new("key", "alert.key", Kind::Text),
        Field::new("value", "alert.value", Kind::Text),
        Field::new("grouping", "alert.grouping", Kind::Text),
        Field::new("assignedTo", "alert.assigned_to", Kind::Text),
    ]),
    plain: &[],
    extra_link: None,
};

/// `GET /alerts`.
pub(crate) async fn list(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    list::page(demo, call, &ALERTS).await
}

/// `GET /alerts/{id}`.
pub(crate) async fn get(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    list::row(demo, id, &ALERTS).await
}
