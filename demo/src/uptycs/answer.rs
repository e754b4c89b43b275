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
use crate::uptycs::collection::Collection;
use crate::uptycs::dispatch::dispatch;
use crate::uptycs::failure::Failure;
use crate::uptycs::{list, token};

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
    let is_of_customer = root.eq_ignore_ascii_case("customers");
    let customer = if is_of_customer { rest.next().unwrap_or_default() } else { String::new() };
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = header
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token.trim())
        .ok_or_else(|| Failure::unauthorized("no token"))?;
    token::verify(token, &demo.uptycs.key_file, demo.uptycs.token_policy, demo.clock.now())
        .map_err(Failure::unauthorized)?;
    if !is_of_customer {
        return unscoped(demo, request, &root).await;
    }
    if !customer.eq_ignore_ascii_case(&demo.uptycs.key_file.customer_id) {
        return Err(Failure::unauthorized("the key belongs to another customer"));
    }
    let call = Call::of(request, rest.collect()).await?;
    dispatch(demo, call).await
}

/// The two paths that name no customer. Whether the real ones ask for a token is not public; clients send one.
async fn unscoped(demo: &Arc<Demo>, request: Request<Body>, root: &str) -> Result<Response, Failure> {
    let packages = Collection::at("osqueryPackages").and_then(Collection::resource);
    match (root.to_ascii_lowercase().as_str(), packages) {
        ("version", _) => Ok(Json(json!({ "version": "1.0.0" })).into_response()),
        ("osquerypackages", Some(packages)) => {
            let call = Call::of(request, vec![root.to_owned()]).await?;
            list::page(demo, &call, packages).await
        }
        _ => Err(Failure::not_found(format!("there is no /{root}"))),
    }
}
