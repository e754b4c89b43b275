//! The automatic review: what new alerts go through before people see them (docs/utmstack.md, 4.4).

use std::sync::Arc;
use std::time::Duration;

use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use crate::demo::Demo;
use crate::utmstack::alerts::{Change, Set, add_tag};
use crate::utmstack::condition::Meaning;
use crate::utmstack::filter_type::FilterType;
use crate::utmstack::status_code::{AUTOMATIC_REVIEW, COMPLETED, FALSE_POSITIVE, OPEN};

const REVIEWED: &str = "This alert has been evaluated by the tag rules engine";
const COMPLETED_AS_FALSE: &str = "Status changed to completed because alert was tagged as False positive";

/// Reviews again and again, until the server ends. No time between means never.
pub(crate) async fn review_every(demo: Arc<Demo>, pause: Duration) {
    if pause.is_zero() {
        return;
    }
    let mut clock = tokio::time::interval(pause);
    clock.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    // The first tick is at once.
    clock.tick().await;
    loop {
        clock.tick().await;
        let meaning = demo.utmstack.meaning();
        // What fails now is tried again with the next tick, as by the scheduler of the real server.
        let _ = demo.utmstack.writing(move |db| review(db, meaning)).await;
    }
}

/// Reviews once, and tells how many alerts have left the review. A rule that OpenSearch refuses is passed over;
/// old servers left all alerts behind then (issue #1110).
pub(crate) fn review(db: &Connection, meaning: Meaning) -> rusqlite::Result<usize> {
    for rule in rules(db)? {
        let Ok(filters) = FilterType::read_all(&rule.conditions, meaning.personality) else { continue };
        let Ok((condition, parameters)) = meaning.all(&filters) else { continue };
        let sql = format!(
            "SELECT seq FROM alert WHERE status = {AUTOMATIC_REVIEW} AND {condition} ORDER BY position"
        );
        let seqs: Vec<i64> = db
            .prepare(&sql)?
            .query_map(params_from_iter(&parameters), |row| row.get(0))?
            .collect::<Result<_, _>>()?;
        for &seq in &seqs {
            apply(db, &rule, seq, meaning)?;
        }
    }
    let rest: Vec<i64> = db
        .prepare_cached("SELECT seq FROM alert WHERE status = ? ORDER BY position")?
        .query_map([AUTOMATIC_REVIEW], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    if let Some(change) = Change::status(OPEN, REVIEWED, meaning.personality) {
        change.apply(db, &rest, meaning.now)?;
    }
    Ok(rest.len())
}

/// Tags one alert, and completes it when its tags are the system's one and nothing else.
fn apply(db: &Connection, rule: &Rule, seq: i64, meaning: Meaning) -> rusqlite::Result<()> {
    let applied: Option<String> = db
        .prepare_cached("SELECT body ->> '$.TagRulesApplied' FROM alert_body WHERE seq = ?")?
        .query_row([seq], |row| row.get(0))?;
    let mut applied: Vec<i64> = applied.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
    applied.push(rule.id);
    Change::default().with("$.TagRulesApplied", None, Set::Json(Value::from(applied).to_string())).apply(
        db,
        &[seq],
        meaning.now,
    )?;
    for tag in &rule.tags {
        add_tag(db, &[seq], tag, meaning.now)?;
    }
    if rule.tags.iter().any(|tag| tag == FALSE_POSITIVE)
        && let Some(change) = Change::status(COMPLETED, COMPLETED_AS_FALSE, meaning.personality)
    {
        change.apply(db, &[seq], meaning.now)?;
    }
    Ok(())
}

#[derive(Debug)]
struct Rule {
    id: i64,
    conditions: Value,
    tags: Vec<String>,
}

/// The rules that act, with the names of their tags.
fn rules(db: &Connection) -> rusqlite::Result<Vec<Rule>> {
    let mut statement = db.prepare(
        "SELECT id, rule_conditions, (SELECT json_group_array(tag_name) FROM alert_tag
            WHERE alert_tag.id IN (SELECT value FROM json_each(rule_applied_tags)))
         FROM alert_tag_rule WHERE rule_active AND NOT rule_deleted ORDER BY id",
    )?;
    let rows = statement.query_map([], |row| {
        let (conditions, tags): (String, String) = (row.get(1)?, row.get(2)?);
        Ok(Rule {
            id: row.get(0)?,
            conditions: serde_json::from_str(&conditions).unwrap_or_default(),
            tags: serde_json::from_str(&tags).unwrap_or_default(),
        })
    })?;
    rows.collect()
}
