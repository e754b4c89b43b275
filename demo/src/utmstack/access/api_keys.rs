//! `/api/api-keys` of UTMStack 11, and what a key opens (docs/utmstack.md, 2.3).

use std::net::IpAddr;
use std::sync::Arc;

use axum::Extension;
use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::instant::{DAY, UtcInstant};
use crate::utmstack::access::address_range;
use crate::utmstack::access::token::Claims;
use crate::utmstack::access::user::User;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::Pageable;
use crate::utmstack::paged::paged;
use crate::utmstack::vendor::random_secret;

/// How long a key lives whose record names no end.
const DEFAULT_LIFETIME: i64 = 7 * DAY;

/// Writes a record, which holds no key yet. Whatever goes wrong is a conflict, a missing `allowedIp` too.
pub(crate) async fn create_api_key(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Failure> {
    let conflict = |cause: &str| Failure::handled(StatusCode::CONFLICT, "ApiKeyResource.createApiKey", cause);
    let wanted = Wanted::read(&headers, &body)?;
    let allowed = wanted.allowed_ip.ok_or_else(|| conflict("\"allowedIp\" is null"))?;
    let written = demo.utmstack.writing(move |db| {
        db.execute(
            "INSERT INTO api_key (login, name, allowed_ip, created_at, expires_at) VALUES (?, ?, ?, ?, ?)",
            params![claims.sub, wanted.name, allowed, UtcInstant::now().iso(), wanted.expires_at],
        )?;
        record(db, &claims.sub, db.last_insert_rowid())
    });
    let record = written.await.map_err(|error| conflict(&error.to_string()))?;
    Ok((StatusCode::CREATED, Json(record)).into_response())
}

/// Draws the key of a record, which is shown this once, and renews its life.
pub(crate) async fn generate_api_key(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Path(id): Path<i64>,
) -> Result<String, Failure> {
    let secret: Vec<u8> = random_secret().into_iter().take(32).collect();
    let key = URL_SAFE_NO_PAD.encode(secret);
    let written = key.clone();
    let changed = demo.utmstack.writing(move |db| {
        let now = UtcInstant::now();
        let Some(record) = record(db, &claims.sub, id)? else { return Ok(false) };
        let instant = |field: &str| record[field].as_str().and_then(UtcInstant::parse);
        // The same span again that was asked for at first.
        let span = match (instant("expiresAt"), instant("generatedAt").or_else(|| instant("createdAt"))) {
            (Some(end), Some(start)) => end.millis() - start.millis(),
            _ => DEFAULT_LIFETIME,
        };
        db.execute(
            "UPDATE api_key SET secret = ?, generated_at = ?, expires_at = ? WHERE id = ?",
            params![written, now.iso(), now.plus(span).iso(), id],
        )?;
        Ok(true)
    });
    match changed.await {
        Ok(true) => Ok(key),
        Ok(false) => Err(missing()),
        Err(error) => Err(Failure::internal("ApiKeyResource.generateApiKey", &error.to_string())),
    }
}

/// One's own records.
pub(crate) async fn api_keys(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let found = demo.utmstack.database.reading(move |db| {
        let mut statement = db.prepare("SELECT * FROM api_key WHERE login = ? ORDER BY id")?;
        let rows = statement.query_map([&claims.sub], shown)?;
        rows.collect::<rusqlite::Result<Vec<Value>>>()
    });
    let found =
        found.await.map_err(|error| Failure::internal("ApiKeyResource.listApiKeys", &error.to_string()))?;
    Ok(paged("/api/api-keys", &Pageable::of(&pairs), &found))
}

/// One of them.
pub(crate) async fn api_key_by_id(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Path(id): Path<i64>,
) -> Result<Json<Value>, Failure> {
    let found = demo.utmstack.database.reading(move |db| record(db, &claims.sub, id)).await;
    found.ok().flatten().map(Json).ok_or_else(missing)
}

/// Changes a record.
pub(crate) async fn change_api_key(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Path(id): Path<i64>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let wanted = Wanted::read(&headers, &body)?;
    let written = demo.utmstack.writing(move |db| {
        db.execute(
            "UPDATE api_key SET name = ?, allowed_ip = coalesce(?, allowed_ip), expires_at = ?
                WHERE id = ? AND login = ?",
            params![wanted.name, wanted.allowed_ip, wanted.expires_at, id, claims.sub],
        )?;
        record(db, &claims.sub, id)
    });
    let written = written
        .await
        .map_err(|error| Failure::internal("ApiKeyResource.updateApiKey", &error.to_string()))?;
    written.map(Json).ok_or_else(missing)
}

/// Deletes a record with its key.
pub(crate) async fn delete_api_key(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Path(id): Path<i64>,
) -> Result<StatusCode, Failure> {
    let deleted = demo.utmstack.writing(move |db| {
        db.execute("DELETE FROM api_key WHERE id = ? AND login = ?", params![id, claims.sub])
    });
    match deleted.await {
        Ok(1) => Ok(StatusCode::NO_CONTENT),
        _ => Err(missing()),
    }
}

/// The claims of the owner of a key, when it is known, alive, and used from where it may.
pub(crate) fn owner_of_key(
    db: &Connection,
    key: &str,
    peer: Option<IpAddr>,
    now: UtcInstant,
) -> rusqlite::Result<Option<Claims>> {
    let found =
        db.query_row("SELECT login, allowed_ip, expires_at FROM api_key WHERE secret = ?", [key], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<String>>(2)?))
        });
    let Some((login, allowed, expires)) = found.optional()? else { return Ok(None) };
    let end = expires.as_deref().and_then(UtcInstant::parse);
    let ranges: Vec<String> = serde_json::from_str(&allowed).unwrap_or_default();
    let comes_from = ranges.is_empty()
        || peer.is_some_and(|peer| ranges.iter().any(|range| address_range::contains(range, peer)));
    if !comes_from || end.is_some_and(|end| end <= now) {
        return Ok(None);
    }
    let end = end.unwrap_or_else(|| now.plus(DAY));
    Ok(User::of_login(db, &login)?.map(|user| Claims {
        sub: user.login,
        auth: user.authorities,
        authenticated: true,
        exp: end.millis() / 1_000,
    }))
}

