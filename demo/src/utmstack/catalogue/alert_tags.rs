//! `/api/utm-alert-tags` (docs/utmstack.md, 5.1).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;

use crate::demo::Demo;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::records::{Failed, Holds, Property, Table, created, updated};

/// The names of tags.
pub(crate) const ALERT_TAGS: Table = Table {
    path: "/api/utm-alert-tags",
    name: "alert_tag",
    entity: "utmAlertTag",
    resource: "UtmAlertTagResource",
    properties: &[
        Property::required("tagName", "tag_name", Holds::Text).most(50),
        Property::new("tagColor", "tag_color", Holds::Text).most(15),
        Property::new("systemOwner", "system_owner", Holds::Flag),
    ],
};

/// A new name; one that is taken is 409, one with an id 500.
pub(crate) async fn create_tag(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = ALERT_TAGS.place("createAlertTag");
    let body = Body::read(&headers, &body)?;
    let values = values(&body)?;
    if body.int("id")?.is_some() {
        return Err(Failure::internal(&place, "A new tag cannot already have an ID"));
    }
    let (id, record) = demo
        .utmstack
        .writing(move |db| {
            let id = ALERT_TAGS.insert(db, &values)?;
            Ok((id, ALERT_TAGS.record(db, id)?.unwrap_or_default()))
        })
        .await
        .map_err(|error| failure(&place, error))?;
    Ok(created(ALERT_TAGS.path, ALERT_TAGS.entity, id, record))
}

/// Changes a name or its colour.
pub(crate) async fn update_tag(
    State(demo): State<Arc<Demo>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let place = ALERT_TAGS.place("updateAlertTag");
    let body = Body::read(&headers, &body)?;
    let values = values(&body)?;
    let id = body.int("id")?.ok_or_else(|| Failure::internal(&place, "Invalid id"))?;
    let record = demo
        .utmstack
        .writing(move |db| {
            ALERT_TAGS.replace(db, id, &values)?;
            Ok(ALERT_TAGS.record(db, id)?.unwrap_or_default())
        })
        .await
        .map_err(|error| failure(&place, error))?;
    Ok(updated(ALERT_TAGS.entity, id, record))
}

fn values(body: &Body) -> Result<Vec<rusqlite::types::Value>, Failure> {
    let mut values = ALERT_TAGS.values("utmAlertTag", body)?;
    // A primitive in the entity: what is not said is false.
    if let Some(last @ rusqlite::types::Value::Null) = values.last_mut() {
        *last = rusqlite::types::Value::from(0);
    }
    Ok(values)
}

fn failure(place: &str, error: rusqlite::Error) -> Failure {
    match Failed::from(error) {
        Failed::Taken(_) => {
            Failure::handled(StatusCode::CONFLICT, place, "A tag with the same name already exists")
        }
        Failed::Otherwise(cause) => Failure::internal(place, &cause),
    }
}
