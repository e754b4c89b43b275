//! A request to Uptycs, taken apart.

use axum::body::{Body, Bytes};
use axum::http::{Method, Request};
use serde::de::DeserializeOwned;

use crate::uptycs::failure::Failure;

/// What a request says once its token has been accepted.
#[derive(Debug)]
pub(crate) struct Call {
    /// The verb.
    pub(crate) method: Method,
    /// What follows the customer in the path. Paths do not care for case; ids keep theirs.
    pub(crate) path: Vec<String>,
    /// The parameters of the query string.
    pub(crate) query: Vec<(String, String)>,
    /// The header `Content-Type`.
    pub(crate) content_type: Option<String>,
    /// The body as it came.
    pub(crate) body: Bytes,
}

impl Call {
    /// Takes a request apart; `path` is what follows the customer.
    pub(crate) async fn of(request: Request<Body>, path: Vec<String>) -> Result<Self, Failure> {
        let (head, body) = request.into_parts();
        let query =
            form_urlencoded::parse(head.uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
        let content_type = head
            .headers
            .get(axum::http::header::CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .map(str::to_owned);
        let body = axum::body::to_bytes(body, usize::MAX)
            .await
            .map_err(|error| Failure::bad_request(format!("the body cannot be read: {error}")))?;
        Ok(Self { method: head.method, path, query, content_type, body })
    }

    /// The first parameter of a name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// A parameter that is a whole number from 0 on; `default` when it is missing.
    pub(crate) fn number(&self, name: &str, default: u64) -> Result<u64, Failure> {
        match self.parameter(name) {
            None => Ok(default),
            Some(text) => text
                .trim()
                .parse()
                .map_err(|_| Failure::bad_request(format!("\"{name}\" must be a number, but is \"{text}\""))),
        }
    }

    /// The body as JSON. No client's content type is looked at: some send none.
    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, Failure> {
        serde_json::from_slice(&self.body)
            .map_err(|error| Failure::bad_request(format!("the body is not the expected JSON: {error}")))
    }
}

/// The segments of a path, percent-decoded.
pub(crate) fn segments(path: &str) -> Vec<String> {
    path.split('/')
        .filter(|segment| !segment.is_empty())
        // A plus sign in a path is itself, unlike in a query string.
        .map(|segment| segment.replace('+', "%2B"))
        .map(|segment| {
            form_urlencoded::parse(segment.as_bytes()).map(|(name, _)| name.into_owned()).collect()
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_decoded_and_empty_ones_dropped() {
        assert_eq!(segments("/public//api/a%20b/c+d/"), ["public", "api", "a b", "c+d"]);
    }
}
