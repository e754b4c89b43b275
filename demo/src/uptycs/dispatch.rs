//! The endpoints below the customer. What only lists, gets, creates, updates and deletes is in `collections`.

use std::sync::Arc;

use axum::Json;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::uptycs::call::Call;
use crate::uptycs::collection::Collection;
use crate::uptycs::envelope::{Slice, empty};
use crate::uptycs::failure::Failure;
use crate::uptycs::{
    alert_update, alerts, alerts_reporting, asset_writes, assets, detections, downloads, lookup_rows,
    objects, query, query_jobs, schema, threat_books, threat_sources,
};

/// The inventories of cloud accounts that a public client pages through; none has rows here.
const INVENTORIES: &[&str] = &[
    "aws/s3buckets",
    "aws/lambdafunctions",
    "aws/rdsdbclusters",
    "aws/ecsclusters",
    "aws/iampolicies",
    "azure/sqldatabases",
    "aws/organizations",
    "gcp/organizations",
    "azure/organizations",
];

/// Answers a request whose token is good.
pub(crate) async fn dispatch(demo: &Arc<Demo>, call: Call) -> Result<Response, Failure> {
    let lower: Vec<String> = call.path.iter().map(|segment| segment.to_lowercase()).collect();
    let path: Vec<&str> = lower.iter().map(String::as_str).collect();
    let method = call.method.as_str();
    match (method, path.as_slice()) {
        ("GET", []) => {
            let id = &demo.uptycs.key_file.customer_id;
            Ok(Json(json!({ "id": id, "name": "Demo", "domain": "demo" })).into_response())
        }
        ("GET", ["alerts"]) => alerts::list(demo, &call).await,
        ("GET", ["alerts", id]) => alerts::get(demo, id).await,
        ("PUT", ["alerts"]) => alert_update::many(demo, &call),
        ("PUT", ["alerts", id]) => alert_update::one(demo, &call, id),
        ("GET", ["alertsreporting"]) => alerts_reporting::list(demo, &call).await,
        ("GET", ["alertsreporting", id]) => alerts_reporting::get(demo, id).await,
        ("GET", ["detections", id]) => detections::get(demo, id).await,
        ("PUT", ["detections"]) => detections::update(demo, &call),
        ("GET", ["assets"]) => assets::list(demo, &call).await,
        ("GET", ["assets", "count"]) => assets::count(demo, &call).await,
        ("POST", ["assets", "query"]) => query::live(demo, &call).await,
        ("DELETE", ["assets", "tags"]) => asset_writes::remove_tag(demo, &call),
        ("GET", ["assets", id]) => assets::get(demo, id).await,
        ("PUT", ["assets", id]) => asset_writes::update(demo, &call, id),
        ("DELETE", ["assets", id]) => asset_writes::delete(demo, id),
        ("GET", ["assets", id, "user"]) => asset_writes::user(demo, id).await,
        ("POST", ["query"]) => query::global(demo, &call).await,
        ("POST", ["auditquery"]) => query::audit(demo, &call).await,
        ("GET", ["queryjobs"]) => query_jobs::list(demo, &call),
        ("POST", ["queryjobs"]) => query_jobs::create(demo, &call).await,
        ("GET", ["queryjobs", id]) => query_jobs::get(demo, id).await,
        ("PUT", ["queryjobs", id]) => query_jobs::update(demo, &call, id),
        ("DELETE", ["queryjobs", id]) => query_jobs::delete(demo, id),
        ("GET", ["queryjobs", id, "results"]) => query_jobs::results(demo, &call, id),
        ("GET", ["schema"]) => schema::get("global"),
        ("GET", ["schema", realm]) => schema::get(realm),
        ("POST", ["threatsources"]) => threat_sources::create(demo, &call),
        ("PUT", ["threatsources", id]) => threat_sources::update(demo, &call, id),
        ("DELETE", ["threatsources", id]) => threat_sources::delete(demo, id),
        ("POST", ["threatbooks", id, "runs"]) => threat_books::run(demo, &call, id),
        ("GET", ["threatbooks", id, "runs", run]) => Ok(threat_books::get(id, run)),
        (
            "GET",
            ["threatbooks", _, "sectionresults", section]
            | ["threatbooks", _, "runs", _, "sectionresults", section],
        ) => Ok(threat_books::section(section)),
        ("GET", ["lookuptables", id, "data"]) => lookup_rows::list(demo, &call, id).await,
        ("POST", ["lookuptables", id, "data"]) => lookup_rows::add(demo, &call, id),
        ("POST", ["lookuptables", id, "csvdata"]) => lookup_rows::add_csv(demo, &call, id),
        ("DELETE", ["lookuptables", id, "data", row]) => lookup_rows::delete(demo, id, row),
        ("GET", ["carves", id, "link"]) => downloads::carve_link(demo, id).await,
        ("GET", ["packagedownloads", "osquery", flavor, _]) => downloads::package(&call, flavor),
        ("GET", ["eventrules", "summary"]) => rules_summary(demo).await,
        ("GET", ["querypacks" | "querypack"]) => collection(demo, &call, &["querypacks"]).await,
        ("POST", ["customdashboards", id, "sections"]) => add_section(demo, &call, id),
        ("DELETE", ["cloudtrailbuckets", tenant, bucket]) => delete_bucket(demo, tenant, bucket),
        ("GET", ["cloud", rest @ ..]) if INVENTORIES.contains(&rest.join("/").as_str()) => {
            let (limit, offset) =
                (call.number("limit", 1_000)?.min(demo.uptycs.page_cap), call.number("offset", 0)?);
            let slice = Slice { offset, limit, has_more: false };
            Ok(empty(&demo.uptycs.key_file.customer_id, &call.path.join("/"), slice))
        }
        (_, path) => collection(demo, &call, path).await,
    }
}

