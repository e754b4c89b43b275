//! Incidents with their alerts, notes and histories (docs/utmstack.md, 5.4).

mod alert_links;
mod change_status;
mod create;
mod history;
mod link;
mod notes;
mod tables;
mod users_assigned;

pub(crate) use alert_links::{create_link, update_link, update_link_status};
pub(crate) use change_status::change_status;
pub(crate) use create::{add_alerts, create_incident};
pub(crate) use notes::create_note;
pub(crate) use tables::{HISTORIES, INCIDENTS, LINKS, NOTES};
pub(crate) use users_assigned::users_assigned;
