use super::notes::NoteFlow;
use super::status::{StatusChange, StatusWrite};
use super::tags::{TagChange, TagsWrite};
use crate::bulk::{Bulk, BulkOptions};
use crate::error::Error;
use crate::machine::Machine;
use crate::time::Timestamp;
use crate::utmstack::client::Client;
use crate::utmstack::read_back::LARGEST_CHUNK;
use crate::utmstack::spoken::Spoken;

impl Client {
    /// Changes the status of alerts, with an observation and, if wanted, the false-positive tag, to the same outcome on
    /// every API version. Echoes follow in version 11.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.4). Each chunk is read back; an id that does not exist, or that does not
    /// show the change, is reported as not applied.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for no ids. [`Error::Unsupported`], here or from the machine, for an observation that
    /// the version cannot store, such as one with a line break, and for a status that it cannot set.
    pub fn update_status(
        &self,
        ids: &[String],
        change: &StatusChange,
        options: &BulkOptions,
    ) -> Result<Machine<Spoken<Bulk<StatusWrite>>>, Error> {
        let (ids, change, options) = (some(ids)?, change.clone(), capped(options));
        self.spoken(move |dialect| {
            Ok(Bulk::new(StatusWrite::new(dialect, &change)?, ids.iter().cloned(), &options))
        })
    }

    /// Adds, removes or replaces tags: reads what is there, writes what differs, reads back.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.5). Neither version can compare and set, so a colleague's change in the
    /// same moment may win; it is reported as a collision.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for no ids or no tags. [`Error::Unsupported`], here or from the machine, for a tag that
    /// the version cannot store, such as one with a single quote.
    pub fn update_tags(
        &self,
        ids: &[String],
        change: &TagChange,
        options: &BulkOptions,
    ) -> Result<Machine<Spoken<Bulk<TagsWrite>>>, Error> {
        let (ids, change, options) = (some(ids)?, change.clone(), capped(options));
        self.spoken(move |dialect| {
            Ok(Bulk::new(TagsWrite::new(dialect, &change)?, ids.iter().cloned(), &options))
        })
    }

    /// Replaces an alert's note by a text as it is typed.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.6). Servers store one line of printable ASCII for sure; other text is sent
    /// as it is, once, and where the server refuses it the report offers the nearest text that it stores.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id; [`Error::Unsupported`], here or from the machine, for an empty note,
    /// which servers cannot store.
    pub fn set_note(&self, id: &str, note: &str) -> Result<Machine<Spoken<NoteFlow>>, Error> {
        let (id, note) = (id.to_owned(), note.to_owned());
        self.spoken(move |dialect| NoteFlow::set(dialect, &id, &note))
    }

    /// Adds a text to an alert's note, with the time and the user before it: `[2026-11-21T08:00:00.000Z ada] text`.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.6). `user` is who writes; without it, who the connection signs in as, or
    /// who the server says it is. Entries are parted by ` | `, since servers cannot store line breaks.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id or text, and from the machine where nobody says who writes.
    pub fn append_note(
        &self,
        id: &str,
        note: &str,
        user: Option<&str>,
        now: Timestamp,
    ) -> Result<Machine<Spoken<NoteFlow>>, Error> {
        let user = user.or(self.username()).map(str::to_owned);
        let (id, note) = (id.to_owned(), note.to_owned());
        self.spoken(move |dialect| NoteFlow::append(dialect, &id, &note, user.as_deref(), now))
    }
}

/// The ids, if there are any.
fn some(ids: &[String]) -> Result<Vec<String>, Error> {
    if ids.is_empty() || ids.iter().any(String::is_empty) {
        return Err(Error::InvalidArgument(
            "The ids of alerts are expected; there are none, or an empty one.".to_owned(),
        ));
    }
    Ok(ids.to_vec())
}

/// The options with chunks that one reading can check.
fn capped(options: &BulkOptions) -> BulkOptions {
    BulkOptions { chunk_size: options.chunk_size.clamp(1, LARGEST_CHUNK), ..options.clone() }
}
