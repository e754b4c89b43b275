//! How UTMStack says no: three shapes of its own, the fourth is nginx's (docs/utmstack.md, 1.12). Which shape a
//! failure takes depends on the generation that answers, so a handler only says what went wrong.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::config::Personality;
use crate::instant::UtcInstant;

/// An answer that is not what was asked for.
#[derive(Debug, Clone)]
pub(crate) enum Failure {
    /// Handled by a controller: a status, the header `X-UtmStack-error`, and no body.
    Handled {
        /// The status.
        status: StatusCode,
        /// `<Class>.<method>: <cause>`, one line.
        error: String,
    },
    /// Refused by the security filter, or not caught by anything: Spring Boot's own document.
    Uncaught(StatusCode),
    /// A request that could not be understood: a missing or unreadable parameter, a body that is not JSON, an
    /// operator that does not exist, a wrong method.
    Unreadable {
        /// The status.
        status: StatusCode,
        /// What could not be read.
        detail: String,
    },
    /// A body whose field does not keep the rules.
    Invalid {
        /// The class of the body.
        object: &'static str,
        /// The field.
        field: String,
        /// The rule.
        message: String,
    },
    /// A failure that only the documentation knows (docs/utmstack.md, A.1).
    Documented {
        /// The status.
        status: StatusCode,
        /// A short title.
        title: &'static str,
        /// A sentence.
        message: String,
    },
}

impl Failure {
    /// A failure of the database behind, as a controller reports it.
    pub(crate) fn internal(place: &str, cause: &str) -> Self {
        Self::handled(StatusCode::INTERNAL_SERVER_ERROR, place, cause)
    }

    /// A failure that a controller reports.
    pub(crate) fn handled(status: StatusCode, place: &str, cause: &str) -> Self {
        Self::Handled { status, error: format!("{place}: {cause}") }
    }

    /// 401 of the security filter.
    pub(crate) const fn unauthorized() -> Self {
        Self::Uncaught(StatusCode::UNAUTHORIZED)
    }

    /// A parameter or a body that cannot be read.
    pub(crate) fn bad_request(detail: impl Into<String>) -> Self {
        Self::Unreadable { status: StatusCode::BAD_REQUEST, detail: detail.into() }
    }

    /// A parameter that has to be there and is not.
    pub(crate) fn missing_parameter(kind: &str, name: &str) -> Self {
        Self::bad_request(format!(
            "Required request parameter '{name}' for method parameter type {kind} is not present"
        ))
    }

    /// A body whose field does not keep the rules.
    pub(crate) fn invalid(
        object: &'static str,
        field: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        Self::Invalid { object, field: field.into(), message: message.into() }
    }

    /// The answer to a request for `path`, as a generation gives it.
    pub(crate) fn rendered(self, personality: Personality, path: &str) -> Response {
        match (personality, self) {
            (Personality::Documented, failure) => failure.documented(),
            // A catch-all advice turns what could not be read into a server error (docs/utmstack.md, 1.12).
            (Personality::V11, Self::Unreadable { detail, .. }) => handled(
                StatusCode::INTERNAL_SERVER_ERROR,
                &format!("GlobalExceptionHandler.handleGenericException: {detail}"),
            ),
            (Personality::V11, Self::Invalid { object, field, message }) => handled(
                StatusCode::INTERNAL_SERVER_ERROR,
                &format!(
                    "GlobalExceptionHandler.handleGenericException: Validation failed for {object}.{field}: {message}"
                ),
            ),
            (_, Self::Handled { status, error }) => handled(status, &error),
            (_, Self::Uncaught(status)) => uncaught(status, path),
            (Personality::V10, Self::Unreadable { status, detail }) => problem(
                status,
                &json!({
                    "type": "https://www.jhipster.tech/problem/problem-with-message",
                    "title": reason(status),
                    "status": status.as_u16(),
                    "detail": detail,
                    "path": path,
                    "message": format!("error.http.{}", status.as_u16()),
                }),
            ),
            (Personality::V10, Self::Invalid { object, field, message }) => problem(
                StatusCode::BAD_REQUEST,
                &json!({
                    "type": "https://www.jhipster.tech/problem/constraint-violation",
                    "title": "Method argument not valid",
                    "status": 400,
                    "path": path,
                    "message": "error.validation",
                    "fieldErrors": [{ "objectName": object, "field": field, "message": message }],
                }),
            ),
            (_, documented @ Self::Documented { .. }) => documented.documented(),
        }
    }

