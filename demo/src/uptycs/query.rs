//! Statements whose rows come at once, and flat: `/query`, `/auditQuery` and `/assets/query` (docs/uptycs.md,
//! "Synchronous: POST /query", "Live query, pivots, graph").

use std::sync::Arc;

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::Value;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::uptycs::audience;
use crate::uptycs::call::Call;
use crate::uptycs::failure::Failure;
use crate::uptycs::query_job::columns;
use crate::uptycs::sql::{Realm, Scope, SqlError, Statement, run};

/// A statement and where it runs.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Wish {
    query: Option<String>,
    /// `global` when absent. Older clients call it `queryType`.
    #[serde(rename = "type", alias = "queryType")]
    kind: Option<String>,
    filters: Option<Value>,
    filtering: Option<Filtering>,
    parameter_values: Option<Value>,
}

/// How live queries wrap their filters.
#[derive(Debug, Deserialize)]
struct Filtering {
    filters: Option<Value>,
}

/// `POST /query`.
pub(crate) async fn global(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let wish: Wish = call.json()?;
    let realm = Realm::of_word(wish.kind.as_deref())
        .ok_or_else(|| Failure::bad_request("\"type\" must be one of [global, realtime, timemachine]"))?;
    answer(demo, wish, realm).await
}

/// `POST /auditQuery`.
pub(crate) async fn audit(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    answer(demo, call.json()?, Realm::Audit).await
}

/// `POST /assets/query`.
pub(crate) async fn live(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    answer(demo, call.json()?, Realm::Realtime).await
}

async fn answer(demo: &Arc<Demo>, wish: Wish, realm: Realm) -> Result<Response, Failure> {
    let query = wish.query.ok_or_else(|| Failure::bad_request("\"query\" is required"))?;
    let filters = wish.filters.or(wish.filtering.and_then(|filtering| filtering.filters));
    let audience = audience::of(demo, realm, filters.as_ref()).await?;
    let scope = Scope { realm, now: UtcInstant::now(), parameter_values: wish.parameter_values.as_ref() };
    let mut statement =
        Statement::new(&demo.uptycs.database, &query, &scope, audience.agents, audience.span.as_ref())
            .map_err(|error| refused(&error))?;
    let table = tokio::task::spawn_blocking(move || run(&mut statement))
        .await
        .map_err(|error| Failure::internal(error.to_string()))?
        .map_err(|error| refused(&error))?;
    let rows: Vec<&str> = table.rows.iter().map(|row| row.data.as_str()).collect();
    let body = format!("{{\"items\":[{}],\"columns\":{}}}", rows.join(","), columns(&table.columns));
    Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response())
}

/// There is no job that could show the mistake. No public source shows how the service tells it here.
fn refused(error: &SqlError) -> Failure {
    Failure::bad_request(format!("{}: {}", error.brief, error.detail))
}
