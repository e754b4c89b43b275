use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What an Uptycs token states (docs/uptycs.md, 2).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// `iss`: the API key's public half.
    pub issuer: String,
    /// `iat`, to the second.
    pub issued_at: Timestamp,
    /// `exp`, to the second.
    pub expires_at: Timestamp,
}

/// The claims that the JWT library does not carry by itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Issuer {
    pub(super) iss: String,
}
