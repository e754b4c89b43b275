//! What callers change on alerts: status, tags, notes, and the mark of an incident (docs/utmstack.md, 1.4 to 1.7).

mod change;
mod convert_to_incident;
mod count_open;
mod notes;
mod record;
mod status;
mod tags;

pub(crate) use change::{Change, Set, of_ids};
pub(crate) use convert_to_incident::{convert_to_incident, stamp};
pub(crate) use count_open::count_open_alerts;
pub(crate) use notes::update_notes;
pub(crate) use record::{Action, Record};
pub(crate) use status::{add_tag, set_status, update_status};
pub(crate) use tags::update_tags;
