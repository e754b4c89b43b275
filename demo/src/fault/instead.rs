//! The answers that stand instead of a vendor's, in the vendor's own shapes (docs/utmstack.md, "Error bodies";
//! docs/uptycs.md, "Errors, limits, TLS").

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::config::Personality;
use crate::fault::Fault;
use crate::instant::UtcInstant;
use crate::request_log::Vendor;

/// What nginx in front of UTMStack shows while the backend is away.
const PROXY_PAGE: &str = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\
    <body><h1>We're getting things ready</h1><p>The service will be back in a moment.</p></body></html>\n";

/// The answer of a fault that has a status or shows the proxy's page.
pub(crate) fn instead(vendor: Vendor, personality: Personality, path: &str, fault: &Fault) -> Response {
    let default = if fault.html { 502 } else { 500 };
    let status =
        StatusCode::from_u16(fault.status.unwrap_or(default)).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut answer = if fault.html {
        (status, [(header::CONTENT_TYPE, "text/html")], PROXY_PAGE).into_response()
    } else {
        match vendor {
            Vendor::UtmStack => of_utmstack(personality, status, path),
            Vendor::Uptycs => of_uptycs(status, "A fault on order"),
        }
    };
    if let Some(value) = fault.retry_after.as_deref().and_then(|value| HeaderValue::from_str(value).ok()) {
        answer.headers_mut().insert(header::RETRY_AFTER, value);
    }
    answer
}

/// 401 for a token that was good before.
pub(crate) fn expired(vendor: Vendor, personality: Personality, path: &str) -> Response {
    match vendor {
        Vendor::UtmStack => of_utmstack(personality, StatusCode::UNAUTHORIZED, path),
        Vendor::Uptycs => of_uptycs(StatusCode::UNAUTHORIZED, "jwt expired"),
    }
}

/// The security filter speaks JSON, a controller a header; the documentation knows a third shape.
fn of_utmstack(personality: Personality, status: StatusCode, path: &str) -> Response {
    let (code, words) = (status.as_u16(), status.canonical_reason().unwrap_or("Fault"));
    let now = UtcInstant::now().iso();
    let timestamp = format!("{}+00:00", now.trim_end_matches('Z'));
    match (personality, code) {
        (Personality::Documented, _) => {
            let body =
                json!({ "error": words, "message": "A fault on order", "timestamp": now, "status": code });
            (status, axum::Json(body)).into_response()
        }
        (_, 401 | 403 | 404) => {
            let body = json!({ "timestamp": timestamp, "status": code, "error": words, "path": path });
            (status, axum::Json(body)).into_response()
        }
        _ => {
            let error = HeaderValue::from_str(&format!("FaultResource.meet: {words}"));
            let error = error.unwrap_or(HeaderValue::from_static("FaultResource.meet"));
            (status, [("x-utmstack-error", error)]).into_response()
        }
    }
}

fn of_uptycs(status: StatusCode, detail: &str) -> Response {
    let (code, words) = (status.as_u16(), status.canonical_reason().unwrap_or("Fault"));
    let name = words.to_uppercase().replace(' ', "_");
    let message = json!({ "brief": words, "detail": detail, "developer": "" });
    let body = json!({ "status": code, "error": { "status": code, "code": name, "message": message } });
    (status, axum::Json(body)).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    const V10: Personality = Personality::V10;

    #[test]
    fn a_status_on_order_speaks_as_its_vendor() {
        let fault: Fault = serde_json::from_str(r#"{"status":429,"retryAfter":"1"}"#).unwrap();
        let uptycs = instead(Vendor::Uptycs, V10, "/x", &fault);
        assert_eq!(
            (uptycs.status().as_u16(), &uptycs.headers()[header::RETRY_AFTER]),
            (429, &"1".parse().unwrap())
        );
        assert_eq!(uptycs.headers()[header::CONTENT_TYPE], "application/json");
        let utmstack = instead(Vendor::UtmStack, V10, "/x", &fault);
        assert!(utmstack.headers().contains_key("x-utmstack-error"));
        assert!(!utmstack.headers().contains_key(header::CONTENT_TYPE), "a handled failure has no body");
        let documented = instead(Vendor::UtmStack, Personality::Documented, "/x", &fault);
        assert_eq!(documented.headers()[header::CONTENT_TYPE], "application/json");
    }

    #[test]
    fn a_page_of_the_proxy_is_html() {
        let answer = instead(Vendor::UtmStack, V10, "/x", &Fault { html: true, ..Fault::default() });
        assert_eq!(answer.status(), 502);
        assert_eq!(answer.headers()[header::CONTENT_TYPE], "text/html");
    }

    #[test]
    fn a_token_that_expired_is_401_at_both_vendors() {
        for vendor in [Vendor::UtmStack, Vendor::Uptycs] {
            let answer = expired(vendor, V10, "/x");
            assert_eq!(answer.status(), 401);
            assert_eq!(answer.headers()[header::CONTENT_TYPE], "application/json");
        }
    }
}
