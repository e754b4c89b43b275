//! UTMStack: one set of verbs over the three API versions it is met in (docs/utmstack.md).

mod access;
mod account;
mod alert;
mod alert_status;
mod alerts;
mod api_keys;
mod ask;
mod client;
mod credentials;
mod detect;
mod dialect;
mod facets;
mod filter;
mod history;
mod incidents;
mod listing;
mod memory;
mod operations;
mod overview;
#[cfg(test)]
mod pretend;
mod properties;
mod pull;
mod read_back;
mod request;
mod search;
mod second_factor;
mod sign_in;
mod spoken;
mod tag_catalogue;
mod tag_rules;
mod text;
mod value_counts;
mod values;
mod words;
mod writes;

pub use access::UtmstackAccess;
pub use account::User;
pub use alert::{Alert, AlertPage, IncidentMark, Side};
pub use alert_status::AlertStatus;
pub use api_keys::ApiKey;
pub use ask::Ask;
pub use client::Client;
pub use credentials::Credentials;
pub use dialect::Dialect;
pub use facets::{Facet, FacetRequest, Facets};
pub use filter::{Filter, Test};
pub use history::{AlertLog, HistoryQuery};
pub use incidents::{
    FinishFlow, Incident, IncidentChange, IncidentDraft, IncidentNote, IncidentQuery, IncidentReport,
    IncidentStatus, IncidentTarget, IncidentUser, OpenFlow, StatusFlow,
};
pub use listing::Listing;
pub use operations::OPERATIONS;
pub use overview::Overview;
pub use properties::{IndexProperties, IndexProperty};
pub use search::{SearchOptions, TimeRange};
pub use second_factor::CodePrompt;
pub use spoken::Spoken;
pub use tag_catalogue::Tag;
pub use tag_rules::{TagRule, TagRuleDraft, TagRuleQuery};
pub use value_counts::{ValueCount, ValueCounts};
pub use values::ValueOptions;
pub use writes::{
    NoteFlow, NoteReport, StatusChange, StatusChunk, StatusWrite, TagChange, TagsChunk, TagsWrite,
};
