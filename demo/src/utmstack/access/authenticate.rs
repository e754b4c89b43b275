//! `POST /api/authenticate`, and `GET`, which says who is logged in (docs/utmstack.md, 2.1).

use std::net::SocketAddr;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::config::Personality;
use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::second_factor::CODE_LIFETIME;
use crate::utmstack::access::token::Claims;
use crate::utmstack::access::user::User;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;

const PLACE: &str = "UserJWTController.authorize";
/// A day, in seconds.
const LIFETIME: i64 = 86_400;
/// Thirty days, in seconds, for those who ask to be remembered, and for who has given a second factor.
pub(crate) const REMEMBERED_LIFETIME: i64 = 2_592_000;
/// Five minutes, in seconds: the time to give a second factor.
const UNVERIFIED_LIFETIME: i64 = 300;
/// The role of who has not given it yet.
const UNVERIFIED_ROLE: &str = "ROLE_PRE_VERIFICATION_USER";

/// Logs in. UTMStack 10 answers with `id_token`, and with the same token in a header; 11 with `token`.
pub(crate) async fn authenticate(
    State(demo): State<Arc<Demo>>,
    Extension(peer): Extension<SocketAddr>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let body = Body::read(&headers, &body)?;
    let username = within(body.text("username")?, "username", 1, 50)?;
    let password = within(body.text("password")?, "password", 4, 100)?;
    let is_remembered = body.flag("rememberMe")?.unwrap_or(false);
    let now = demo.clock.now();
    let user = checked(&demo, &client_address(&headers, peer), username, &password, now).await?;
    let needs_code = demo.utmstack.second_factor.is_asked_for;
    if demo.utmstack.personality == Personality::V11 {
        let bypasses = headers.get("x-bypass-tfa").is_some_and(|value| value == "true");
        return Ok(v11_reply(&demo, &user, needs_code && !bypasses, now).into_response());
    }
    if needs_code {
        demo.utmstack.second_factor.send(&user.login, now);
        let token = unverified(&demo, &user, now);
        return Ok(Json(json!({ "id_token": token, "authenticated": false })).into_response());
    }
    let lifetime = if is_remembered { REMEMBERED_LIFETIME } else { LIFETIME };
    Ok(id_token_reply(&verified(&demo, &user, lifetime, now), false))
}

/// The user, unless the address has failed too often, or fails now.
async fn checked(
    demo: &Demo,
    address: &str,
    username: String,
    password: &str,
    now: UtcInstant,
) -> Result<User, Failure> {
    let is_documented = demo.utmstack.personality == Personality::Documented;
    if demo.utmstack.lockout.is_locked(address, now) {
        let cause = format!("Address {address} is blocked after too many login attempts");
        // The documentation has 403 here (docs/utmstack.md, A.3.1).
        let status = if is_documented { StatusCode::FORBIDDEN } else { StatusCode::LOCKED };
        return Err(Failure::handled(status, PLACE, &cause));
    }
    // A login may be an e-mail address.
    let found = demo.utmstack.database.reading(move |db| {
        let login = username.split_once('@').map_or(username.as_str(), |parts| parts.0);
        User::of_login(db, login)
    });
    let found = found.await.map_err(|error| Failure::internal(PLACE, &error.to_string()))?;
    let Some(user) = found.filter(|user| user.password == password) else {
        demo.utmstack.lockout.failed(address, now);
        return Err(Failure::handled(StatusCode::UNAUTHORIZED, PLACE, "Bad credentials"));
    };
    demo.utmstack.lockout.succeeded(address);
    Ok(user)
}

/// UTMStack 11 tells whether a second factor is needed and how it comes; it has no `id_token` here, and pays no
/// heed to `rememberMe`.
fn v11_reply(demo: &Demo, user: &User, needs_code: bool, now: UtcInstant) -> Json<Value> {
    let token = if needs_code {
        if user.tfa_method.is_some() {
            demo.utmstack.second_factor.send(&user.login, now);
        }
        unverified(demo, user, now)
    } else {
        verified(demo, user, LIFETIME, now)
    };
    Json(json!({
        "success": true,
        "tfaConfigured": user.tfa_method.is_some(),
        "forceTfa": needs_code,
        "method": user.tfa_method,
        "token": token,
        "tfaExpiresInSeconds": CODE_LIFETIME / 1_000,
    }))
}

/// The reply that holds the token twice. UTMStack 11 adds a field to it.
pub(crate) fn id_token_reply(token: &str, with_method: bool) -> Response {
    let mut body = json!({ "id_token": token, "authenticated": true });
    if with_method {
        body["tfaMethod"] = Value::Null;
    }
    ([(header::AUTHORIZATION, format!("Bearer {token}"))], Json(body)).into_response()
}

/// A token that opens what the user may.
pub(crate) fn verified(demo: &Demo, user: &User, lifetime: i64, now: UtcInstant) -> String {
    let claims = Claims {
        sub: user.login.clone(),
        auth: user.authorities.clone(),
        authenticated: true,
        exp: now.millis() / 1_000 + lifetime,
    };
    claims.sign(&demo.utmstack.signing_secret())
}

/// A token that opens nothing but the second factor.
fn unverified(demo: &Demo, user: &User, now: UtcInstant) -> String {
    let claims = Claims {
        sub: user.login.clone(),
        auth: UNVERIFIED_ROLE.to_owned(),
        authenticated: false,
        exp: now.millis() / 1_000 + UNVERIFIED_LIFETIME,
    };
    claims.sign(&demo.utmstack.signing_secret())
}

/// The login of whoever asks, as text.
pub(crate) async fn who_is_authenticated(Extension(claims): Extension<Claims>) -> String {
    claims.sub
}

fn within(value: Option<String>, field: &'static str, least: usize, most: usize) -> Result<String, Failure> {
    let value = value.ok_or_else(|| Failure::invalid("loginVM", field, "must not be null"))?;
    if (least..=most).contains(&value.chars().count()) {
        return Ok(value);
    }
    Err(Failure::invalid("loginVM", field, format!("size must be between {least} and {most}")))
}

/// Failures are counted by the first address of `X-Forwarded-For`, else by that of the socket.
fn client_address(headers: &HeaderMap, peer: SocketAddr) -> String {
    let forwarded = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
    forwarded
        .and_then(|value| value.split(',').next())
        .map_or_else(|| peer.ip().to_string(), |first| first.trim().to_owned())
}
