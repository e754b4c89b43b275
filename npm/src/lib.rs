//! The WebAssembly surface of the npm package: handles that build requests and read responses, driven from JavaScript.
//!
//! Nothing here is asynchronous and nothing makes traffic. Operations hand out [steps](Operation::next), the driver in
//! `npm/js` does what they say. Rows never cross as objects: JavaScript parses the bytes that it has, and is told
//! which rows count.

mod error;
mod list_options;
mod moment;
mod operation;
mod reason;
mod retry;
mod runner;
mod search_options;
mod sql_options;
mod step;
mod uptycs;
mod utmstack;
mod value;

pub use operation::Operation;
pub use uptycs::UptycsHandle;
pub use utmstack::UtmstackHandle;
