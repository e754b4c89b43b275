//! Values that must never be seen.

use core::fmt;
use zeroize::Zeroize;

/// A password, key secret or token: wiped from memory when dropped, and shown by nothing.
///
/// `Debug` prints a mark instead of the value, and there is no `Display`, so that a secret cannot
/// end up in a log, an error or a URL by accident; [`Secret::expose`] is the one way to read it.
///
/// ```
/// use triagekit::Secret;
///
/// let secret = Secret::new("correct horse battery staple");
/// assert_eq!(format!("{secret:?}"), "Secret(…)");
/// assert_eq!(secret.expose(), "correct horse battery staple");
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// Takes a value into keeping.
    pub fn new(value: impl Into<String>) -> Self {
        Self(value.into())
    }

    /// The value itself: for signing and for the headers and bodies of requests, nothing else.
    pub fn expose(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
