//! What goes over the wire, as data: no client, no socket.

mod failure;
mod headers;
mod method;
mod percent;
mod request;
mod response;

pub use failure::Failure;
pub use headers::Headers;
pub use method::Method;
pub use percent::{percent_encode, query_string};
pub use request::Request;
pub use response::Response;
