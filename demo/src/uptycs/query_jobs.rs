//! `/queryJobs` (docs/uptycs.md, "queryJobs lifecycle").

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::random::Random;
use crate::uptycs::audience;
use crate::uptycs::call::Call;
use crate::uptycs::envelope::{Slice, envelope};
use crate::uptycs::failure::Failure;
use crate::uptycs::query_job::{Job, Wish, columns, query_stats};
use crate::uptycs::resource::Resource;
use crate::uptycs::sql::{Realm, Row, Scope, Statement, Table, run};

/// The page of results when none is asked for, and the largest one (a captured answer of 2023).
const RESULTS_LIMIT: u64 = 50_000;

static QUERY_JOBS: Resource = Resource {
    path: "queryJobs",
    title: Cow::Borrowed("Query jobs information"),
    table: "",
    fields: Cow::Borrowed(&[]),
    plain: &[],
    extra_link: None,
};

/// The jobs of a tenant in the order of their making.
#[derive(Debug, Default)]
pub(crate) struct QueryJobs {
    jobs: Mutex<Vec<Arc<Job>>>,
}

impl QueryJobs {
    fn find(&self, id: &str) -> Result<Arc<Job>, Failure> {
        let jobs = self.jobs.lock().unwrap_or_else(PoisonError::into_inner);
        jobs.iter().find(|job| job.id == id).cloned().ok_or_else(|| missing(id))
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.jobs.lock().unwrap_or_else(PoisonError::into_inner).len()
    }
}

fn missing(id: &str) -> Failure {
    Failure::not_found(format!("there is no {id} in queryJobs"))
}

/// `POST /queryJobs`: queued at once, whatever the statement; a mistake in it shows in the job.
pub(crate) async fn create(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let wish: Wish = call.json()?;
    let query = wish.query.clone().ok_or_else(|| Failure::bad_request("\"query\" is required"))?;
    let realm = Realm::of_word(wish.kind.as_deref())
        .ok_or_else(|| Failure::bad_request("\"type\" must be one of [global, realtime, timemachine]"))?;
    let jobs = &demo.uptycs.jobs;
    let id = demo.uptycs.new_id();
    let audience = audience::of(demo, realm, wish.filters.as_ref()).await?;
    let scope = Scope { realm, now: UtcInstant::now(), parameter_values: wish.parameter_values.as_ref() };
    let asked = (realm == Realm::Realtime).then_some(audience.agents.all.len());
    let database = &demo.uptycs.database;
    let (sender, outcome) = watch::channel(None);
    let interrupt = match Statement::new(database, &query, &scope, audience.agents, audience.span.as_ref()) {
        Ok(mut statement) => {
            let interrupt = statement.interrupt_handle();
            tokio::task::spawn_blocking(move || {
                let table = run(&mut statement);
                // Nobody listens any more when the job was deleted in the meantime.
                let _ = sender.send(Some(Arc::new(table)));
            });
            Some(interrupt)
        }
        Err(error) => {
            let _ = sender.send(Some(Arc::new(Err(error))));
            None
        }
    };
    let job = Arc::new(Job::new(id, wish, &demo.uptycs.key_file.customer_id, outcome, interrupt, asked));
    let answer = Json(job.to_json()).into_response();
    jobs.jobs.lock().unwrap_or_else(PoisonError::into_inner).push(job);
    Ok(answer)
}

/// `GET /queryJobs/{id}`: each poll moves the job on.
pub(crate) async fn get(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    let job = demo.uptycs.jobs.find(id)?;
    job.poll().await;
    Ok(Json(job.to_json()).into_response())
}

/// `PUT /queryJobs/{id}`: `{"status":"CANCELLED"}` and nothing else.
pub(crate) fn update(demo: &Arc<Demo>, call: &Call, id: &str) -> Result<Response, Failure> {
    let job = demo.uptycs.jobs.find(id)?;
    let body: Value = call.json()?;
    if body.get("status").and_then(Value::as_str) != Some("CANCELLED") {
        return Err(Failure::bad_request("\"status\" must be CANCELLED"));
    }
    job.cancel();
    Ok(Json(job.to_json()).into_response())
}

