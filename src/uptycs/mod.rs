//! Uptycs: key file, tokens, lists and SQL (docs/uptycs.md).

mod access;
mod alerts;
mod assets;
mod carve;
mod client;
mod detections;
mod each;
mod edit_list;
mod filter;
mod key_file;
mod key_guide;
mod list;
mod lookup;
mod multipart;
mod objects;
mod operations;
mod package;
mod pull;
mod reading;
mod resource;
mod roles;
mod rows;
mod schema;
mod sql;
mod threat;
mod token;
mod webhook;
mod words;
mod write;

pub use access::{DEFAULT_TOKEN_LIFETIME, UptycsAccess};
pub use alerts::{AlertChange, AlertStatus, AlertUpdate, AlertUpdateReport};
pub use assets::{
    AssetRef, AssetScan, AssetScanReport, Deletable, DeleteAssets, DeletionList, DeletionMode,
    DeletionReport, DeletionState, DeletionStep, DuplicateGroup, DuplicateKey, Untag, UntagReport,
};
pub use carve::CarveLink;
pub use client::Client;
pub use detections::{Detection, DetectionsUpdate};
pub use each::{Each, EachReport, EachResult};
pub use edit_list::{Collision, Edit, EditList, EditReport};
pub use filter::{Filter, Operator, Sort};
pub use key_file::{KeyFile, KeyFileError};
pub use key_guide::{GuidePage, KEY_PAGES, KEY_STEPS, guide_url};
pub use list::ListOptions;
pub use objects::{Count, CountReport};
pub use operations::OPERATIONS;
pub use package::{Package, PackageOptions};
pub use reading::Reading;
pub use resource::{
    AnswerShape, RESOURCES, Resource, Stripped, Support, Verb, Verbs, find, resource_path, strip,
};
pub use roles::NewRole;
pub use rows::Rows;
pub use schema::{Schema, SchemaColumn, SchemaKind, SchemaTable};
pub use sql::{
    AssetCounts, CancelJob, CancelReport, JobProgress, SqlOptions, SqlPart, SqlQueries, SqlQueriesPart,
    SqlQuery, SqlReport, SqlTarget, TimeBound, bound,
};
pub use threat::ThreatSourceFile;
pub use token::CurlLine;
pub use webhook::{AlertWebhook, parse_alert_webhook};
pub use write::{Consent, Difference, Outcome, Write, WriteReport};
