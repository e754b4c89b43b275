//! What the public documentation says instead of what the servers do (docs/utmstack.md, A). Where it is silent: ids
//! that do not exist change nothing at all, tags and notes replace, filters have all to be met (A.8).

mod convert_to_incident;
mod csv;
mod date_format;
mod ids;
mod notes;
mod search;
mod status;
mod tags;
mod values_with_count;

pub(crate) use convert_to_incident::convert_to_incident;
pub(crate) use csv::csv;
pub(crate) use notes::update_notes;
pub(crate) use search::search;
pub(crate) use status::update_status;
pub(crate) use tags::update_tags;
pub(crate) use values_with_count::values_with_count;
