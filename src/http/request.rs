use super::{Headers, Method};
use core::fmt;

/// A request that is ready to leave: the transport adds nothing but what its protocol needs.
///
/// `Debug` shows neither credentials nor the body.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The absolute URL; it never holds a credential.
    pub url: String,
    /// The header fields.
    pub headers: Headers,
    /// The body's bytes, if there is a body.
    pub body: Option<Vec<u8>>,
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("method", &self.method)
            .field("url", &self.url)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.as_ref().map(Vec::len))
            .finish()
    }
}
