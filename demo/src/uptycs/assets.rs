//! `/assets` (docs/uptycs.md, "Assets").

use std::borrow::Cow;
use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::demo::Demo;
use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;
use crate::uptycs::list;
use crate::uptycs::resource::{Field, Kind, Resource};

/// The assets.
pub(crate) static ASSETS: Resource = Resource {
    path: "assets",
    title: Cow::Borrowed("Assets information"),
    table: "asset",
    fields: Cow::Borrowed(&[
        Field::new("id", "asset.id", Kind::Text),
        Field::new("hostName", "asset.host_name", Kind::Text),
        Field::new("os", "asset.os", Kind::Text),
        Field::new("osVersion", "asset.os_version", Kind::Text),
        Field::new("osFlavor", "asset.os_flavor", Kind::Text),
        Field::new("osKey", "asset.os_key", Kind::Text),
        Field::new("osqueryVersion", "asset.osquery_version", Kind::Text),
        Field::new("location", "asset.location", Kind::Text),
        Field::new("gateway", "asset.gateway", Kind::Text),
        Field::new("status", "asset.status", Kind::Text),
        Field::new("objectGroupId", "asset.object_group_id", Kind::Text),
        Field::new("cores", "asset.cores", Kind::Number),
        Field::new("memoryMb", "asset.memory_mb", Kind::Number),
        Field::new("live", "asset.live", Kind::Boolean),
        Field::new("disabled", "asset.disabled", Kind::Boolean),
        Field::new("createdAt", "asset.created_at", Kind::Instant),
        Field::new("updatedAt", "asset.updated_at", Kind::Instant),
        Field::new("deletedAt", "asset.deleted_at", Kind::Instant),
        Field::new("lastEnrolledAt", "asset.last_enrolled_at", Kind::Instant),
        Field::new("lastActivityAt", "asset.last_activity_at", Kind::Instant),
    ]),
    plain: &[],
    extra_link: Some(("tags", "Asset tags information", "assets/tags")),
};

/// `GET /assets`.
pub(crate) async fn list(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    list::page(demo, call, &ASSETS).await
}

/// `GET /assets/{id}`.
pub(crate) async fn get(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    list::row(demo, id, &ASSETS).await
}

/// `GET /assets/count`.
pub(crate) async fn count(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let count = list::count(demo, call, &ASSETS).await?;
    Ok(Json(json!({ "count": count })).into_response())
}
