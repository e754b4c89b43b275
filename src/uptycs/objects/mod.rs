//! Any resource by its name: list, get, create, update, delete, count.

mod count;
mod create;
mod delete;
mod get;
mod list;
mod permit;
mod update;

pub use count::{Count, CountReport};
