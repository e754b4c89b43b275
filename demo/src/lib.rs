//! A double of two security platforms on loopback: UTMStack under `/api`, Uptycs under `/public/api`. It behaves
//! as `docs/utmstack.md` and `docs/uptycs.md` say, quirks included, and shares no code with the client, so that
//! neither can hide the other's mistakes.
//!
//! ```no_run
//! let server = triagekit_demo::Server::start(triagekit_demo::Config::default())?;
//! println!("{}/_demo/connections", server.base_url());
//! # Ok::<(), triagekit_demo::Error>(())
//! ```

mod clock;
mod config;
mod console;
mod control;
mod data;
mod demo;
mod error;
mod fault;
mod gzip;
mod instant;
mod live;
mod random;
mod rate;
mod request_log;
mod serve;
mod server;
mod store;
mod timing;
mod tls;
mod uptycs;
mod utmstack;

pub use config::{Config, Faults, Personality, State, Tls, TokenPolicy};
pub use error::Error;
pub use instant::UtcInstant;
pub use rate::Rate;
pub use server::Server;
pub use uptycs::endpoints_table as uptycs_endpoints;
