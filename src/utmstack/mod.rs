//! UTMStack: sign-in, search and counts (docs/utmstack.md).

mod access;
mod client;
mod credentials;
mod filter;
mod search;
mod sign_in;
mod words;

pub use access::UtmstackAccess;
pub use client::Client;
pub use credentials::Credentials;
pub use filter::{Filter, Operator};
pub use search::{SearchOptions, TimeRange};
