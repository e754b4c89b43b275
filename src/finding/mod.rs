//! The common record of both platforms, in the terms of OCSF's Detection Finding (class 2004).

mod from_uptycs;
mod from_utmstack;
mod record;
mod severity;
mod status;

pub use from_uptycs::from_uptycs;
pub use from_utmstack::from_utmstack;
pub use record::Finding;
pub use severity::Severity;
pub use status::Status;
