//! The invented company whose alerts both vendors hold: the same hosts, people and attacks on either side.

mod hostile_text;
mod rule;
mod scenario;
mod technique;
mod timeline;

pub(crate) use hostile_text::hostile_text;
pub(crate) use rule::{Level, Rule};
pub(crate) use scenario::{Host, Outsider, Scenario};
pub(crate) use timeline::{Occurrence, timeline};
