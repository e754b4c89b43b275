//! Lists, rows and counts of any resource.

use std::sync::Arc;

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use rusqlite::{OptionalExtension as _, params_from_iter};

use crate::demo::Demo;
use crate::uptycs::call::Call;
use crate::uptycs::envelope::{Slice, envelope};
use crate::uptycs::failure::Failure;
use crate::uptycs::resource::Resource;
use crate::uptycs::{filter, sort};

/// The page that most captured answers show when none is asked for.
const DEFAULT_LIMIT: u64 = 1_000;

/// One page: `limit`, `offset`, `sort`, `filters`. Parameters it does not know are ignored.
pub(crate) async fn page(
    demo: &Arc<Demo>,
    call: &Call,
    resource: &'static Resource,
) -> Result<Response, Failure> {
    let cap = demo.uptycs.page_cap;
    let limit = call.number("limit", DEFAULT_LIMIT)?.min(cap);
    let offset = call.number("offset", 0)?;
    let filter::Condition { sql: condition, parameters } =
        filter::parse(resource, call.parameter("filters"))?;
    let order = sort::parse(resource, call.parameter("sort"))?;
    let table = resource.table;
    // One row more than asked for tells whether there is a next page.
    let sql = format!(
        "SELECT {table}_body.body FROM (SELECT {table}.seq FROM {table} WHERE {condition} ORDER BY {order}
            LIMIT {} OFFSET {}) AS page CROSS JOIN {table}_body ON {table}_body.seq = page.seq",
        limit.saturating_add(1),
        // SQLite's numbers end before ours.
        offset.min(u64::from(u32::MAX))
    );
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    let (items, has_more) = demo
        .uptycs
        .database
        .reading(move |db| {
            let mut statement = db.prepare_cached(&sql)?;
            let mut rows = statement.query(params_from_iter(&parameters))?;
            let mut items = String::new();
            let mut count = 0;
            while let Some(row) = rows.next()? {
                if count == most {
                    return Ok((items, true));
                }
                if count > 0 {
                    items.push(',');
                }
                items.push_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
                count += 1;
            }
            Ok((items, false))
        })
        .await?;
    Ok(envelope(&demo.uptycs.key_file.customer_id, resource, Slice { offset, limit, has_more }, &items))
}

/// One row by its id.
pub(crate) async fn row(
    demo: &Arc<Demo>,
    id: &str,
    resource: &'static Resource,
) -> Result<Response, Failure> {
    let table = resource.table;
    let sql = format!("SELECT body FROM {table} JOIN {table}_body USING (seq) WHERE id = ?");
    let wanted = id.to_owned();
    let found: Option<String> = demo
        .uptycs
        .database
        .reading(move |db| db.prepare_cached(&sql)?.query_row([wanted], |row| row.get(0)).optional())
        .await?;
    match found {
        Some(body) => Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()),
        None => Err(Failure::not_found(format!("there is no {id} in {}", resource.path))),
    }
}

/// How many rows meet the filters.
pub(crate) async fn count(
    demo: &Arc<Demo>,
    call: &Call,
    resource: &'static Resource,
) -> Result<i64, Failure> {
    let filter::Condition { sql, parameters } = filter::parse(resource, call.parameter("filters"))?;
    let sql = format!("SELECT count(*) FROM {} WHERE {sql}", resource.table);
    let count = demo.uptycs.database.reading(move |db| {
        db.prepare_cached(&sql)?.query_row(params_from_iter(&parameters), |row| row.get(0))
    });
    Ok(count.await?)
}
