//! The resources of Uptycs' API as a closed table (docs/uptycs.md, 3.2 and 8), and the way from a name to a path.

mod answer_shape;
mod find;
mod strip;
mod support;
mod table;

pub use answer_shape::AnswerShape;
pub use find::{find, resource_path};
pub use strip::{Stripped, strip};
pub use support::{Support, Verb, Verbs};
pub use table::{RESOURCES, Resource};
