//! Who may pass: everything under `/api` but a few public paths needs a token.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{Method, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::failure::Failure;
use crate::utmstack::token::Claims;

/// Answered without a login (docs/utmstack.md, "Sources and versions"). `GET /api/authenticate` is public too,
/// but says 401 itself when nobody is logged in.
const PUBLIC: &[&str] = &[
    "/api/authenticate",
    "/api/ping",
    "/api/date-format",
    "/api/healthcheck",
    "/api/releaseInfo",
    "/api/images/all",
    "/api/account/reset-password/init",
    "/api/account/reset-password/finish",
];

/// Lets a request pass when its token is good, with the [`Claims`] among its extensions.
pub(crate) async fn guard(State(demo): State<Arc<Demo>>, mut request: Request, next: Next) -> Response {
    let claims = token(&request)
        .and_then(|token| Claims::verify(&token, &demo.utmstack.signing_secret(), UtcInstant::now()));
    let path = request.uri().path();
    let is_public =
        PUBLIC.contains(&path) && (path != "/api/authenticate" || request.method() == Method::POST);
    match claims {
        Some(claims) if claims.authenticated => {
            request.extensions_mut().insert(claims);
        }
        _ if is_public => {}
        _ => return Failure::unauthorized(path).into_response(),
    }
    next.run(request).await
}

/// The token of the header, or of the query, which is accepted too.
fn token(request: &Request) -> Option<String> {
    let header = request.headers().get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    match header.and_then(|value| value.strip_prefix("Bearer ")) {
        Some(token) => Some(token.to_owned()),
        None => query_value(request.uri(), "access_token"),
    }
}

fn query_value(uri: &Uri, name: &str) -> Option<String> {
    form_urlencoded::parse(uri.query()?.as_bytes())
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
}
