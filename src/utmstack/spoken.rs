use super::detect::Detection;
use super::dialect::Dialect;
use super::memory::Memory;
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Intent, Procedure};
use crate::time::Timestamp;
use core::fmt;

/// An operation whose wire depends on the API version: the version is found out first, if the connection does not know
/// it yet.
pub struct Spoken<P> {
    detection: Detection,
    make: Box<dyn Fn(Dialect) -> Result<P, Error>>,
    inner: Option<P>,
}

impl<P> Spoken<P> {
    /// Prepares an operation that `make` makes for a dialect.
    ///
    /// What no version can be sent is an error at once, before anything is.
    pub(super) fn new(
        memory: &Memory,
        make: impl Fn(Dialect) -> Result<P, Error> + 'static,
    ) -> Result<Self, Error> {
        let inner = match memory.dialect() {
            Some(dialect) => Some(make(dialect)?),
            None => match make(Dialect::V10) {
                Err(error @ Error::InvalidArgument(_)) => return Err(error),
                _ => None,
            },
        };
        Ok(Self { detection: Detection::new(memory.clone()), make: Box::new(make), inner })
    }
}

impl<P: fmt::Debug> fmt::Debug for Spoken<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spoken")
            .field("detection", &self.detection)
            .field("inner", &self.inner)
            .finish_non_exhaustive()
    }
}

impl<P: Procedure> Procedure for Spoken<P> {
    type Page = P::Page;
    type Report = P::Report;

    fn next(&mut self, now: Timestamp) -> Result<Intent<P::Page, P::Report>, Error> {
        if self.inner.is_none() {
            match self.detection.next()? {
                Ok(dialect) => self.inner = Some((self.make)(dialect)?),
                Err(call) => return Ok(Intent::Call(call)),
            }
        }
        match &mut self.inner {
            Some(inner) => inner.next(now),
            None => Err(Error::Misuse("There is no operation to go on with.")),
        }
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        match &mut self.inner {
            Some(inner) => inner.answered(response, now),
            None => self.detection.answered(&response),
        }
    }

    fn failed(&mut self, error: Error, now: Timestamp) -> Result<(), Error> {
        match &mut self.inner {
            Some(inner) => inner.failed(error, now),
            None => self.detection.failed(error),
        }
    }

    fn abandon(&mut self) {
        if let Some(inner) = &mut self.inner {
            inner.abandon();
        }
    }
}
