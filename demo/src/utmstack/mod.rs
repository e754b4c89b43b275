//! UTMStack as its servers behave, under `/api`. One file an endpoint or a rule of the wire.

mod account;
mod alert_v10;
mod authenticate;
mod condition;
mod cors;
mod count_open_alerts;
mod date_math;
mod failure;
mod field;
mod filter_type;
mod guard;
mod index_pattern;
mod lockout;
mod pageable;
mod router;
mod search;
mod token;
mod vendor;

pub(crate) use alert_v10::AlertV10;
pub(crate) use router::router;
pub(crate) use vendor::{PASSWORD, USERNAME, UtmStack};
