//! `GET /api/users`: to whom incidents can be given (docs/utmstack.md, 2.4).

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde_json::Value;

use crate::demo::Demo;
use crate::utmstack::access::user::User;
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::{Pageable, parameter};
use crate::utmstack::paged::paged;

/// All users, or those whose login contains a text.
pub(crate) async fn users(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let wanted = parameter(&pairs, "login").unwrap_or_default().to_lowercase();
    let all = demo.utmstack.database.reading(User::all).await;
    let all = all.map_err(|error| Failure::internal("UserResource.getAllUsers", &error.to_string()))?;
    let found: Vec<Value> = all
        .into_iter()
        .filter(|user| user.login.to_lowercase().contains(&wanted))
        .map(|user| user.record)
        .collect();
    Ok(paged("/api/users", &Pageable::of(&pairs), &found))
}

/// One user.
pub(crate) async fn user_by_login(
    State(demo): State<Arc<Demo>>,
    Path(login): Path<String>,
) -> Result<Json<Value>, Failure> {
    let place = "UserResource.getUser";
    let found = demo.utmstack.database.reading(move |db| User::of_login(db, &login)).await;
    let found = found.map_err(|error| Failure::internal(place, &error.to_string()))?;
    found
        .map(|user| Json(user.record))
        .ok_or_else(|| Failure::handled(StatusCode::NOT_FOUND, place, "User not found"))
}
