//! Incidents as people mean them: a record that alerts are linked to, and alerts that say so themselves
//! (docs/utmstack.md, 1.7 and 5.4).

mod change;
mod client;
mod convert;
mod finish;
mod incident;
mod links;
mod open;

pub use change::{IncidentChange, StatusFlow};
pub use client::IncidentQuery;
pub use finish::FinishFlow;
pub use incident::{Incident, IncidentNote, IncidentStatus, IncidentUser};
pub use open::{IncidentDraft, IncidentReport, IncidentTarget, OpenFlow};
