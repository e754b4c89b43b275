//! Answers that end too early.

use axum::body::{Body, Bytes};
use axum::http::{HeaderValue, header};
use axum::response::Response;
use http_body_util::BodyExt as _;

/// The connection is to be closed without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the connection is closed on order")]
pub(crate) struct Closed;

/// The first half of an answer: either the length is the half's, so that only its JSON is broken, or it is the
/// whole's and the connection ends too early.
pub(crate) async fn cut(answer: Response, breaks_connection: bool) -> Response {
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
