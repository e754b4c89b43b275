//! `POST /api/enrollment/tfa` of UTMStack 11: setting up a second factor at the first login (docs/utmstack.md, 2.1).

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::{Extension, Json};
use serde_json::{Value, json};

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::authenticate::{REMEMBERED_LIFETIME, verified};
use crate::utmstack::access::second_factor::CODE_LIFETIME;
use crate::utmstack::access::token::Claims;
use crate::utmstack::access::user::User;
use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;

const PLACE: &str = "TfaController.enrollTfa";

/// Three stages: a code is sent, given, and the way it came kept.
pub(crate) async fn enroll(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Failure> {
    let body = Body::read(&headers, &body)?;
    let now = UtcInstant::now();
    let factor = &demo.utmstack.second_factor;
    let seconds = CODE_LIFETIME / 1_000;
    let method = body.text("method")?.unwrap_or_else(|| "EMAIL".to_owned());
    match body.text("stage")?.as_deref() {
        Some("INIT") => {
            factor.send(&claims.sub, now);
            let target = if method == "TOTP" {
                format!("otpauth://totp/UTMStack:{}?secret=JBSWY3DPEHPK3PXP&issuer=UTMStack", claims.sub)
            } else {
                format!("{}@example.com", claims.sub)
            };
            let delivery = json!({ "method": method, "target": target });
            Ok(Json(json!({ "status": "PENDING", "delivery": delivery, "expiresInSeconds": seconds })))
        }
        Some("VERIFY") => {
            let is_valid = factor.accepts(&claims.sub, &body.text("code")?.unwrap_or_default(), now);
            if is_valid {
                factor.verified(&claims.sub);
            }
            let message = if is_valid { "Code verified" } else { "Your secret code is invalid" };
            Ok(Json(
                json!({ "valid": is_valid, "expired": false, "remainingSeconds": seconds, "message": message }),
            ))
        }
        Some("COMPLETE") => {
            if !factor.takes_verified(&claims.sub) {
                return Err(Failure::internal(PLACE, "No code has been verified"));
            }
            complete(&demo, claims.sub, method, now).await.map(Json)
        }
        _ => Err(Failure::bad_request("JSON parse error: stage is INIT, VERIFY or COMPLETE")),
    }
}

async fn complete(demo: &Demo, login: String, method: String, now: UtcInstant) -> Result<Value, Failure> {
    let kept = method.clone();
    let user = demo.utmstack.writing(move |db| {
        db.execute("UPDATE app_user SET tfa_method = ? WHERE login = ?", [&kept, &login])?;
        User::of_login(db, &login)
    });
    let user = user.await.map_err(|error| Failure::internal(PLACE, &error.to_string()))?;
    let user = user.ok_or_else(Failure::unauthorized)?;
    Ok(json!({
        "success": true,
        "tfaConfigured": true,
        "forceTfa": false,
        "method": method,
        "token": verified(demo, &user, REMEMBERED_LIFETIME, now),
        "tfaExpiresInSeconds": CODE_LIFETIME / 1_000,
    }))
}
