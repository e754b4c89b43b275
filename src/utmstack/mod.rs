//! UTMStack: one set of verbs over the three API versions it is met in (docs/utmstack.md).

mod access;
mod alerts;
mod ask;
mod client;
mod credentials;
mod detect;
mod dialect;
mod facets;
mod filter;
mod memory;
mod properties;
mod search;
mod second_factor;
mod sign_in;
mod spoken;
mod value_counts;
mod values;
mod words;

pub use access::UtmstackAccess;
pub use ask::Ask;
pub use client::Client;
pub use credentials::Credentials;
pub use dialect::Dialect;
pub use facets::{Facet, FacetRequest, Facets};
pub use filter::{Filter, Test};
pub use properties::{IndexProperties, IndexProperty};
pub use search::{SearchOptions, TimeRange};
pub use second_factor::CodePrompt;
pub use spoken::Spoken;
pub use value_counts::{ValueCount, ValueCounts};
pub use values::ValueOptions;
