//! `/api/alert-tag-rules` but for its list (docs/utmstack.md, 5.2).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use rusqlite::Connection;
use serde_json::Value;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::body::Body;
use crate::utmstack::catalogue::TagRule;
use crate::utmstack::catalogue::tag_rule::shown;
use crate::utmstack::failure::Failure;
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::pageable::parameter;
use crate::utmstack::records::{deleted, updated};

const RESOURCE: &str = "AlertTagRuleResource";

/// A new rule, answered with 200; one with an id, or with a name that is taken, is 500.
pub(crate) async fn create_rule(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let failed = |cause: &str| Failure::internal(&format!("{RESOURCE}.createAlertTagRule"), cause);
    let body = Body::read(&headers, &body)?;
    let rule = read(&demo, &body)?;
    if body.int("id")?.is_some() {
        return Err(failed("A new rule can't have an id"));
    }
    let written = demo.utmstack.writing(move |db| {
        let id = rule.insert(db, &claims.sub, &UtcInstant::now().iso())?;
        Ok(by_ids(db, &[id])?.pop().unwrap_or_default())
    });
    written.await.map(Json).map_err(|error| failed(&error.to_string()))
}

/// Changes name, description, conditions and tags.
pub(crate) async fn update_rule(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let failed = |cause: &str| Failure::internal(&format!("{RESOURCE}.updateAlertTagRule"), cause);
    let body = Body::read(&headers, &body)?;
    let rule = read(&demo, &body)?;
    let id = body.int("id")?.ok_or_else(|| failed("Rule id is required"))?;
    let written = demo.utmstack.writing(move |db| {
        rule.update(db, id, &claims.sub, &UtcInstant::now().iso())?;
        Ok(by_ids(db, &[id])?.pop())
    });
    let record = written.await.map_err(|error| failed(&error.to_string()))?;
    let record = record.ok_or_else(|| failed("Rule not found"))?;
    Ok(updated("alertTagRule", id, record.to_string()))
}

/// One rule; without it, 200 with nothing.
pub(crate) async fn rule_by_id(
    State(demo): State<Arc<Demo>>,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let found = demo.utmstack.database.reading(move |db| by_ids(db, &[id])).await;
    let found = found.map_err(|error| failure("getAlertTagRule", &error))?;
    Ok(found
        .into_iter()
        .next()
        .map_or_else(|| StatusCode::OK.into_response(), |rule| Json(rule).into_response()))
}

/// Some rules; without any, 200 with nothing.
pub(crate) async fn rules_by_ids(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let ids = parameter(&pairs, "ids").ok_or_else(|| Failure::missing_parameter("List", "ids"))?;
    let ids: Vec<i64> = ids.split(',').filter_map(|id| id.trim().parse().ok()).collect();
    let found = demo.utmstack.database.reading(move |db| by_ids(db, &ids)).await;
    let found = found.map_err(|error| failure("getAlertTagRulesByIds", &error))?;
    Ok(if found.is_empty() { StatusCode::OK.into_response() } else { Json(found).into_response() })
}

/// Deletes a rule for good.
pub(crate) async fn delete_rule(
    State(demo): State<Arc<Demo>>,
    Path(id): Path<i64>,
) -> Result<Response, Failure> {
    let gone =
        demo.utmstack.writing(move |db| db.execute("DELETE FROM alert_tag_rule WHERE id = ?", [id])).await;
    gone.map(|_| deleted("alertTagRule", id)).map_err(|error| failure("deleteAlertTagRule", &error))
}

/// A rule whose conditions can be read.
fn read(demo: &Demo, body: &Body) -> Result<TagRule, Failure> {
    let rule = TagRule::read(body)?;
    FilterType::read_all(&rule.conditions, demo.utmstack.personality)?;
    Ok(rule)
}

fn by_ids(db: &Connection, ids: &[i64]) -> rusqlite::Result<Vec<Value>> {
    let mut statement = db.prepare_cached(
        "SELECT * FROM alert_tag_rule WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
    )?;
    let rows = statement.query_map([Value::from(ids).to_string()], |row| shown(db, row))?;
    rows.collect()
}

fn failure(method: &str, error: &rusqlite::Error) -> Failure {
    Failure::internal(&format!("{RESOURCE}.{method}"), &error.to_string())
}
