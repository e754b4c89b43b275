//! SQL jobs: submit, follow, read all rows, tidy up (docs/uptycs.md, 4).

mod bound;
mod job;
mod query;
mod start;
mod tokens;

pub use bound::bound;
pub use job::JobProgress;
pub use query::{SqlOptions, SqlPart, SqlQuery, SqlReport};
