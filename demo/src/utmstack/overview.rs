//! `/api/overview`: the numbers of the dashboard (docs/utmstack.md, 5.5). All leave out what is still in automatic
//! review and what is tagged as a false positive, and UTMStack 11 counts parents only.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Query, State};
use rusqlite::{Connection, params};
use serde_json::{Value, json};

use crate::config::Personality;
use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::date_math::{End, date_math};
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::parameter;
use crate::utmstack::status_code::{COMPLETED, IN_REVIEW, OPEN, label};

type Pairs = Query<Vec<(String, String)>>;

/// Two cards.
pub(crate) async fn count_alerts_today_and_last_week(
    State(demo): State<Arc<Demo>>,
) -> Result<Json<Value>, Failure> {
    let mut cards = Vec::new();
    for (serie, from) in [("Today", "now/d"), ("Last 7 days", "now-7d/d")] {
        let span = Span::between(from, "now")?;
        let counts = span.counts(&demo, "1", i64::MAX).await?;
        cards.push(json!({ "serie": serie, "value": counts.first().map_or(0, |count| count.1) }));
    }
    Ok(Json(Value::from(cards)))
}

/// Three cards, in the order of the codes.
pub(crate) async fn count_alerts_by_status(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Pairs,
) -> Result<Json<Value>, Failure> {
    let counts = Span::of(&pairs)?.counts(&demo, "status", i64::MAX).await?;
    let card = |code: i64| {
        let count = counts.iter().find(|count| count.0 == code.to_string()).map_or(0, |count| count.1);
        json!({ "serie": label(code, demo.utmstack.personality), "value": count })
    };
    Ok(Json(json!([card(OPEN), card(IN_REVIEW), card(COMPLETED)])))
}

/// A pie.
pub(crate) async fn count_alerts_by_severity(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Pairs,
) -> Result<Json<Value>, Failure> {
    let counts = Span::of(&pairs)?.counts(&demo, "severity", top(&pairs)?).await?;
    let named: Vec<(&str, i64)> = counts.iter().map(|(code, count)| (severity(code), *count)).collect();
    Ok(Json(pie(&named)))
}

/// A table of the commonest names; its numbers are texts.
pub(crate) async fn top_alerts(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Pairs,
) -> Result<Json<Value>, Failure> {
    let counts = Span::of(&pairs)?.counts(&demo, "name", top(&pairs)?).await?;
    let rows: Vec<Value> = counts.iter().map(|(name, count)| json!([name, count.to_string()])).collect();
    Ok(Json(json!({ "columns": ["Alert", "Amount"], "rows": rows })))
}

/// Bars.
pub(crate) async fn top_alerts_by_category(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Pairs,
) -> Result<Json<Value>, Failure> {
    let counts = Span::of(&pairs)?.counts(&demo, "category", top(&pairs)?).await?;
    let (categories, series): (Vec<&String>, Vec<i64>) =
        counts.iter().map(|(name, count)| (name, *count)).unzip();
    Ok(Json(json!({ "categories": categories, "series": series })))
}

/// Events are counted in the logs, which this server has none of: the shapes without contents.
pub(crate) async fn count_events_by_type(Query(pairs): Pairs) -> Result<Json<Value>, Failure> {
    Span::of(&pairs)?;
    top(&pairs)?;
    Ok(Json(pie(&[])))
}

/// The same for lines over time.
pub(crate) async fn events_in_time(Query(pairs): Pairs) -> Result<Json<Value>, Failure> {
    Span::of(&pairs)?;
    parameter(&pairs, "interval").ok_or_else(|| Failure::missing_parameter("String", "interval"))?;
    Ok(Json(json!({ "categories": [], "series": [] })))
}

/// The same for a table.
pub(crate) async fn top_windows_events(Query(pairs): Pairs) -> Result<Json<Value>, Failure> {
    Span::of(&pairs)?;
    top(&pairs)?;
    Ok(Json(json!({ "columns": ["Event", "Amount"], "rows": [] })))
}

fn pie(counts: &[(&str, i64)]) -> Value {
    let names: Vec<&str> = counts.iter().map(|count| count.0).collect();
    let values: Vec<Value> =
        counts.iter().map(|(name, count)| json!({ "value": count, "name": name })).collect();
    json!({ "data": names, "value": values })
}

fn severity(code: &str) -> &'static str {
    match code {
        "1" => "Low",
        "2" => "Medium",
        "3" => "High",
        _ => "Critical",
    }
}

fn top(pairs: &[(String, String)]) -> Result<i64, Failure> {
    let top = parameter(pairs, "top").ok_or_else(|| Failure::missing_parameter("Integer", "top"))?;
    top.trim().parse().map_err(|_| Failure::bad_request("Failed to convert value of type String to Integer"))
}

/// A stretch of time.
#[derive(Debug, Clone, Copy)]
struct Span {
    from: UtcInstant,
    to: UtcInstant,
}

impl Span {
    fn of(pairs: &[(String, String)]) -> Result<Self, Failure> {
        let needed = |name| parameter(pairs, name).ok_or_else(|| Failure::missing_parameter("String", name));
        Self::between(needed("from")?, needed("to")?)
    }

    fn between(from: &str, to: &str) -> Result<Self, Failure> {
        let now = UtcInstant::now();
        let read = |text: &str, end| {
            date_math(text, now, end).ok_or_else(|| {
                Failure::internal("OverviewResource", &format!("failed to parse date field [{text}]"))
            })
        };
        Ok(Self { from: read(from, End::Lower)?, to: read(to, End::Upper)? })
    }

    /// The values of a column with their counts, the commonest first.
    async fn counts(
        self,
        demo: &Demo,
        column: &'static str,
        top: i64,
    ) -> Result<Vec<(String, i64)>, Failure> {
        let parents =
            if demo.utmstack.personality == Personality::V11 { "AND parent_id IS NULL" } else { "" };
        let sql = format!(
            "SELECT CAST({column} AS TEXT), count(*) AS amount FROM alert
                WHERE at BETWEEN ?1 AND ?2 AND status <> 1 {parents}
                    AND NOT coalesce(text_match('phrase', tags, 'False positive'), FALSE)
                GROUP BY {column} ORDER BY amount DESC, {column} LIMIT ?3"
        );
        let counted = demo.utmstack.database.reading(move |db: &Connection| {
            let mut statement = db.prepare_cached(&sql)?;
            let rows = statement.query_map(params![self.from.millis(), self.to.millis(), top], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
            rows.collect::<rusqlite::Result<Vec<(String, i64)>>>()
        });
        counted.await.map_err(|error| Failure::internal("OverviewResource", &error.to_string()))
    }
}
