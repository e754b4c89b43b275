//! Uptycs: key file, tokens, lists and SQL (docs/uptycs.md).

mod access;
mod alerts;
mod client;
mod detections;
mod each;
mod filter;
mod key_file;
mod key_guide;
mod list;
mod objects;
mod reading;
mod resource;
mod rows;
mod sql;
mod token;
mod words;
mod write;

pub use access::{DEFAULT_TOKEN_LIFETIME, UptycsAccess};
pub use alerts::{AlertChange, AlertStatus, AlertUpdate, AlertUpdateReport};
pub use client::Client;
pub use detections::{Detection, DetectionsUpdate};
pub use each::{Each, EachReport, EachResult};
pub use filter::{Filter, Operator, Sort};
pub use key_file::{KeyFile, KeyFileError};
pub use key_guide::{GuidePage, KEY_PAGES, KEY_STEPS, guide_url};
pub use list::ListOptions;
pub use objects::{Count, CountReport};
pub use reading::Reading;
pub use resource::{
    AnswerShape, RESOURCES, Resource, Stripped, Support, Verb, Verbs, find, resource_path, strip,
};
pub use rows::Rows;
pub use sql::{JobProgress, SqlOptions, SqlPart, SqlQuery, SqlReport, bound};
pub use token::CurlLine;
pub use write::{Consent, Difference, Outcome, Write, WriteReport};
