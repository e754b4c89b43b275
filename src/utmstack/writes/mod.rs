//! Changes to alerts: each is read back, and each says what became of every id.

mod client;
mod notes;
mod status;
mod tags;
#[cfg(test)]
mod two_writers;

pub use notes::{NoteFlow, NoteReport};
pub use status::{StatusChange, StatusChunk, StatusWrite};
pub use tags::{TagChange, TagsChunk, TagsWrite};
