//! One core for the REST APIs of UTMStack and Uptycs.
//!
//! It is sans-IO: it builds requests and reads responses, but opens no socket and reads no clock. Operations are
//! [machines](machine::Machine) that a small driver turns into traffic, in a browser, in a JavaScript runtime or in a
//! native program.
//!
//! What is known of the two APIs, and how surely, stands in `docs/utmstack.md` and `docs/uptycs.md`.

#![deny(missing_docs)]

extern crate alloc;

mod base_url;
pub mod bulk;
pub mod error;
pub mod finding;
pub mod http;
pub mod jwt;
pub mod machine;
pub mod operation;
pub mod page;
mod platform;
pub mod pull;
pub mod retry;
mod secret;
mod time;
pub mod uptycs;
pub mod utmstack;

pub use base_url::{BaseUrl, BaseUrlError};
pub use error::Error;
pub use platform::Platform;
pub use secret::Secret;
pub use time::{Timestamp, parse_duration};
