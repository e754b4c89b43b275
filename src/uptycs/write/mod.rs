//! Writing one thing: what may be written, and whether it took effect.

mod compare;
mod consent;
mod outcome;
mod write_one;

pub(crate) use compare::differences;
pub use consent::Consent;
pub use outcome::{Difference, Outcome};
pub(crate) use write_one::ReadBack;
pub use write_one::{Write, WriteReport};
