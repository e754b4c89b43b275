use super::ask::Ask;
use super::client::Client;
use super::dialect::Dialect;
use super::filter::Filter;
use super::search::SearchOptions;
use super::spoken::Spoken;
use super::values;
use crate::error::Error;
use crate::machine::Machine;
use crate::page::{NumberedPages, Total};
use crate::time::Timestamp;

impl Client {
    /// Lists alerts, newest first where the options say nothing else.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.3).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for options that cannot be sent. The machine ends with [`Error::ResultWindow`] when
    /// more than 10,000 rows are asked for and there, and with [`Error::Unsupported`] when the API version cannot
    /// express a filter.
    pub fn alerts(
        &self,
        options: &SearchOptions,
        now: Timestamp,
    ) -> Result<Machine<Spoken<NumberedPages>>, Error> {
        let options = options.clone();
        self.spoken(move |dialect| options.pages(dialect, now))
    }

    /// Reads one alert by its id: a page with one row, or with none.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.3).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    pub fn alert(&self, id: &str, now: Timestamp) -> Result<Machine<Spoken<NumberedPages>>, Error> {
        if id.is_empty() {
            return Err(Error::InvalidArgument("An alert's id is expected; it is empty.".to_owned()));
        }
        let filters = vec![Filter::equals("id", id)];
        self.alerts(&SearchOptions { filters, limit: Some(1), ..SearchOptions::default() }, now)
    }

    /// Lists the echoes of an alert: its repeats, which version 11 keeps as alerts of their own.
    ///
    /// Evidence: attested (docs/utmstack.md, 3.3).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    pub fn echoes(&self, id: &str, now: Timestamp) -> Result<Machine<Spoken<NumberedPages>>, Error> {
        if id.is_empty() {
            return Err(Error::InvalidArgument("An alert's id is expected; it is empty.".to_owned()));
        }
        let options =
            SearchOptions { filters: vec![Filter::equals("parentId", id)], ..SearchOptions::default() };
        self.alerts(&options, now)
    }

    /// Counts alerts by the server's own total: exactly below 10,000, "at least" from there on.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.1). The documented version states no total; there it is as
    /// [`Client::count_exactly`].
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for options that cannot be sent.
    pub fn count(
        &self,
        options: &SearchOptions,
        now: Timestamp,
    ) -> Result<Machine<Spoken<Ask<Total>>>, Error> {
        let options = options.clone();
        self.spoken(move |dialect| {
            if dialect == Dialect::Documented {
                return values::sum(&options, dialect, now);
            }
            let call = options.call(dialect, now, "counting alerts")?;
            let call = call.with("top", "10000").with("page", "1").with("size", "1");
            Ok(Ask::new(call, "a search's total", |response| {
                Ok(Total::of_header(response.headers.get("x-total-count")))
            }))
        })
    }

    /// Counts alerts exactly, however many there are: the alerts of each status are counted and added.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.9). Documents without a status, which no version writes, are left out.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for options that cannot be sent.
    pub fn count_exactly(
        &self,
        options: &SearchOptions,
        now: Timestamp,
    ) -> Result<Machine<Spoken<Ask<Total>>>, Error> {
        let options = options.clone();
        self.spoken(move |dialect| values::sum(&options, dialect, now))
    }
}
