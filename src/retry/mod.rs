//! When a call is made again: by what it does, not by its verb.

mod backoff;
mod budget;
mod policy;
mod retry_after;

pub use budget::RetryBudget;
pub use policy::{RetryPolicy, Safety};
pub use retry_after::retry_after;
