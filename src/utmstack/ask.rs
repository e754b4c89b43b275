use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Intent, Procedure};
use crate::platform::Platform;
use crate::time::Timestamp;
use core::convert::Infallible;
use core::fmt;
use serde::de::DeserializeOwned;

/// Makes one call and gives what its answer says.
pub struct Ask<T> {
    call: Call,
    expected: &'static str,
    read: fn(&Response) -> Result<T, serde_json::Error>,
    answer: Option<T>,
}

impl<T> Ask<T> {
    /// Prepares a call whose answer `read` understands; `expected` says what the API promises.
    pub(super) fn new(
        call: Call,
        expected: &'static str,
        read: fn(&Response) -> Result<T, serde_json::Error>,
    ) -> Self {
        Self { call, expected, read, answer: None }
    }
}

impl<T: DeserializeOwned> Ask<T> {
    /// Prepares a call whose answer is JSON.
    pub(super) fn json(call: Call, expected: &'static str) -> Self {
        Self::new(call, expected, |response| serde_json::from_slice(&response.body))
    }
}

impl Ask<()> {
    /// Prepares a call whose success is all that its answer says; versions answer with nothing, an object or text.
    pub(super) fn done(call: Call) -> Self {
        Self::new(call, "success", |_| Ok(()))
    }
}

impl<T> fmt::Debug for Ask<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask")
            .field("call", &self.call)
            .field("is_answered", &self.answer.is_some())
            .finish_non_exhaustive()
    }
}

impl<T> Procedure for Ask<T> {
    type Page = Infallible;
    type Report = T;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Infallible, T>, Error> {
        Ok(match self.answer.take() {
            Some(answer) => Intent::Done(answer),
            None => Intent::Call(self.call.clone()),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let answer = (self.read)(&response).map_err(|cause| {
            Unexpected::body(Platform::Utmstack, self.call.doing, &response, self.expected, &cause)
        })?;
        self.answer = Some(answer);
        Ok(())
    }
}
