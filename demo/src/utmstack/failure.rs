//! How UTMStack 10 says no: three shapes of its own, the fourth is nginx's (docs/utmstack.md, "Error bodies").

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::instant::UtcInstant;

/// An answer that is not what was asked for.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Handled by a controller: a status, the header `X-UtmStack-error`, and no body.
    Handled {
        /// The status.
        status: StatusCode,
        /// `<Class>.<method>: <cause>`, one line.
        error: String,
    },
    /// Refused by the security filter, or not caught by anything: Spring Boot's own document.
    Uncaught {
        /// The status.
        status: StatusCode,
        /// The path that was asked for.
        path: String,
    },
    /// A request that could not be understood: a problem document.
    Problem {
        /// The status.
        status: StatusCode,
        /// The document.
        body: Value,
    },
}

impl Failure {
    /// A failure of the database behind, as a controller reports it.
    pub(crate) fn internal(place: &str, cause: &str) -> Self {
        Self::Handled { status: StatusCode::INTERNAL_SERVER_ERROR, error: format!("{place}: {cause}") }
    }

    /// 401 of the security filter.
    pub(crate) fn unauthorized(path: &str) -> Self {
        Self::Uncaught { status: StatusCode::UNAUTHORIZED, path: path.to_owned() }
    }

    /// A missing or unreadable parameter, a body that is not JSON, an operator that does not exist.
    pub(crate) fn bad_request(path: &str, detail: &str) -> Self {
        Self::with_message(StatusCode::BAD_REQUEST, path, detail)
    }

    /// A problem with a detail, which is how unreadable requests and wrong methods are answered.
    pub(crate) fn with_message(status: StatusCode, path: &str, detail: &str) -> Self {
        let body = json!({
            "type": "https://www.jhipster.tech/problem/problem-with-message",
            "title": status.canonical_reason().unwrap_or_default(),
            "status": status.as_u16(),
            "detail": detail,
            "path": path,
            "message": format!("error.http.{}", status.as_u16()),
        });
        Self::Problem { status, body }
    }

    /// A body whose field does not keep the rules.
    pub(crate) fn invalid(path: &str, object: &str, field: &str, message: &str) -> Self {
        let body = json!({
            "type": "https://www.jhipster.tech/problem/constraint-violation",
            "title": "Method argument not valid",
            "status": 400,
            "path": path,
            "message": "error.validation",
            "fieldErrors": [{ "objectName": object, "field": field, "message": message }],
        });
        Self::Problem { status: StatusCode::BAD_REQUEST, body }
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        match self {
            Self::Handled { status, error } => {
                let line: String = error
                    .chars()
                    .map(|letter| if letter.is_ascii_graphic() { letter } else { ' ' })
                    .collect();
                let value = HeaderValue::from_str(line.trim()).unwrap_or(HeaderValue::from_static(""));
                (status, [("x-utmstack-error", value)]).into_response()
            }
            Self::Uncaught { status, path } => {
                let now = UtcInstant::now().iso();
                let body = json!({
                    "timestamp": format!("{}+00:00", now.trim_end_matches('Z')),
                    "status": status.as_u16(),
                    "error": status.canonical_reason().unwrap_or_default(),
                    "path": path,
                });
                (status, axum::Json(body)).into_response()
            }
            Self::Problem { status, body } => {
                (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string())
                    .into_response()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handled_failure_has_a_header_of_one_line_and_no_body() {
        let answer = Failure::internal("ElasticsearchResource.search", "two\nlines").into_response();
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(answer.headers()["x-utmstack-error"], "ElasticsearchResource.search: two lines");
        assert!(!answer.headers().contains_key(header::CONTENT_TYPE));
    }

    #[test]
    fn a_problem_has_its_own_content_type() {
        let answer = Failure::bad_request("/api/x", "missing").into_response();
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/problem+json");
    }
}
