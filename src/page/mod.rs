//! Pages of rows: where each row lies in the bytes that came, and how one page leads to the next.

mod numbered;
mod offset;
mod rows;
mod seen;

pub use numbered::{NumberedPages, NumberedReport, Total};
pub use offset::{OffsetPages, OffsetReport, Shape};
pub(crate) use rows::read_any;
pub use rows::{Link, Page, Row};
pub(crate) use rows::{read_array, read_envelope};
