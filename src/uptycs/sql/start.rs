use super::query::{SqlOptions, SqlQuery};
use crate::error::Error;
use crate::machine::Machine;
use crate::time::Timestamp;
use crate::uptycs::client::Client;

impl Client {
    /// Runs a SQL query as a job and gives all its rows (docs/uptycs.md, 4.1; attested).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] when the time bound cannot be placed in the query.
    pub fn sql(&self, query: &str, options: &SqlOptions, now: Timestamp) -> Result<Machine<SqlQuery>, Error> {
        Ok(self.machine(SqlQuery::new(query, options, now)?))
    }
}
