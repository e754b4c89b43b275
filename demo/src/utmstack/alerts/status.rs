//! `POST /api/utm-alerts/status` (docs/utmstack.md, 1.4).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use rusqlite::Connection;

use crate::config::Personality;
use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::{Action, Change, Record, of_ids};
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::painless::compile_escaped;
use crate::utmstack::status_code::{self, COMPLETED, FALSE_POSITIVE};

const PLACE: &str = "UtmAlertResource.updateAlertStatus";

/// Sets the status. Whatever the ids are, the answer is 200 with an empty body.
pub(crate) async fn update_status(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let failed = |cause: &str| Failure::internal(PLACE, cause);
    let body = Body::read(&headers, &body)?;
    let personality = demo.utmstack.personality;
    let (ids, status) = (body.texts("alertIds")?, body.int("status")?);
    let given_observation = body.text("statusObservation")?;
    let adds_tag = personality == Personality::V11 && body.flag("addFalsePositiveTag")?.unwrap_or(false);
    // Nothing validates this body: what is missing is a null pointer somewhere inside.
    let ids =
        ids.ok_or_else(|| failed("Cannot invoke \"java.util.List.size()\" because \"alertIds\" is null"))?;
    let status = status
        .ok_or_else(|| failed("Cannot invoke \"java.lang.Integer.intValue()\" because \"status\" is null"))?;
    let label = status_code::label(status, personality)
        .ok_or_else(|| failed("Cannot invoke \"AlertStatus.getName()\" because \"status\" is null"))?;
    if given_observation.is_none() && personality == Personality::V11 {
        return Err(failed("java.lang.NullPointerException at java.util.Objects.requireNonNull"));
    }
    // Concatenation turns what is not there into a word.
    let observation = given_observation.unwrap_or_else(|| "null".to_owned());
    compile_escaped(&observation, true).map_err(|cause| failed(&cause))?;
    let now = UtcInstant::now();
    demo.utmstack
        .writing(move |db| {
            let record = Record::before(db, &of_ids(db, &ids, false)?)?;
            set_status(db, personality, &ids, status, &observation, now)?;
            if adds_tag && status == COMPLETED {
                add_tag(db, &of_ids(db, &ids, true)?, FALSE_POSITIVE, now)?;
            }
            let login = claims.sub;
            let message = |before: &str| {
                format!("The user {login} changed alert status from {before} to {label} with the observation: {observation}")
            };
            record.after(db, Action::Status, &login, message, now)
        })
        .await
        .map_err(|error| failed(&error.to_string()))?;
    Ok(StatusCode::OK)
}

/// Sets the status of alerts, and in UTMStack 11 of their echoes, without a word in the history.
pub(crate) fn set_status(
    db: &Connection,
    personality: Personality,
    ids: &[String],
    status: i64,
    observation: &str,
    now: UtcInstant,
) -> rusqlite::Result<()> {
    let Some(change) = Change::status(status, observation, personality) else { return Ok(()) };
    change.apply(db, &of_ids(db, ids, personality == Personality::V11)?, now)
}

/// Adds a tag to those that lack it.
pub(crate) fn add_tag(db: &Connection, seqs: &[i64], tag: &str, now: UtcInstant) -> rusqlite::Result<()> {
    for &seq in seqs {
        let tags: Option<String> =
            db.prepare_cached("SELECT tags FROM alert WHERE seq = ?")?.query_row([seq], |row| row.get(0))?;
        let mut tags: Vec<String> =
            tags.and_then(|tags| serde_json::from_str(&tags).ok()).unwrap_or_default();
        if !tags.iter().any(|there| there == tag) {
            tags.push(tag.to_owned());
            Change::tags(&tags).apply(db, &[seq], now)?;
        }
    }
    Ok(())
}