/// What a caller wants a record to be.
struct Wanted {
    name: String,
    allowed_ip: Option<String>,
    expires_at: Option<String>,
}

impl Wanted {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, Failure> {
        let body = Body::read(headers, body)?;
        let name = body.text("name")?.filter(|name| !name.trim().is_empty());
        let name = name.ok_or_else(|| Failure::invalid("apiKeyUpsertDTO", "name", "must not be null"))?;
        let expires_at = match body.text("expiresAt")? {
            None => None,
            Some(text) => {
                let at = UtcInstant::parse(&text).ok_or_else(|| {
                    Failure::bad_request(format!("JSON parse error: {text} is not an instant"))
                })?;
                Some(at.iso())
            }
        };
        let allowed_ip = body.texts("allowedIp")?.map(|ranges| Value::from(ranges).to_string());
        Ok(Self { name, allowed_ip, expires_at })
    }
}

fn record(db: &Connection, login: &str, id: i64) -> rusqlite::Result<Option<Value>> {
    db.query_row("SELECT * FROM api_key WHERE id = ? AND login = ?", params![id, login], shown).optional()
}

/// A record as the API shows it: without the key.
fn shown(row: &Row<'_>) -> rusqlite::Result<Value> {
    let text = |column: &str| row.get::<_, Option<String>>(column);
    let allowed: String = row.get("allowed_ip")?;
    Ok(json!({
        "id": row.get::<_, i64>("id")?,
        "name": text("name")?,
        "allowedIp": serde_json::from_str::<Value>(&allowed).unwrap_or_default(),
        "createdAt": text("created_at")?,
        "expiresAt": text("expires_at")?,
        "generatedAt": text("generated_at")?,
    }))
}

fn missing() -> Failure {
    Failure::handled(StatusCode::NOT_FOUND, "ApiKeyResource.getApiKey", "API key not found")
}
