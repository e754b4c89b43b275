use super::window::Window;
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Call, Channel};
use crate::page::Row;
use crate::platform::Platform;
use crate::time::Timestamp;
use core::fmt::Debug;

/// One request of a pull.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageQuery {
    /// The span of time; a source may ask for a little more at both ends, since rows outside are left out afterwards.
    pub window: Window,
    /// How many rows at the most.
    pub size: u64,
    /// How many rows to pass over: only within one instant that holds more than a page.
    pub offset: u64,
    /// The part of one instant that is asked for, where it was split.
    pub partition: Partition,
    /// Whether the newest row is asked for first; the oldest otherwise.
    pub is_newest_first: bool,
}

/// A part of the rows of one instant; all of them for the default.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Partition {
    /// Conditions in the source's own form, all of which hold for the part.
    pub conditions: Vec<String>,
    /// How often it was split.
    pub depth: u32,
}

/// A row with the time that places it in a slice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimedRow {
    /// The row.
    pub row: Row,
    /// Its time; `None` where it has none that can be read.
    pub at: Option<Timestamp>,
}

/// What a request of a pull gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The bytes.
    pub body: Vec<u8>,
    /// The rows, oldest first unless the query said otherwise.
    pub rows: Vec<TimedRow>,
    /// Whether there may be more rows than those that came.
    pub is_cut: bool,
}

/// A list of a platform that can be pulled: how it is asked by time, and how it answers.
pub trait Source: Debug + Clone {
    /// The platform.
    fn platform(&self) -> Platform;

    /// The connection.
    fn channel(&self) -> &Channel;

    /// The most rows that a request can give.
    fn largest_page(&self) -> u64;

    /// The call for a part of the list.
    fn call(&self, query: &PageQuery) -> Call;

    /// Reads the answer to such a call.
    ///
    /// # Errors
    ///
    /// When the answer is not what the API promises.
    fn read(&self, query: &PageQuery, response: Response) -> Result<Answer, Error>;

    /// Splits a part of one instant that holds more than a page; nothing where the source can only go on by offset.
    fn split(&self, partition: &Partition) -> Vec<Partition>;

    /// Why the pull's guarantee cannot be kept for this list and these conditions, if it cannot.
    fn weakness(&self) -> Option<String>;
}
