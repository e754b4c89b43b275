//! `GET /_demo/ids`: which alerts existed all through an interval.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::demo::Demo;
use crate::instant::UtcInstant;

/// The interval; either end is now when it is missing.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    vendor: String,
    at: Option<String>,
    until: Option<String>,
}

/// The ids, sorted, one a line. Born at `at` or before, not gone at `until`.
pub(crate) async fn ids(
    State(demo): State<Arc<Demo>>,
    Query(asked): Query<Asked>,
) -> Result<String, (StatusCode, String)> {
    let wrong = |words: String| (StatusCode::BAD_REQUEST, words);
    let database = match asked.vendor.as_str() {
        "utmstack" => &demo.utmstack.database,
        "uptycs" => &demo.uptycs.database,
        other => return Err(wrong(format!("vendor is utmstack or uptycs, not {other}\n"))),
    };
    let now = UtcInstant::now();
    let instant = |text: Option<&str>| match text {
        None => Ok(now),
        Some(text) => {
            UtcInstant::parse(text).ok_or_else(|| wrong(format!("{text} is not an ISO 8601 instant\n")))
        }
    };
    let (at, until) = (instant(asked.at.as_deref())?, instant(asked.until.as_deref())?);
    database
        .reading(move |db| {
            let mut statement = db.prepare_cached(
                "SELECT id FROM alert WHERE birth <= ?1
                 UNION ALL SELECT id FROM alert_gone WHERE birth <= ?1 AND death > ?2
                 ORDER BY id",
            )?;
            let mut rows = statement.query([at.millis(), until.millis()])?;
            let mut text = String::new();
            while let Some(row) = rows.next()? {
                text.push_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
                text.push('\n');
            }
            Ok(text)
        })
        .await
        .map_err(|error| (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()))
}
