//! JSON Web Tokens (RFC 7519) signed with HMAC-SHA256, and a look into tokens of others.

mod claims;
mod hs256;
mod peek;
mod signer;
mod verify;

pub use claims::Claims;
pub use peek::expiry_of;
pub use signer::Signer;
pub use verify::{TokenError, verify};
