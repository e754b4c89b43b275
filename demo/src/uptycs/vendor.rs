//! Uptycs's state: its tables, its key and its jobs.

use std::sync::atomic::{AtomicU64, Ordering};

use crate::config::TokenPolicy;
use crate::instant::UtcInstant;
use crate::random::Random;
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
    /// How many ids were given out since the start.
    pub(crate) ids: AtomicU64,
    /// How strictly tokens are read.
    pub(crate) token_policy: TokenPolicy,
    /// The most rows of a list page.
    pub(crate) page_cap: u64,
    /// Whether browsers of other origins are let in.
    pub(crate) cors: bool,
}

impl Uptycs {
    /// An id that nothing has yet. The clock keeps ids of one run apart from those of the run before.
    pub(crate) fn new_id(&self) -> String {
        let now = u64::try_from(UtcInstant::now().millis()).unwrap_or(0);
        Random::stream(now, &format!("id {}", self.ids.fetch_add(1, Ordering::Relaxed))).uuid()
    }
}