    /// The one shape that the documentation has.
    fn documented(self) -> Response {
        let (status, title, message) = match self {
            Self::Documented { status, title, message } => (status, title, message),
            Self::Handled { status, error } => (
                status,
                reason(status),
                error.split_once(": ").map_or(error.clone(), |part| part.1.to_owned()),
            ),
            Self::Uncaught(status) => {
                let message = match status {
                    StatusCode::UNAUTHORIZED => "Full authentication is required to access this resource",
                    StatusCode::FORBIDDEN => "Access is denied",
                    _ => "No such resource",
                };
                (status, reason(status), message.to_owned())
            }
            Self::Unreadable { status, detail } => (status, "Invalid request", detail),
            Self::Invalid { field, message, .. } => {
                (StatusCode::BAD_REQUEST, "Invalid request", format!("{field} {message}"))
            }
        };
        let body = json!({
            "error": title,
            "message": message,
            "timestamp": UtcInstant::now().iso(),
            "status": status.as_u16(),
        });
        (status, axum::Json(body)).into_response()
    }
}

/// A mark for the layer that knows the generation and the path, [`shape_failures`](super::shape_failures).
impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut answer = StatusCode::INTERNAL_SERVER_ERROR.into_response();
        answer.extensions_mut().insert(self);
        answer
    }
}

fn reason(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or_default()
}

fn handled(status: StatusCode, error: &str) -> Response {
    let line: String =
        error.chars().map(|letter| if letter.is_ascii_graphic() { letter } else { ' ' }).collect();
    let value = HeaderValue::from_str(line.trim()).unwrap_or(HeaderValue::from_static(""));
    (status, [("x-utmstack-error", value)]).into_response()
}

fn uncaught(status: StatusCode, path: &str) -> Response {
    let now = UtcInstant::now().iso();
    let body = json!({
        "timestamp": format!("{}+00:00", now.trim_end_matches('Z')),
        "status": status.as_u16(),
        "error": reason(status),
        "path": path,
    });
    (status, axum::Json(body)).into_response()
}

fn problem(status: StatusCode, body: &Value) -> Response {
    (status, [(header::CONTENT_TYPE, "application/problem+json")], body.to_string()).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_handled_failure_has_a_header_of_one_line_and_no_body() {
        let failure = Failure::internal("ElasticsearchResource.search", "two\nlines");
        let answer = failure.rendered(Personality::V10, "/api/x");
        assert_eq!(answer.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert_eq!(answer.headers()["x-utmstack-error"], "ElasticsearchResource.search: two lines");
        assert!(!answer.headers().contains_key(header::CONTENT_TYPE));
    }

    #[test]
    fn what_cannot_be_read_is_a_problem_document_in_v10_and_a_server_error_in_v11() {
        let v10 = Failure::bad_request("missing").rendered(Personality::V10, "/api/x");
        assert_eq!(v10.status(), StatusCode::BAD_REQUEST);
        assert_eq!(v10.headers()[header::CONTENT_TYPE], "application/problem+json");
        let v11 = Failure::bad_request("missing").rendered(Personality::V11, "/api/x");
        assert_eq!(v11.status(), StatusCode::INTERNAL_SERVER_ERROR);
        assert!(v11.headers().contains_key("x-utmstack-error"));
    }

    #[test]
    fn the_documentation_has_one_shape_for_all() {
        for failure in [Failure::bad_request("x"), Failure::unauthorized(), Failure::internal("A.b", "c")] {
            let answer = failure.rendered(Personality::Documented, "/api/x");
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
        }
    }
}
