use super::outcome::ItemResult;
use crate::error::Error;
use crate::machine::Procedure;
use core::convert::Infallible;
use core::fmt::Debug;

/// How a chunk of ids is written: what a family of operations gives to [`Bulk`](super::Bulk).
pub trait BulkWrite: Debug {
    /// The procedure that writes one chunk and says what became of each of its ids.
    ///
    /// An id that it says nothing about counts as not applied.
    type Chunk: Procedure<Page = Infallible, Report = Vec<ItemResult>>;

    /// Prepares to write these ids; never more than the chunk's size, each only once.
    ///
    /// # Errors
    ///
    /// When they cannot be written at all; it becomes the outcome of each of them.
    fn chunk(&self, ids: &[String]) -> Result<Self::Chunk, Error>;
}
