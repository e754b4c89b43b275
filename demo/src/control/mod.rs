//! `/_demo`: what no vendor has. Tests ask it for the truth and order faults from it; it is never faulty.

mod connections;
mod faults;
mod forget_tokens;
mod ids;
mod live;
mod review;
mod router;
mod second_factor;
mod state;

pub(crate) use router::router;
