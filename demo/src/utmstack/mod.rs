//! UTMStack as its servers behave, under `/api`, in three generations (docs/utmstack.md). One file an endpoint or a
//! rule of the wire.

mod access;
mod alert_documented;
mod alert_v10;
mod alert_v11;
mod alerts;
mod arrive;
mod body;
mod catalogue;
mod chart_view;
mod condition;
mod cors;
mod csv;
mod date_math;
mod documented;
mod event_v11;
mod exists;
mod failure;
mod field;
mod filter_type;
mod incidents;
mod index_pattern;
mod index_properties;
mod mapping;
mod overview;
mod pageable;
mod paged;
mod painless;
mod property_values;
mod public;
mod records;
mod router;
mod search;
mod selection;
mod shape_failures;
mod status_code;
mod stored_alert;
mod vendor;

pub(crate) use alert_documented::{AlertDocumented, COLLECTION_IDS};
pub(crate) use alert_v10::AlertV10;
pub(crate) use alert_v11::{AlertV11, EchoKey};
pub(crate) use arrive::arrive;
pub(crate) use catalogue::{fill_catalogue, review, review_every};
pub(crate) use router::router;
pub(crate) use stored_alert::StoredAlert;
pub(crate) use vendor::{PASSWORD, USERNAME, UtmStack};
