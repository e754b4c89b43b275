//! Complete pulls: everything that a platform has in a span of time, with a stated guarantee.
//!
//! A pull is bounded by an instant (its **as-of**), cut into **slices** of time that are read in parallel, and delivered
//! in the order of time. Each slice is one request; what did not fit becomes a slice of its own that begins where the
//! answer ended. No offset runs over a changing list, so rows that come, go or change while the pull runs move no other
//! row. A row belongs to exactly one slice, by its own time, so nothing has to be remembered to keep rows from coming
//! twice.

mod budget;
mod checkpoint;
mod concurrency;
mod density;
#[cfg(test)]
mod model;
mod options;
mod report;
mod run;
mod slice;
mod source;
mod timed;
mod uptycs;
mod utmstack;
mod window;

pub use budget::Budget;
pub use checkpoint::{Checkpoint, CheckpointError};
pub use options::PullOptions;
pub use report::{Guarantee, PullReport};
pub use run::{Pull, PullPage, PullStep, Ticket};
pub use source::{Answer, PageQuery, Partition, Source, TimedRow};
pub use uptycs::UptycsSource;
pub use utmstack::UtmstackSource;
pub use window::Window;
