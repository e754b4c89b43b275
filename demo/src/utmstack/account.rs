//! `GET /api/account` (docs/utmstack.md, "Account").

use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::utmstack::token::Claims;

/// Who is logged in.
pub(crate) async fn account(Extension(claims): Extension<Claims>) -> Json<Value> {
    let authorities: Vec<&str> = claims.auth.split(',').collect();
    Json(json!({
        "id": 1,
        "login": claims.sub,
        "firstName": "Administrator",
        "lastName": "Administrator",
        "email": "admin@localhost",
        "imageUrl": "",
        "activated": true,
        "langKey": "en",
        "createdBy": "system",
        "createdDate": "2025-01-15T09:00:00Z",
        "lastModifiedBy": "system",
        "lastModifiedDate": "2025-01-15T09:00:00Z",
        "authorities": authorities,
        "tfaSecret": null,
    }))
}
