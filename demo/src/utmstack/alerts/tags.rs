//! `POST /api/utm-alerts/tags` (docs/utmstack.md, 1.5).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};

use crate::config::Personality;
use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::{Action, Change, Record, of_ids};
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::painless::compile_pasted;

const PLACE: &str = "UtmAlertResource.updateAlertTags";

/// Replaces the tags. `createRule` has to be there and is then never looked at.
pub(crate) async fn update_tags(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let failed = |cause: &str| Failure::internal(PLACE, cause);
    let body = Body::read(&headers, &body)?;
    let not_null =
        |field: &'static str| Failure::invalid("updateAlertTagsRequestBody", field, "must not be null");
    let ids = body.texts("alertIds")?.ok_or_else(|| not_null("alertIds"))?;
    body.flag("createRule")?.ok_or_else(|| not_null("createRule"))?;
    let tags = match body.texts("tags")? {
        None if demo.utmstack.personality == Personality::V11 => {
            return Err(failed("java.lang.NullPointerException at java.util.Objects.requireNonNull"));
        }
        tags => tags.unwrap_or_default(),
    };
    let tags: Vec<String> = tags
        .iter()
        .map(|tag| compile_pasted(tag))
        .collect::<Result<_, _>>()
        .map_err(|cause| failed(&cause))?;
    let now = UtcInstant::now();
    demo.utmstack
        .writing(move |db| {
            let seqs = of_ids(db, &ids, false)?;
            let record = Record::before(db, &seqs)?;
            Change::tags(&tags).apply(db, &seqs, now)?;
            let login = claims.sub;
            let message = |_: &str| format!("The user {login} tagged the alert with: {}", tags.join(","));
            record.after(db, Action::Tags, &login, message, now)
        })
        .await
        .map_err(|error| failed(&error.to_string()))?;
    Ok(StatusCode::OK)
}
