//! Everything that one demo server holds.

use std::path::PathBuf;
use std::sync::Arc;

use crate::config::{Config, Personality, State};
use crate::data::Scenario;
use crate::error::Error;
use crate::fault::FaultQueue;
use crate::instant::UtcInstant;
use crate::request_log::RequestLog;
use crate::store::{Database, UPTYCS_SCHEMA, UTMSTACK_SCHEMA, fill_uptycs, fill_utmstack};
use crate::uptycs::{KeyFile, QueryJobs, Uptycs};
use crate::utmstack::UtmStack;

/// Both vendors, and what only the demo has.
#[derive(Debug)]
pub(crate) struct Demo {
    /// The one vendor.
    pub(crate) utmstack: UtmStack,
    /// The other vendor.
    pub(crate) uptycs: Uptycs,
    /// The faults that the next requests meet.
    pub(crate) faults: FaultQueue,
    /// What has been asked so far.
    pub(crate) requests: RequestLog,
    /// The folder of the console.
    pub(crate) console: Option<PathBuf>,
    /// Where this server is reached.
    pub(crate) base_url: String,
}

impl Demo {
    /// Opens and fills both databases, each on its own thread.
    pub(crate) fn new(config: &Config, base_url: String) -> Result<Arc<Self>, Error> {
        match config.utmstack {
            Personality::V10 => {}
            Personality::V11 => return Err(Error::Personality("v11")),
            Personality::Documented => return Err(Error::Personality("documented")),
        }
        let scenario = Scenario::of_seed(config.seed);
        let end = config.now.unwrap_or_else(UtcInstant::now);
        let utmstack = open(&config.state, "utmstack.db", UTMSTACK_SCHEMA)?;
        let uptycs = open(&config.state, "uptycs.db", UPTYCS_SCHEMA)?;
        std::thread::scope(|scope| {
            let one =
                scope.spawn(|| fill_utmstack(&utmstack, &scenario, config.seed, config.utmstack_alerts, end));
            let other = fill_uptycs(&uptycs, &scenario, config.seed, config.uptycs_alerts, end);
            one.join().unwrap_or_else(|_| Err(Error::Runtime(std::io::Error::other("filling panicked"))))?;
            other
        })?;
        Ok(Arc::new(Self {
            utmstack: UtmStack::new(utmstack),
            uptycs: Uptycs {
                database: uptycs,
                key_file: KeyFile::new(config.seed, &scenario, &base_url),
                jobs: QueryJobs::default(),
                token_policy: config.uptycs_auth,
                page_cap: config.page_cap,
                cors: config.uptycs_cors,
            },
            faults: FaultQueue::default(),
            requests: RequestLog::default(),
            console: config.console.clone(),
            base_url,
        }))
    }
}

fn open(state: &State, file: &str, schema: &str) -> Result<Database, Error> {
    match state {
        State::Memory => Ok(Database::in_memory(schema)?),
        State::Folder(folder) => {
            std::fs::create_dir_all(folder).map_err(|source| Error::File { path: folder.clone(), source })?;
            Ok(Database::in_file(&folder.join(file), schema)?)
        }
    }
}
