//! What a list is narrowed by and how it is sorted (docs/uptycs.md, 3.1).

mod condition;
mod operator;
mod sort;

pub use condition::Filter;
pub use operator::Operator;
pub use sort::Sort;
