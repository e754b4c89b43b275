//! What goes wrong on purpose: on order from `/_demo/faults`, or by a seeded plan (`--faults`).

mod cut;
mod instead;
mod kind;
mod plan;
mod queue;
mod revoked;

pub(crate) use cut::{Closed, cut};
pub(crate) use instead::{expired, instead};
pub(crate) use kind::{Close, Fault, Lost};
pub(crate) use plan::FaultPlan;
pub(crate) use queue::FaultQueue;
pub(crate) use revoked::RevokedTokens;