/// A collection, or nothing at all.
async fn collection(demo: &Arc<Demo>, call: &Call, path: &[&str]) -> Result<Response, Failure> {
    let none = || Failure::not_found(format!("there is no {} /{}", call.method, call.path.join("/")));
    let (name, id) = match path {
        [name] => (*name, None),
        // Ids keep their case.
        [name, _] => (*name, call.path.get(1).map(String::as_str)),
        _ => return Err(none()),
    };
    let collection = Collection::at(name).ok_or_else(none)?;
    objects::answer(demo, call, collection, id).await?.ok_or_else(none)
}

/// `GET /eventRules/summary`. The path is public, its answer is not: reconstructed as counts.
async fn rules_summary(demo: &Arc<Demo>) -> Result<Response, Failure> {
    let counts = demo.uptycs.database.reading(|db| {
        db.query_row(
            "SELECT count(*), coalesce(sum(body ->> '$.enabled'), 0) FROM object WHERE kind = 'eventRules'",
            [],
            |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)),
        )
    });
    let (total, enabled) = counts.await?;
    Ok(Json(json!({ "total": total, "enabled": enabled, "disabled": total - enabled })).into_response())
}

/// `POST /customDashboards/{id}/sections`.
fn add_section(demo: &Demo, call: &Call, id: &str) -> Result<Response, Failure> {
    let mut section: serde_json::Map<String, Value> = call.json()?;
    section.insert("id".to_owned(), json!(demo.uptycs.new_id()));
    section.insert("customDashboardId".to_owned(), json!(id));
    let dashboards = Collection::at("customDashboards")
        .ok_or_else(|| Failure::internal("there is no customDashboards"))?;
    objects::change(demo, dashboards, id, |body| {
        if let Some(Value::Array(sections)) = body.get_mut("sections") {
            sections.push(Value::Object(section.clone()));
        }
    })?;
    Ok(Json(Value::Object(section)).into_response())
}

/// `DELETE /cloudTrailBuckets/{tenantId}/{bucket}`.
fn delete_bucket(demo: &Demo, tenant: &str, bucket: &str) -> Result<Response, Failure> {
    let count = demo.uptycs.database.write(|db| {
        db.execute(
            "DELETE FROM object WHERE kind = 'cloudTrailBuckets' AND lower(body ->> '$.tenantId') = ?1
                AND lower(body ->> '$.bucketName') = ?2",
            [tenant, bucket],
        )
    })?;
    if count == 0 {
        return Err(Failure::not_found(format!("there is no bucket {bucket} of {tenant}")));
    }
    Ok(Json(json!({})).into_response())
}
