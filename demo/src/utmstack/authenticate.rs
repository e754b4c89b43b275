//! `POST /api/authenticate`, and `GET`, which says who is logged in (docs/utmstack.md, "Login").

use std::net::SocketAddr;
use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use serde_json::json;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::failure::Failure;
use crate::utmstack::token::Claims;
use crate::utmstack::vendor::{PASSWORD, USERNAME};

const PATH: &str = "/api/authenticate";
/// A day, in seconds.
const LIFETIME: i64 = 86_400;
/// Thirty days, in seconds, for those who ask to be remembered.
const REMEMBERED_LIFETIME: i64 = 2_592_000;

/// The body of a login. Unknown fields are ignored, as everywhere.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Login {
    username: Option<String>,
    password: Option<String>,
    remember_me: Option<bool>,
}

/// Logs in. UTMStack 10 answers with `id_token`, and with the same token in a header.
pub(crate) async fn authenticate(
    State(demo): State<Arc<Demo>>,
    Extension(peer): Extension<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let login: Login = serde_json::from_slice(&body)
        .map_err(|error| Failure::bad_request(PATH, &format!("JSON parse error: {error}")))?;
    let username = within(login.username.as_deref(), "username", 1, 50)?;
    let password = within(login.password.as_deref(), "password", 4, 100)?;
    let address = client_address(&headers, peer);
    let now = UtcInstant::now();
    if demo.utmstack.lockout.is_locked(&address, now) {
        return Err(Failure::Handled {
            status: StatusCode::LOCKED,
            error: format!(
                "UserJWTController.authorize: Address {address} is blocked after too many login attempts"
            ),
        });
    }
    if username != USERNAME || password != PASSWORD {
        demo.utmstack.lockout.failed(&address, now);
        return Err(Failure::Handled {
            status: StatusCode::UNAUTHORIZED,
            error: "UserJWTController.authorize: Bad credentials".to_owned(),
        });
    }
    demo.utmstack.lockout.succeeded(&address);
    let lifetime = if login.remember_me == Some(true) { REMEMBERED_LIFETIME } else { LIFETIME };
    let claims = Claims {
        sub: username.to_owned(),
        auth: "ROLE_ADMIN,ROLE_USER".to_owned(),
        authenticated: true,
        exp: now.millis() / 1_000 + lifetime,
    };
    let token = claims.sign(&demo.utmstack.signing_secret());
    let body = axum::Json(json!({ "id_token": token, "authenticated": true }));
    Ok(([(header::AUTHORIZATION, format!("Bearer {token}"))], body).into_response())
}

/// The login of whoever asks, as text.
pub(crate) async fn who_is_authenticated(Extension(claims): Extension<Claims>) -> String {
    claims.sub
}

fn within<'a>(value: Option<&'a str>, field: &str, least: usize, most: usize) -> Result<&'a str, Failure> {
    let Some(value) = value else {
        return Err(Failure::invalid(PATH, "loginVM", field, "must not be null"));
    };
    if (least..=most).contains(&value.chars().count()) {
        return Ok(value);
    }
    Err(Failure::invalid(PATH, "loginVM", field, &format!("size must be between {least} and {most}")))
}

/// Failures are counted by the first address of `X-Forwarded-For`, else by that of the socket.
fn client_address(headers: &HeaderMap, peer: SocketAddr) -> String {
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    forwarded
        .and_then(|value| value.split(',').next())
        .map_or_else(|| peer.ip().to_string(), |first| first.trim().to_owned())
}
