//! Gives failures the shape of the generation that answers.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::demo::Demo;
use crate::utmstack::failure::Failure;

/// Turns the mark that a handler left into an answer.
pub(crate) async fn shape_failures(State(demo): State<Arc<Demo>>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let mut answer = next.run(request).await;
    match answer.extensions_mut().remove::<Failure>() {
        Some(failure) => failure.rendered(demo.utmstack.personality, &path),
        None => answer,
    }
}
