//! Conditions of a search: one builder, compiled to what each API version understands (docs/utmstack.md, 3 and A.2).

mod build;
mod compile;
mod documented;
#[cfg(test)]
mod evaluate;
mod field;
mod json;
mod real;
mod test;

pub use build::Filter;
pub(super) use compile::compile;
pub(super) use field::{exact_field, sort_order};
pub use test::Test;
