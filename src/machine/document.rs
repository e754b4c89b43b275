use super::call::Call;
use super::procedure::{Intent, Procedure};
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::platform::Platform;
use crate::time::Timestamp;
use serde_json::value::RawValue;

/// Makes one call and gives its answer, which must be JSON.
#[derive(Debug)]
pub struct Document {
    platform: Platform,
    call: Call,
    body: Option<Vec<u8>>,
}

impl Document {
    /// Prepares a call.
    pub fn new(platform: Platform, call: Call) -> Self {
        Self { platform, call, body: None }
    }
}

impl Procedure for Document {
    type Page = core::convert::Infallible;
    /// The bytes of the answer: one JSON value.
    type Report = Vec<u8>;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, Vec<u8>>, Error> {
        Ok(match self.body.take() {
            Some(body) => Intent::Done(body),
            None => Intent::Call(self.call.clone()),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        if let Err(cause) = serde_json::from_slice::<&RawValue>(&response.body) {
            let expected = "a JSON document";
            return Err(Unexpected::body(self.platform, self.call.doing, &response, expected, &cause).into());
        }
        self.body = Some(response.body);
        Ok(())
    }
}
