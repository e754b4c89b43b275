//! The second factor's code: `GET /api/tfa/verifyCode` of UTMStack 10, `POST /api/tfa/verify-code` of 11
//! (docs/utmstack.md, 2.1).

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::demo::Demo;
use crate::instant::UtcInstant;
use crate::utmstack::access::authenticate::{REMEMBERED_LIFETIME, id_token_reply, verified};
use crate::utmstack::access::token::Claims;
use crate::utmstack::access::user::User;
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::parameter;

/// The code as a parameter; a wrong one is 401.
pub(crate) async fn verify_code_in_query(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let code = parameter(&pairs, "code").ok_or_else(|| Failure::missing_parameter("Integer", "code"))?;
    let wrong = Failure::Handled {
        status: StatusCode::UNAUTHORIZED,
        error: "Your secret code is invalid".to_owned(),
    };
    verify(&demo, &claims, code, false, wrong).await
}

/// The code as the raw body; a wrong one is 412.
pub(crate) async fn verify_code_in_body(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
    body: Bytes,
) -> Result<Response, Failure> {
    let wrong = Failure::handled(
        StatusCode::PRECONDITION_FAILED,
        "TfaController.verifyCode",
        "Your secret code is invalid",
    );
    verify(&demo, &claims, &String::from_utf8_lossy(&body), true, wrong).await
}

/// Sends another code.
pub(crate) async fn resend_code(
    State(demo): State<Arc<Demo>>,
    Extension(claims): Extension<Claims>,
) -> StatusCode {
    demo.utmstack.second_factor.send(&claims.sub, UtcInstant::now());
    StatusCode::OK
}

/// A token for thirty days, when the code is right.
async fn verify(
    demo: &Demo,
    claims: &Claims,
    code: &str,
    with_method: bool,
    wrong: Failure,
) -> Result<Response, Failure> {
    let now = UtcInstant::now();
    if !demo.utmstack.second_factor.accepts(&claims.sub, code, now) {
        return Err(wrong);
    }
    let login = claims.sub.clone();
    let user = demo.utmstack.database.reading(move |db| User::of_login(db, &login)).await;
    let user = user.ok().flatten().ok_or_else(Failure::unauthorized)?;
    Ok(id_token_reply(&verified(demo, &user, REMEMBERED_LIFETIME, now), with_method))
}
