use super::cancellation::{Cancellation, abort};
use alloc::rc::Rc;
use core::cell::Cell;
use core::time::Duration;
use gloo_net::http::RequestBuilder;
use gloo_timers::callback::Timeout;
use triagekit::http::{Failure, Headers, Method, Request, Response};
use web_sys::{
    AbortController, ReferrerPolicy, RequestCache, RequestCredentials, RequestRedirect, ResponseType,
};

/// How long one attempt may take, its body included.
pub const ATTEMPT: Duration = Duration::from_secs(60);

/// Sends a request with the browser's `fetch` and reads the whole answer.
///
/// Cookies are neither sent nor kept, nothing is cached, redirects are not followed, and no referrer is told.
///
/// # Errors
///
/// [`Failure`] says why there is no whole answer.
pub async fn send(
    request: Request,
    cancellation: &Cancellation,
    attempt: Duration,
) -> Result<Response, Failure> {
    if cancellation.is_cancelled() {
        return Err(Failure::Cancelled);
    }
    let controller = AbortController::new()
        .map_err(|_| Failure::Unreachable("this browser cannot make requests that end".to_owned()))?;
    cancellation.watch(Some(controller.clone()));
    let is_late = Rc::new(Cell::new(false));
    let alarm = {
        let (is_late, controller) = (Rc::clone(&is_late), controller.clone());
        Timeout::new(u32::try_from(attempt.as_millis()).unwrap_or(u32::MAX), move || {
            is_late.set(true);
            abort(&controller, "The attempt took too long.");
        })
    };
    let outcome = exchange(request, &controller).await;
    drop(alarm);
    cancellation.watch(None);
    // An abort shows as whatever broke off; why it was aborted is known here alone.
    outcome.map_err(|failure| {
        if cancellation.is_cancelled() {
            Failure::Cancelled
        } else if is_late.get() {
            Failure::TimedOut
        } else {
            failure
        }
    })
}

async fn exchange(request: Request, controller: &AbortController) -> Result<Response, Failure> {
    let mut builder = RequestBuilder::new(&request.url)
        .method(match request.method {
            Method::Get => gloo_net::http::Method::GET,
            Method::Post => gloo_net::http::Method::POST,
            Method::Put => gloo_net::http::Method::PUT,
            Method::Delete => gloo_net::http::Method::DELETE,
        })
        .abort_signal(Some(&controller.signal()))
        .cache(RequestCache::NoStore)
        .credentials(RequestCredentials::Omit)
        .redirect(RequestRedirect::Manual)
        .referrer_policy(ReferrerPolicy::NoReferrer);
    for (name, value) in request.headers.iter() {
        builder = builder.header(name, value);
    }
    let request = match request.body {
        Some(body) => builder.body(js_sys::Uint8Array::from(body.as_slice())),
        None => builder.build(),
    };
    let unreachable = |error: gloo_net::Error| Failure::Unreachable(words(&error));
    let response = request.map_err(unreachable)?.send().await.map_err(unreachable)?;
    // The browser says that it is a redirect and hides which one; 302 is the most common of them.
    let status = if response.type_() == ResponseType::Opaqueredirect { 302 } else { response.status() };
    let mut headers = Headers::default();
    for (name, value) in response.headers().entries() {
        headers.append(name, value);
    }
    let body = response.binary().await.map_err(|error| Failure::Interrupted(words(&error)))?;
    Ok(Response { status, headers, body })
}

/// What the browser says, without the name of the error's class and a full stop at the end.
fn words(error: &gloo_net::Error) -> String {
    let text = error.to_string();
    let text = text.strip_prefix("TypeError: ").unwrap_or(&text);
    text.trim_end_matches('.').to_owned()
}
