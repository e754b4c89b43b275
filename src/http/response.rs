use super::Headers;
use core::fmt;

/// A response with its whole body.
///
/// `Debug` shows neither credentials nor the body.
#[derive(Clone, PartialEq, Eq)]
pub struct Response {
    /// The status code, 100 to 599.
    pub status: u16,
    /// The header fields.
    pub headers: Headers,
    /// The body's bytes, decompressed.
    pub body: Vec<u8>,
}

impl Response {
    /// Whether the status is one of success (200 to 299).
    pub const fn is_success(&self) -> bool {
        self.status >= 200 && self.status < 300
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status)
            .field("headers", &self.headers)
            .field("body_bytes", &self.body.len())
            .finish()
    }
}
