//! One request after another: who is asked, which fault is met, what is answered.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderValue, Method, Request, header};
use axum::response::Response;
use tower::ServiceExt as _;

use crate::demo::Demo;
use crate::fault::{Close, Closed, Fault, Lost, cut, expired, instead};
use crate::request_log::Vendor;
use crate::timing::timed;
use crate::{console, control, gzip, uptycs, utmstack};

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
        let demo = Arc::clone(&self.demo);
        demo.requests.count(vendor, request.method().as_str(), request.uri().path());
        // A preflight is the browser's, not the caller's: it takes no fault away from the request behind it.
        let fault = if request.method() == Method::OPTIONS {
            None
        } else {
            demo.faults.next().or_else(|| demo.fault_plan.next(vendor))
        };
        if !demo.latency.is_zero() {
            tokio::time::sleep(demo.latency).await;
        }
        let mut answer = match fault {
            None => self.carry_out(vendor, request).await,
            Some(fault) => self.meet(vendor, request, fault).await?,
        };
        if let Some(date) = demo.clock.date() {
            answer.headers_mut().insert(header::DATE, date);
        }
        Ok(answer)
    }

    /// The vendor's own answer; compressed when the vendor does that and the caller takes it.
    async fn carry_out(self, vendor: Vendor, request: Request<Body>) -> Response {
        let is_packed = vendor == Vendor::UtmStack && gzip::is_accepted(request.headers());
        timed(async {
            if token_of(&request).is_some_and(|token| self.demo.revoked.holds(token)) {
                let answer = expired(vendor, self.demo.personality, request.uri().path());
                return self.let_browsers_read(vendor, answer);
            }
            let answer = match vendor {
                Vendor::UtmStack => infallible(self.utmstack.oneshot(request).await),
                Vendor::Uptycs => uptycs::answer(&self.demo, request).await,
            };
            if is_packed { gzip::compressed(answer).await } else { answer }
        })
        .await
    }

    async fn meet(
        self,
        vendor: Vendor,
        mut request: Request<Body>,
        fault: Fault,
    ) -> Result<Response, Closed> {
        if let Some(millis) = fault.stall_ms {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
        if fault.close == Some(Close::Before) {
            return Err(Closed);
        }
        if fault.html || fault.status.is_some() {
            let answer = instead(vendor, self.demo.personality, request.uri().path(), &fault);
            return Ok(self.let_browsers_read(vendor, answer));
        }
        match (fault.lost, token_of(&request)) {
            (Some(Lost::Secret), _) if vendor == Vendor::UtmStack => self.demo.utmstack.forget_tokens(),
            (Some(Lost::Token), Some(token)) => self.demo.revoked.revoke(token),
            _ => {}
        }
        if fault.close.is_some() || fault.truncate {
            // Half a compressed answer would be broken at another place than the one that was ordered.
            request.headers_mut().remove(header::ACCEPT_ENCODING);
        }
        let mut answer = self.carry_out(vendor, request).await;
        if let Some(kind) = fault.content_type.as_deref().and_then(|kind| HeaderValue::from_str(kind).ok()) {
            answer.headers_mut().insert(header::CONTENT_TYPE, kind);
        }
        match fault.close {
            Some(Close::After) => Err(Closed),
            Some(_) => Ok(cut(answer, true).await),
            None if fault.truncate => Ok(cut(answer, false).await),
            None => Ok(answer),
        }
    }

    /// What stands instead of a vendor's answer is as readable to browsers as the vendor's own.
    fn let_browsers_read(&self, vendor: Vendor, mut answer: Response) -> Response {
        if vendor == Vendor::UtmStack || self.demo.uptycs.cors {
            answer.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
        }
        answer
    }
}

/// The token that a request bears, as it was sent.
fn token_of(request: &Request<Body>) -> Option<&[u8]> {
    request.headers().get(header::AUTHORIZATION).map(HeaderValue::as_bytes)
}

fn infallible(answer: Result<Response, Infallible>) -> Response {
    match answer {
        Ok(answer) => answer,
        Err(never) => match never {},
    }
}
