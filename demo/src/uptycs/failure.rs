//! How Uptycs says no (docs/uptycs.md, "Errors, limits, TLS").

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// An answer that is not what was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    status: StatusCode,
    code: &'static str,
    brief: &'static str,
    detail: String,
}

impl Failure {
    /// 400: a missing or unreadable parameter.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::BAD_REQUEST,
            code: "INVALID_PARAMETER",
            brief: "Missing or invalid parameter",
            detail: detail.into(),
        }
    }

    /// 401: a bad token or a customer that is not the key's.
    pub(crate) fn unauthorized(detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::UNAUTHORIZED,
            code: "UNAUTHORIZED",
            brief: "Invalid token or customer id",
            detail: detail.into(),
        }
    }

    /// 404: no such path or no such row.
    pub(crate) fn not_found(detail: impl Into<String>) -> Self {
        Self { status: StatusCode::NOT_FOUND, code: "NOT_FOUND", brief: "Not found", detail: detail.into() }
    }

    /// 500: something that the service did not expect.
    pub(crate) fn internal(detail: impl Into<String>) -> Self {
        Self {
            status: StatusCode::INTERNAL_SERVER_ERROR,
            code: "INTERNAL_ERROR",
            brief: "Internal server error",
            detail: detail.into(),
        }
    }
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::internal(error.to_string())
    }
}

impl IntoResponse for Failure {
    /// `error.message.brief` and `.detail` are attested, `error.code` too; one client reads a `status` at the
    /// top. Sending all of them breaks none of them.
    fn into_response(self) -> Response {
        let status = self.status.as_u16();
        let message = json!({ "brief": self.brief, "detail": self.detail, "developer": "" });
        let error = json!({ "status": status, "code": self.code, "message": message });
        (self.status, Json(json!({ "status": status, "error": error }))).into_response()
    }
}
