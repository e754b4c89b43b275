//! Finds the endpoint of a request. Paths do not care for case (docs/uptycs.md, "Authentication and base URL"),
//! which is why they are matched here and not by a router.

use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::demo::Demo;
use crate::uptycs::call::{Call, segments};
use crate::uptycs::failure::Failure;
use crate::uptycs::{alerts, assets, query, query_jobs, token};

/// Answers a request to `/public/api/…`.
pub(crate) async fn answer(demo: &Arc<Demo>, request: Request<Body>) -> Response {
    let cors = demo.uptycs.cors && request.headers().contains_key(header::ORIGIN);
    let mut answer = if cors && request.method() == Method::OPTIONS {
        StatusCode::OK.into_response()
    } else {
        admitted(demo, request).await.unwrap_or_else(axum::response::IntoResponse::into_response)
    };
    if cors {
        let headers = answer.headers_mut();
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_METHODS,
            HeaderValue::from_static("GET, POST, PUT, DELETE, OPTIONS"),
        );
        headers.insert(
            header::ACCESS_CONTROL_ALLOW_HEADERS,
            HeaderValue::from_static("Authorization, Content-Type, Date"),
        );
    }
    answer
}

/// Asks for the token, then for the endpoint.
async fn admitted(demo: &Arc<Demo>, request: Request<Body>) -> Result<Response, Failure> {
    let path = segments(request.uri().path());
    let mut rest = path.into_iter().skip(2);
    let root = rest.next().unwrap_or_default();
    if !root.eq_ignore_ascii_case("customers") {
        return Err(Failure::not_found(format!("there is no /{root}")));
    }
    let customer = rest.next().unwrap_or_default();
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(|| Failure::unauthorized("no token"))?;
    token::verify(token, &demo.uptycs.key_file, demo.uptycs.token_policy, demo.clock.now())
        .map_err(Failure::unauthorized)?;
    if !customer.eq_ignore_ascii_case(&demo.uptycs.key_file.customer_id) {
        return Err(Failure::unauthorized("the key belongs to another customer"));
    }
    let call = Call::of(request, rest.collect()).await?;
    dispatch(demo, call).await
}

async fn dispatch(demo: &Arc<Demo>, call: Call) -> Result<Response, Failure> {
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
        ("GET", ["assets"]) => assets::list(demo, &call).await,
        ("GET", ["assets", "count"]) => assets::count(demo, &call).await,
        ("GET", ["assets", id]) => assets::get(demo, id).await,
        ("POST", ["query"]) => query::global(demo, &call).await,
        ("POST", ["auditquery"]) => query::audit(demo, &call).await,
        ("POST", ["assets", "query"]) => query::live(demo, &call).await,
        ("GET", ["queryjobs"]) => query_jobs::list(demo, &call),
        ("POST", ["queryjobs"]) => query_jobs::create(demo, &call).await,
        ("GET", ["queryjobs", id]) => query_jobs::get(demo, id).await,
        ("PUT", ["queryjobs", id]) => query_jobs::update(demo, &call, id),
        ("DELETE", ["queryjobs", id]) => query_jobs::delete(demo, id),
        ("GET", ["queryjobs", id, "results"]) => query_jobs::results(demo, &call, id),
        _ => Err(Failure::not_found(format!("there is no {method} /{}", call.path.join("/")))),
    }
}
