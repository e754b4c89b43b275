//! Alerts: their status, notes and assignees (docs/uptycs.md, 3.3).

mod change;
mod status;
mod update;

pub use change::AlertChange;
pub use status::AlertStatus;
pub use update::{AlertUpdate, AlertUpdateReport};
