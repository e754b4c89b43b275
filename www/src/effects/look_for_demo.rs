use super::cancellation::Cancellation;
use super::send::{ATTEMPT, send};
use crate::state::{Connection, connections_of_demo};
use triagekit::http::{Headers, Method, Request};

/// Asks our own origin whether it is a demo server, and for the connections that it offers.
pub async fn look_for_demo() -> Option<Vec<Connection>> {
    let origin = web_sys::window()?.location().origin().ok()?;
    let mut headers = Headers::default();
    headers.append("accept", "application/json");
    let request =
        Request { method: Method::Get, url: format!("{origin}/_demo/connections"), headers, body: None };
    let response = send(request, &Cancellation::default(), ATTEMPT).await.ok()?;
    response.is_success().then(|| connections_of_demo(&response.body)).flatten()
}
