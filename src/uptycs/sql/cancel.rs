use super::query::{cancel_call, delete_call};
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Intent, Machine, Procedure};
use crate::time::Timestamp;
use crate::uptycs::client::{Client, id_path};
use serde::Serialize;

/// Cancels a job and deletes it.
#[derive(Debug)]
pub struct CancelJob {
    id: String,
    was_cancelled: Option<bool>,
    was_deleted: Option<bool>,
}

/// What became of a job.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CancelReport {
    /// Whether the platform took the cancellation; it refuses that of a job which has ended.
    pub was_cancelled: bool,
    /// Whether the job is gone.
    pub was_deleted: bool,
}

impl Client {
    /// Cancels a SQL job and deletes it, by its id (`PUT` with status `CANCELLED`, then `DELETE`; attested by usql's `kill`).
    ///
    /// A query that runs here is given up by [`abandon`](crate::machine::Machine::abandon) instead.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// assert!(Client::new(key, RetryPolicy::default()).cancel_job("j-1").is_ok());
    /// ```
    pub fn cancel_job(&self, id: &str) -> Result<Machine<CancelJob>, Error> {
        id_path("/queryJobs", id)?;
        Ok(self.machine(CancelJob { id: id.trim().to_owned(), was_cancelled: None, was_deleted: None }))
    }
}

impl CancelJob {
    fn note(&mut self, is_done: bool) {
        if self.was_cancelled.is_none() {
            self.was_cancelled = Some(is_done);
        } else {
            self.was_deleted = Some(is_done);
        }
    }
}

impl Procedure for CancelJob {
    type Page = core::convert::Infallible;
    type Report = CancelReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, CancelReport>, Error> {
        Ok(match (self.was_cancelled, self.was_deleted) {
            (None, _) => Intent::Call(cancel_call(&self.id)),
            (Some(_), None) => Intent::Call(delete_call(&self.id)),
            (Some(was_cancelled), Some(was_deleted)) => {
                Intent::Done(CancelReport { was_cancelled, was_deleted })
            }
        })
    }

    fn answered(&mut self, _response: Response, _now: Timestamp) -> Result<(), Error> {
        self.note(true);
        Ok(())
    }

    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        match error.status() {
            Some(404) if self.was_cancelled.is_some() => self.note(true),
            Some(400 | 409) => self.note(false),
            _ => return Err(error),
        }
        Ok(())
    }
}
