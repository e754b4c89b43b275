//! Who may pass: everything under `/api` but a few public paths needs a token, or in UTMStack 11 an API key.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::config::Personality;
use crate::demo::Demo;
use crate::utmstack::access::api_keys::owner_of_key;
use crate::utmstack::access::token::Claims;
use crate::utmstack::failure::Failure;

/// Answered without a login (docs/utmstack.md, 0). `GET /api/authenticate` is public too, but says 401 itself when
/// nobody is logged in.
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

/// Open to a token that still lacks its second factor.
const SECOND_FACTOR: &[&str] =
    &["/api/tfa/verifyCode", "/api/tfa/verify-code", "/api/tfa/refresh", "/api/enrollment/tfa"];

/// Lets a request pass when its token is good, with the [`Claims`] among its extensions.
pub(crate) async fn guard(State(demo): State<Arc<Demo>>, mut request: Request, next: Next) -> Response {
    let is_public = PUBLIC.contains(&request.uri().path())
        && (request.uri().path() != "/api/authenticate" || request.method() == Method::POST);
    // The body of a request may not be shared between threads, so no await may see it.
    let (token, key) = (token(&request), request.headers().get("utm-api-key").cloned());
    let peer = request.extensions().get::<SocketAddr>().map(SocketAddr::ip);
    let claims = match claims(&demo, token, key, peer).await {
        Ok(claims) => claims,
        Err(failure) => return failure.into_response(),
    };
    match claims {
        Some(claims) if claims.authenticated || SECOND_FACTOR.contains(&request.uri().path()) => {
            request.extensions_mut().insert(claims);
        }
        _ if is_public => {}
        Some(_) => return Failure::Uncaught(StatusCode::FORBIDDEN).into_response(),
        None => return Failure::unauthorized().into_response(),
    }
    next.run(request).await
}

/// Who asks. A key that is unknown, expired or used from elsewhere is an exception ahead of those who could turn
/// it into 401, so it is 500 (docs/utmstack.md, 2.3); the documentation has 401.
async fn claims(
    demo: &Demo,
    token: Option<String>,
    key: Option<HeaderValue>,
    peer: Option<IpAddr>,
) -> Result<Option<Claims>, Failure> {
    let now = demo.clock.now();
    if let Some(token) = token {
        return Ok(Claims::verify(&token, &demo.utmstack.signing_secret(), now));
    }
    let Some(key) = key else { return Ok(None) };
    if demo.utmstack.personality == Personality::V10 {
        return Ok(None);
    }
    let key = key.to_str().unwrap_or_default().to_owned();
    let owner = demo.utmstack.database.reading(move |db| owner_of_key(db, &key, peer, now)).await;
    match owner {
        Ok(Some(claims)) => Ok(Some(claims)),
        _ if demo.utmstack.personality == Personality::Documented => Ok(None),
        _ => Err(Failure::Uncaught(StatusCode::INTERNAL_SERVER_ERROR)),
    }
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
