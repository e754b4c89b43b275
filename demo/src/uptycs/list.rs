//! Lists, rows and counts of any resource.

use std::sync::Arc;

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use rusqlite::{OptionalExtension as _, Row, params_from_iter};

use crate::demo::Demo;
use crate::uptycs::call::Call;
use crate::uptycs::envelope::{Slice, envelope};
use crate::uptycs::failure::Failure;
use crate::uptycs::resource::Resource;
use crate::uptycs::{filter, sort};

/// The page that most captured answers show when none is asked for.
const DEFAULT_LIMIT: u64 = 1_000;

/// How a row is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct View {
    /// What is read.
    pub(crate) columns: &'static str,
    /// Where it is read from, beside `page`, which has the rows of the resource's own table.
    pub(crate) joins: &'static str,
    /// Writes a row as JSON.
    pub(crate) show: fn(&Row<'_>, &mut String) -> rusqlite::Result<()>,
    /// The most rows of a page, when that is less than the cap of all lists.
    pub(crate) most: u64,
}

/// The stored JSON as it is.
fn stored(row: &Row<'_>, text: &mut String) -> rusqlite::Result<()> {
    text.push_str(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?);
    Ok(())
}

/// One page: `limit`, `offset`, `sort`, `filters`. Parameters it does not know are ignored.
pub(crate) async fn page(
    demo: &Arc<Demo>,
    call: &Call,
    resource: &'static Resource,
) -> Result<Response, Failure> {
    let joins = match resource.table {
        "alert" => "CROSS JOIN alert_body AS body ON body.seq = page.seq",
        "asset" => "CROSS JOIN asset_body AS body ON body.seq = page.seq",
        _ => "CROSS JOIN object AS body ON body.seq = page.seq",
    };
    page_as(demo, call, resource, View { columns: "body.body", joins, show: stored, most: u64::MAX }).await
}

/// One page of rows that are shown in another way than they are stored.
pub(crate) async fn page_as(
    demo: &Arc<Demo>,
    call: &Call,
    resource: &'static Resource,
    view: View,
) -> Result<Response, Failure> {
    let cap = demo.uptycs.page_cap.min(view.most);
    let limit = call.number("limit", DEFAULT_LIMIT)?.min(cap);
    let offset = call.number("offset", 0)?;
    let filter::Condition { sql: condition, parameters } = filter::of_call(resource, call)?;
    let order = sort::parse(resource, call.parameter("sort"))?;
    let (table, own) = (resource.table, resource.own_rows());
    let View { columns, joins, show, .. } = view;
    // One row more than asked for tells whether there is a next page.
    let sql = format!(
        "SELECT {columns} FROM (SELECT {table}.seq FROM {table} WHERE {own} AND {condition} ORDER BY {order}
            LIMIT {} OFFSET {}) AS page {joins}",
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
                show(row, &mut items)?;
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
    let (table, own) = (resource.table, resource.own_rows());
    let bodies = body_table(resource);
    let sql = format!(
        "SELECT body.body FROM {table} JOIN {bodies} AS body USING (seq) WHERE {own} AND {table}.id = ?"
    );
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
    let filter::Condition { sql, parameters } = filter::of_call(resource, call)?;
    let sql = format!("SELECT count(*) FROM {} WHERE {} AND {sql}", resource.table, resource.own_rows());
    let count = demo.uptycs.database.reading(move |db| {
        db.prepare_cached(&sql)?.query_row(params_from_iter(&parameters), |row| row.get(0))
    });
    Ok(count.await?)
}

/// Where the ready-made JSON lies.
fn body_table(resource: &Resource) -> String {
    if resource.table == "object" { "object".to_owned() } else { format!("{}_body", resource.table) }
}
