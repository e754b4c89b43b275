//! Alerts that come, change and go while the server runs: by themselves (`--live`), or on order from
//! `/_demo/live`.

mod change;
mod delete;
mod director;
mod insert;
mod order;
mod ticking;

pub(crate) use director::Director;
pub(crate) use order::{Moved, Order};
pub(crate) use ticking::tick;
