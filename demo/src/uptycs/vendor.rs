//! Uptycs's state: its tables, its key and its jobs.

use crate::config::TokenPolicy;
use crate::store::Database;
use crate::uptycs::key_file::KeyFile;
use crate::uptycs::query_jobs::QueryJobs;

/// One Uptycs tenant.
#[derive(Debug)]
pub(crate) struct Uptycs {
    /// The tables.
    pub(crate) database: Database,
    /// The one API key of the tenant.
    pub(crate) key_file: KeyFile,
    /// The SQL jobs; they are gone after a restart.
    pub(crate) jobs: QueryJobs,
    /// How strictly tokens are read.
    pub(crate) token_policy: TokenPolicy,
    /// The most rows of a list page.
    pub(crate) page_cap: u64,
    /// Whether browsers of other origins are let in.
    pub(crate) cors: bool,
}
