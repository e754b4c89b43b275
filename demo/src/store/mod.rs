//! Where each vendor keeps its rows: one SQLite database a vendor, in memory or in a file.

mod database;
mod document_match;
mod fill_lake;
mod fill_objects;
mod fill_uptycs;
mod fill_utmstack;
mod json;
mod lake;
mod lake_table;
mod like;
mod schema;
mod text_match;

pub(crate) use database::Database;
pub(crate) use fill_uptycs::{add_to_uptycs, fill_uptycs};
pub(crate) use fill_utmstack::{UtmStackData, add_to_utmstack, fill_utmstack};
pub(crate) use json::json;
pub(crate) use lake::{LAKE, create as create_lake};
pub(crate) use lake_table::{LakeTable, Place};
pub(crate) use schema::{UPTYCS_SCHEMA, UTMSTACK_SCHEMA};
