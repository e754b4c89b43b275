//! A double of two security platforms on loopback: UTMStack under `/api`, Uptycs under `/public/api`. It behaves
//! as `docs/utmstack.md` and `docs/uptycs.md` say, quirks included, and shares no code with the client, so that
//! neither can hide the other's mistakes.
//!
//! ```no_run
//! let server = triagekit_demo::Server::start(triagekit_demo::Config::default())?;
//! println!("{}/_demo/connections", server.base_url());
//! # Ok::<(), triagekit_demo::Error>(())
//! ```

mod config;
mod console;
mod control;
mod data;
mod demo;
mod error;
mod fault;
mod instant;
mod random;
mod request_log;
mod serve;
mod server;
mod store;
mod uptycs;
mod utmstack;

pub use config::{Config, Personality, State, TokenPolicy};
pub use error::Error;
pub use instant::UtcInstant;
pub use server::Server;
