use crate::error::{Error, decode};
use crate::http::Response;
use crate::machine::{Call, Intent, Procedure};
use crate::platform::Platform;
use crate::time::Timestamp;
use core::fmt::Debug;
use serde::de::DeserializeOwned;

/// Makes one call and makes something of its answer.
pub struct Reading<T> {
    call: Call,
    understand: fn(&Call, Response) -> Result<T, Error>,
    result: Option<T>,
}

impl<T> Reading<T> {
    pub(crate) fn new(call: Call, understand: fn(&Call, Response) -> Result<T, Error>) -> Self {
        Self { call, understand, result: None }
    }
}

impl<T> Debug for Reading<T> {
    /// What was read may be a secret, such as a signed link.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        f.debug_struct("Reading")
            .field("call", &self.call)
            .field("is_answered", &self.result.is_some())
            .finish_non_exhaustive()
    }
}

impl<T> Procedure for Reading<T> {
    type Page = core::convert::Infallible;
    type Report = T;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, T>, Error> {
        Ok(match self.result.take() {
            Some(result) => Intent::Done(result),
            None => Intent::Call(self.call.clone()),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        self.result = Some((self.understand)(&self.call, response)?);
        Ok(())
    }
}

/// Reads the answer to a call as JSON of a given shape.
pub(crate) fn json<T: DeserializeOwned>(
    call: &Call,
    response: &Response,
    expected: &'static str,
) -> Result<T, Error> {
    decode(Platform::Uptycs, call.doing, response, expected).map_err(Into::into)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    #[test]
    fn an_answer_of_another_shape_is_an_error_that_names_what_was_expected() {
        let mut reading: Reading<Vec<u32>> =
            Reading::new(Call::get("/numbers", "reading numbers"), |call, response| {
                json(call, &response, "a list of numbers")
            });
        assert!(matches!(reading.next(Timestamp::default()), Ok(Intent::Call(_))));
        let answer = |body: &str| Response {
            status: 200,
            headers: Headers::default(),
            body: body.as_bytes().to_vec(),
        };
        let error = reading.answered(answer("{}"), Timestamp::default()).expect_err("an object");
        assert!(error.to_string().contains("a list of numbers"), "{error}");
        reading.answered(answer("[1,2]"), Timestamp::default()).expect("numbers");
        assert_eq!(reading.next(Timestamp::default()), Ok(Intent::Done(vec![1, 2])));
    }
}