/// `DELETE /queryJobs/{id}`: the job and its results are gone.
pub(crate) fn delete(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    let job = demo.uptycs.jobs.find(id)?;
    job.cancel();
    let mut jobs = demo.uptycs.jobs.jobs.lock().unwrap_or_else(PoisonError::into_inner);
    jobs.retain(|job| job.id != id);
    Ok(Json(json!({})).into_response())
}

/// `GET /queryJobs`: the jobs, without moving any.
pub(crate) fn list(demo: &Arc<Demo>, call: &Call) -> Result<Response, Failure> {
    let limit = call.number("limit", 1_000)?.min(demo.uptycs.page_cap);
    let offset = call.number("offset", 0)?;
    let jobs = demo.uptycs.jobs.jobs.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let (from, most) = (size(offset), size(limit));
    let items: Vec<String> = jobs.iter().skip(from).take(most).map(|job| job.to_json().to_string()).collect();
    let has_more = jobs.len() > from.saturating_add(most);
    let slice = Slice { offset, limit, has_more };
    Ok(envelope(&demo.uptycs.key_file.customer_id, &QUERY_JOBS, slice, &items.join(",")))
}

/// `GET /queryJobs/{id}/results`: an envelope of thirteen keys. A job that has not finished has no items.
pub(crate) fn results(demo: &Arc<Demo>, call: &Call, id: &str) -> Result<Response, Failure> {
    let job = demo.uptycs.jobs.find(id)?;
    let limit = call.number("limit", RESULTS_LIMIT)?.min(RESULTS_LIMIT);
    let offset = call.number("offset", 0)?;
    let outcome = job.table();
    let table = outcome.as_ref().and_then(|outcome| outcome.as_ref().as_ref().ok());
    let row_count = table.map_or(0, |table| table.rows.len());
    let customer = &demo.uptycs.key_file.customer_id;
    let day = UtcInstant::now().day();
    let is_realtime = job.realm() == Realm::Realtime;
    let mut items = String::new();
    let rows = table.map(|table| table.rows.as_slice()).unwrap_or_default();
    for (index, row) in rows.iter().enumerate().skip(size(offset)).take(size(limit)) {
        if !items.is_empty() {
            items.push(',');
        }
        let hash = Random::stream(0, &row.data).uuid();
        let (number, data) = (index + 1, &row.data);
        let asset = if is_realtime { asset(table, row) } else { String::new() };
        let _ = write!(
            items,
            "{{\"queryJobId\":\"{id}\",\"rowNumber\":{number},\"rowData\":{data},\"rowDataHash\":\"{hash}\",\
             \"customerId\":\"{customer}\",\"createdAt\":\"{day}\"{asset}}}"
        );
    }
    let (started, ended) = job.times();
    let base = format!("/public/api/customers/{customer}/queryJobs/{id}/results");
    let mut links = vec![json!({ "rel": "self", "title": "Query job results", "href": format!("{base}?") })];
    if row_count > size(offset).saturating_add(size(limit)) {
        let next = offset.saturating_add(limit);
        links.push(json!({ "rel": "next", "title": "Next page", "href": format!("{base}?limit={limit}&offset={next}") }));
    }
    let head = json!({
        "links": links,
        "queryStats": query_stats(row_count),
        "status": job.status().word(),
        "id": id,
        "error": job.to_json().get("error"),
        "startTime": started,
        "endTime": ended,
        "rowCount": row_count,
        "resultStore": null,
        "columns": table.map_or(json!([]), |table| columns(&table.columns)),
        "offset": offset,
        "limit": limit,
    });
    // The rows are text already: they go in before the closing brace of the rest.
    let head = head.to_string();
    let body = format!("{},\"items\":[{items}]}}", head.strip_suffix('}').unwrap_or(&head));
    Ok(([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response())
}

/// Who answered with a row, as a further field of it.
fn asset(table: Option<&Table>, row: &Row) -> String {
    let answerer = table.and_then(|table| table.answerers.get(row.answerer?));
    answerer.map_or_else(String::new, |asset| {
        format!(",\"asset\":{}", json!({ "id": asset.id, "hostName": asset.host_name }))
    })
}

fn size(count: u64) -> usize {
    usize::try_from(count).unwrap_or(usize::MAX)
}
