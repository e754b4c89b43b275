//! Everything that one demo server holds.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Duration;

use crate::clock::Clock;
use crate::config::{Config, Personality, State};
use crate::data::Scenario;
use crate::error::Error;
use crate::fault::{FaultPlan, FaultQueue, RevokedTokens};
use crate::instant::UtcInstant;
use crate::live::{Director, Moved, Order};
use crate::request_log::{RequestLog, Vendor};
use crate::store::{Database, UPTYCS_SCHEMA, UTMSTACK_SCHEMA, UtmStackData, fill_uptycs, fill_utmstack};
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
    /// The faults that come by themselves.
    pub(crate) fault_plan: FaultPlan,
    /// The tokens that faults let die.
    pub(crate) revoked: RevokedTokens,
    /// What the vendors take for now.
    pub(crate) clock: Clock,
    /// Which generation of UTMStack's failures a fault speaks.
    pub(crate) personality: Personality,
    /// How long every answer of a vendor is held back.
    pub(crate) latency: Duration,
    /// What has been asked so far.
    pub(crate) requests: RequestLog,
    /// The folder of the console.
    pub(crate) console: Option<PathBuf>,
    /// Where this server is reached.
    pub(crate) base_url: String,
    scenario: Scenario,
    live_utmstack: Director,
    live_uptycs: Director,
}

impl Demo {
    /// Opens and fills both databases, each on its own thread.
    pub(crate) fn new(config: &Config, base_url: String) -> Result<Arc<Self>, Error> {
        let scenario = Scenario::of_seed(config.seed);
        let end = config.now.unwrap_or_else(UtcInstant::now);
        let utmstack = open(&config.state, utmstack_file(config.utmstack), UTMSTACK_SCHEMA)?;
        let uptycs = open(&config.state, "uptycs.db", UPTYCS_SCHEMA)?;
        std::thread::scope(|scope| {
            let data = UtmStackData {
                personality: config.utmstack,
                seed: config.seed,
                count: config.utmstack_alerts,
                end,
            };
            let one = scope.spawn({
                let (database, scenario) = (&utmstack, &scenario);
                move || fill_utmstack(database, scenario, data)
            });
            let other = fill_uptycs(&uptycs, &scenario, config.seed, config.uptycs_alerts, end);
            one.join().unwrap_or_else(|_| Err(Error::Runtime(std::io::Error::other("filling panicked"))))?;
            other
        })?;
        utmstack.warm_up("alert", 2_000)?;
        uptycs.warm_up("alert", 10_000)?;
        Ok(Arc::new(Self {
            utmstack: UtmStack::new(utmstack, config.utmstack, config.tfa),
            uptycs: Uptycs {
                database: uptycs,
                key_file: KeyFile::new(config.seed, &scenario, &base_url),
                jobs: QueryJobs::default(),
                ids: AtomicU64::new(0),
                token_policy: config.uptycs_auth,
                page_cap: config.page_cap,
                cors: config.uptycs_cors,
            },
            faults: FaultQueue::default(),
            fault_plan: FaultPlan::new(config.faults, config.fault_seed),
            revoked: RevokedTokens::default(),
            clock: Clock::new(config),
            personality: config.utmstack,
            latency: config.latency,
            requests: RequestLog::default(),
            console: config.console.clone(),
            base_url,
            scenario,
            live_utmstack: Director::new(Vendor::UtmStack, config.utmstack, config.seed),
            live_uptycs: Director::new(Vendor::Uptycs, config.utmstack, config.seed),
        }))
    }

    /// Moves alerts of both vendors, on this thread.
    pub(crate) fn live(&self, order: Order) -> rusqlite::Result<BTreeMap<&'static str, Moved>> {
        let both = [
            (Vendor::UtmStack, &self.live_utmstack, &self.utmstack.database),
            (Vendor::Uptycs, &self.live_uptycs, &self.uptycs.database),
        ];
        both.into_iter()
            .map(|(vendor, director, database)| {
                Ok((vendor.name(), director.carry_out(database, &self.scenario, self.clock, order)?))
            })
            .collect()
    }
}

/// Each generation has documents of its own, and so a file of its own.
const fn utmstack_file(personality: Personality) -> &'static str {
    match personality {
        Personality::V10 => "utmstack-v10.db",
        Personality::V11 => "utmstack-v11.db",
        Personality::Documented => "utmstack-documented.db",
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
