//! One's own account (docs/utmstack.md, 2.4).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::{Extension, Json};
use rusqlite::params;
use serde_json::Value;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::token::Claims;
use crate::utmstack::access::user::User;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::parameter;

/// Who is logged in.
pub(crate) async fn account(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
) -> Result<Json<Value>, Failure> {
    own(&demo, &claims, "AccountResource.getAccount").await.map(|user| Json(user.record))
}

/// Changes one's names and address.
pub(crate) async fn update_account(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let body = Body::read(&headers, &body)?;
    let (first, last, email) = (body.text("firstName")?, body.text("lastName")?, body.text("email")?);
    let language = body.text("langKey")?.unwrap_or_else(|| "en".to_owned());
    let written = demo.utmstack.writing(move |db| {
        db.execute(
            "UPDATE app_user SET first_name = ?, last_name = ?, email = ?, lang_key = ?, last_modified_by = login,
                last_modified_date = ? WHERE login = ?",
            params![first, last, email, language, UtcInstant::now().iso(), claims.sub],
        )
    });
    written.await.map_err(|error| Failure::internal("AccountResource.saveAccount", &error.to_string()))?;
    Ok(StatusCode::OK)
}

/// Changes one's password; the old one has to be right, and the new one of 4 to 100 characters.
pub(crate) async fn change_password(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<StatusCode, Failure> {
    let place = "AccountResource.changePassword";
    let body = Body::read(&headers, &body)?;
    let new = body.text("newPassword")?.unwrap_or_default();
    if !(4..=100).contains(&new.chars().count()) {
        return Err(Failure::handled(StatusCode::BAD_REQUEST, place, "Incorrect password"));
    }
    if body.text("currentPassword")? != Some(own(&demo, &claims, place).await?.password) {
        return Err(Failure::handled(StatusCode::BAD_REQUEST, place, "Incorrect password"));
    }
    let written = demo
        .utmstack
        .writing(move |db| db.execute("UPDATE app_user SET password = ? WHERE login = ?", [new, claims.sub]));
    written.await.map_err(|error| Failure::internal(place, &error.to_string()))?;
    Ok(StatusCode::OK)
}

/// Gives the UUID back when the password is one's own.
pub(crate) async fn check_credentials(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<String, Failure> {
    let place = "AccountResource.checkPassword";
    let needed = |name| parameter(&pairs, name).ok_or_else(|| Failure::missing_parameter("String", name));
    let (password, uuid) = (needed("password")?, needed("checkUUID")?);
    if own(&demo, &claims, place).await?.password == password {
        return Ok(uuid.to_owned());
    }
    Err(Failure::handled(StatusCode::BAD_REQUEST, place, "The password does not match"))
}

async fn own(demo: &Demo, claims: &Claims, place: &str) -> Result<User, Failure> {
    let login = claims.sub.clone();
    let found = demo.utmstack.database.reading(move |db| User::of_login(db, &login)).await;
    found
        .map_err(|error| Failure::internal(place, &error.to_string()))?
        .ok_or_else(|| Failure::internal(place, "Current user not found"))
}
