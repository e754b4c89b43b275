//! SQL: jobs that are submitted, followed, read and tidied up; small queries at once (docs/uptycs.md, 4).

mod at_once;
mod bound;
mod cancel;
mod job;
mod many;
mod query;
mod start;
mod submission;
mod target;
mod tokens;

pub use bound::bound;
pub use cancel::{CancelJob, CancelReport};
pub use job::{AssetCounts, JobProgress};
pub use many::{SqlQueries, SqlQueriesPart};
pub use query::{SqlOptions, SqlPart, SqlQuery, SqlReport};
pub use submission::TimeBound;
pub use target::SqlTarget;
