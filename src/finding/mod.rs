//! The common record of both platforms, in the terms of OCSF's Detection Finding (class 2004).

mod attack;
mod from_uptycs;
mod from_utmstack;
mod keys;
mod observable;
mod ocsf;
mod record;
mod severity;
mod status;
mod verdict;

pub use attack::Technique;
pub use from_uptycs::from_uptycs;
pub use from_utmstack::from_utmstack;
pub use keys::{host_key, ip_key, user_key};
pub use observable::{Observable, ObservableType};
pub use ocsf::{Origin, to_ocsf};
pub use record::{Finding, Party};
pub use severity::Severity;
pub use status::Status;
pub use verdict::Verdict;
