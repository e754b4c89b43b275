//! Writes to many things: in chunks, with a result for each id, stoppable between chunks, and repeatable for what failed.

mod cancel;
mod outcome;
mod report;
mod run;
mod write;

pub use cancel::Cancel;
pub use outcome::{ItemResult, Outcome};
pub use report::BulkReport;
pub use run::{Bulk, BulkOptions, BulkProgress};
pub use write::BulkWrite;
