//! Conversations with a platform, as machines that ask for traffic and never make it.
//!
//! A driver calls [`Machine::next`], does what the [`Step`] says, hands what came to [`Machine::received`], and so on
//! until [`Step::Done`]. Credentials, renewal and repetition happen inside; time, randomness and transport come from
//! the driver, so that a test drives an hour of faults in a millisecond.

mod authority;
mod call;
mod channel;
mod document;
mod drive;
mod procedure;
mod run;
mod step;

pub use authority::{Authority, Authorization};
pub use call::{Call, Payload};
pub use channel::Channel;
pub use document::Document;
pub use drive::{Transport, drive};
pub use procedure::{Intent, Procedure};
pub use run::Machine;
pub use step::{Moment, Step};
