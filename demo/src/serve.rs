//! One request after another: who is asked, which fault is met, what is answered.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, Method, Request, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use http_body_util::BodyExt as _;
use serde_json::json;
use tower::ServiceExt as _;

use crate::demo::Demo;
use crate::fault::{Close, Fault};
use crate::request_log::Vendor;
use crate::{console, control, uptycs, utmstack};

/// What nginx in front of UTMStack shows while the backend is away.
const PROXY_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\
    <body><h1>We're getting things ready</h1><p>The service will be back in a moment.</p></body></html>\n";

/// The connection is to be closed without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the connection is closed on order")]
pub(crate) struct Closed;

/// Everything that answers.
#[derive(Debug, Clone)]
pub(crate) struct Front {
    demo: Arc<Demo>,
    utmstack: Router,
    control: Router,
}

impl Front {
    /// The front of a demo.
    pub(crate) fn new(demo: Arc<Demo>) -> Self {
        let (utmstack, control) = (utmstack::router(&demo), control::router(&demo));
        Self { demo, utmstack, control }
    }

    /// Answers a request of a peer, or closes its connection.
    pub(crate) async fn answer(
        self,
        mut request: Request<Body>,
        peer: SocketAddr,
    ) -> Result<Response, Closed> {
        request.extensions_mut().insert(peer);
        let Some(vendor) = Vendor::of_path(request.uri().path()) else {
            let answer = if request.uri().path().starts_with("/_demo") {
                infallible(self.control.oneshot(request).await)
            } else {
                let (head, _) = request.into_parts();
                console::answer(self.demo.console.as_deref(), &head.method, head.uri.path(), &head.headers)
                    .await
            };
            return Ok(answer);
        };
        self.demo.requests.count(vendor, request.method().as_str(), request.uri().path());
        // A preflight is the browser's, not the caller's: it takes no fault away from the request behind it.
        let fault = if request.method() == Method::OPTIONS { None } else { self.demo.faults.next() };
        match fault {
            None => Ok(self.carry_out(vendor, request).await),
            Some(fault) => self.meet(vendor, request, fault).await,
        }
    }

    async fn carry_out(self, vendor: Vendor, request: Request<Body>) -> Response {
        match vendor {
            Vendor::UtmStack => infallible(self.utmstack.oneshot(request).await),
            Vendor::Uptycs => uptycs::answer(&self.demo, request).await,
        }
    }

    async fn meet(self, vendor: Vendor, request: Request<Body>, fault: Fault) -> Result<Response, Closed> {
        if let Some(millis) = fault.stall_ms {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
        if fault.close == Some(Close::Before) {
            return Err(Closed);
        }
        if fault.html || fault.status.is_some() {
            let cors = vendor == Vendor::UtmStack || self.demo.uptycs.cors;
            return Ok(instead(vendor, request.uri().path(), &fault, cors));
        }
        let answer = self.carry_out(vendor, request).await;
        match fault.close {
            Some(Close::After) => Err(Closed),
            Some(_) => Ok(cut(answer, true).await),
            None if fault.truncate => Ok(cut(answer, false).await),
            None => Ok(answer),
        }
    }
}

fn infallible(answer: Result<Response, Infallible>) -> Response {
    match answer {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}

/// The answer that stands instead of the vendor's.
fn instead(vendor: Vendor, path: &str, fault: &Fault, cors: bool) -> Response {
    let default = if fault.html { 502 } else { 500 };
    let status =
        StatusCode::from_u16(fault.status.unwrap_or(default)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = if fault.html {
        (status, [(header::CONTENT_TYPE, "text/html")], PROXY_PAGE).into_response()
    } else {
        let code = status.as_u16();
        let words = status.canonical_reason().unwrap_or("Fault");
        let body = match vendor {
            Vendor::UtmStack => {
                json!({ "timestamp": crate::UtcInstant::now().iso(), "status": code, "error": words, "path": path })
            }
            Vendor::Uptycs => json!({
                "status": code,
                "error": { "status": code, "code": "FAULT", "message": { "brief": words, "detail": "A fault on order", "developer": "" } },
            }),
        };
        (status, axum::Json(body)).into_response()
    };
    if let Some(value) = fault.retry_after.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
        answer.headers_mut().insert(header::RETRY_AFTER, value);
    }
    if cors {
        answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
    }
    answer
}

/// The first half of an answer: either the length is the half's, so that only its JSON is broken, or it is the
/// whole's and the connection ends too early.
async fn cut(answer: Response, breaks_connection: bool) -> Response {
    let (mut head, body) = answer.into_parts();
    let whole = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let half = whole.slice(..whole.len() / 2);
    if !breaks_connection {
        head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(half.len()));
        return Response::from_parts(head, Body::from(half));
    }
    head.headers.insert(header::CONTENT_LENGTH, HeaderValue::from(whole.len()));
    Response::from_parts(head, Body::new(Breaking { half: Some(half) }))
}

/// A body that gives a half and then fails, upon which hyper closes the connection.
#[derive(Debug)]
struct Breaking {
    half: Option<Bytes>,
}

impl hyper::body::Body for Breaking {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Closed>>> {
        std::task::Poll::Ready(Some(self.half.take().map(hyper::body::Frame::data).ok_or(Closed)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_on_order_speaks_as_its_vendor() {
        let fault: Fault = serde_json::from_str(r#"{"status":429,"retryAfter":"1"}"#).unwrap();
        let answer = instead(Vendor::Uptycs, "/x", &fault, false);
        assert_eq!(answer.status(), 429);
        assert_eq!(answer.headers()[header::RETRY_AFTER], "1");
        assert!(!answer.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }

    #[test]
    fn a_page_of_the_proxy_is_html() {
        let answer = instead(Vendor::UtmStack, "/x", &Fault { html: true, ..Fault::default() }, true);
        assert_eq!(answer.status(), 502);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/html");
    }
}
