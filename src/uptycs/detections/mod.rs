//! Detections: unwrapped, and changed in bulk (docs/uptycs.md, 3.3 and 5).

mod document;
mod update;

pub use document::Detection;
pub use update::DetectionsUpdate;
