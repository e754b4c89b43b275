//! `POST /api/utm-alerts/tags` as documented (docs/utmstack.md, A.3.4).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use rusqlite::{Connection, OptionalExtension as _};
use serde_json::json;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::Claims;
use crate::utmstack::alerts::{Action, Change, Record, of_ids};
use crate::utmstack::body::Body;
use crate::utmstack::catalogue::TagRule;
use crate::utmstack::documented::ids::{bad_request, first_unknown, internal, needed, unknown};
use crate::utmstack::failure::Failure;

/// Replaces the tags, and makes a rule when one is wanted.
pub(crate) async fn update_tags(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let body = Body::read(&headers, &body)?;
    let ids = needed(&body, "alertIds")?;
    let makes_rule = body.flag("createRule")?;
    let makes_rule = makes_rule.ok_or_else(|| bad_request("Invalid request", "createRule is required"))?;
    let tags = body.texts("tags")?.unwrap_or_default();
    let now = UtcInstant::now();
    let written = demo.utmstack.writing(move |db| {
        if let Some(id) = first_unknown(db, &ids)? {
            return Ok(Some(id));
        }
        let seqs = of_ids(db, &ids, false)?;
        let record = Record::before(db, &seqs)?;
        Change::tags(&tags).apply(db, &seqs, now)?;
        let login = claims.sub;
        record.after(
            db,
            Action::Tags,
            &login,
            |_| format!("{login} tagged the alert with {}", tags.join(",")),
            now,
        )?;
        if makes_rule && !tags.is_empty() {
            make_rule(db, &seqs, &tags, &login, now)?;
        }
        Ok(None)
    });
    match written.await {
        Ok(None) => Ok(StatusCode::OK),
        Ok(Some(id)) => Err(unknown(&id)),
        Err(error) => Err(internal(&error)),
    }
}

/// Tags later alerts of the same name alike. The documentation names patterns, addresses and names as what a rule
/// goes by, and not how one is chosen.
fn make_rule(
    db: &Connection,
    seqs: &[i64],
    tags: &[String],
    login: &str,
    now: UtcInstant,
) -> rusqlite::Result<()> {
    let mut ids = Vec::new();
    for tag in tags {
        db.execute(
            "INSERT INTO alert_tag (tag_name, tag_color, system_owner) VALUES (?, '#2196f3', 0) ON CONFLICT DO NOTHING",
            [tag],
        )?;
        ids.push(db.query_row("SELECT id FROM alert_tag WHERE tag_name = ?", [tag], |row| row.get(0))?);
    }
    for seq in seqs {
        let name: Option<String> =
            db.query_row("SELECT name FROM alert WHERE seq = ?", [seq], |row| row.get(0)).optional()?;
        let Some(name) = name else { continue };
        let rule = TagRule {
            name: format!("{name} ({})", tags.join(", ")),
            description: "Made with the tags of an alert".to_owned(),
            conditions: json!([{ "field": "name", "operator": "IS", "value": name }]),
            tags: ids.clone(),
        };
        let is_there: bool = db.query_row(
            "SELECT EXISTS (SELECT 1 FROM alert_tag_rule WHERE rule_name = ?)",
            [&rule.name],
            |row| row.get(0),
        )?;
        if !is_there {
            rule.insert(db, login, &now.iso())?;
        }
    }
    Ok(())
}
