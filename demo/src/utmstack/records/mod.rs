//! The records that real servers keep in Postgres, listed the way their framework lists them: criteria, pages from 0, right
//! links (docs/utmstack.md, 1.1 and 5).

mod answer;
mod criteria;
mod read;
mod table;
mod write;

pub(crate) use answer::{created, deleted, updated};
pub(crate) use read::{by_id, count, list};
pub(crate) use table::{Holds, Property, Table};
pub(crate) use write::{Failed, delete};
