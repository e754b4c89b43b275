use crate::error::{misuse, thrown};
use crate::moment::{moment, timestamp};
use crate::reason::reason;
use crate::runner::Runner;
use crate::value::{from_js, to_js};
use triagekit::http::{Headers, Response};
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

/// One operation underway: a list, a search, a job, a single call.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Operation(Box<dyn Runner>);

impl Operation {
    /// Takes a machine; with a deadline in milliseconds since 1970, pauses that reach beyond it end the operation.
    pub(crate) fn new(runner: impl Runner + 'static, deadline_ms: Option<f64>) -> Self {
        let runner: Box<dyn Runner> = Box::new(runner);
        Self(match deadline_ms {
            Some(deadline) => runner.with_deadline(timestamp(deadline)),
            None => runner,
        })
    }
}

#[wasm_bindgen]
impl Operation {
    /// What to do next: `{ kind: "send" | "wait" | "park" | "page" | "progress" | "done", … }`.
    ///
    /// # Errors
    ///
    /// Throws `{ code, message, status, retryable, said, retryAfterMs }` when the operation cannot go on. Calling it
    /// again makes the failed call again.
    pub fn next(&mut self, now_ms: f64, entropy: u32) -> Result<JsValue, JsValue> {
        let step = self.0.next(moment(now_ms, entropy)).map_err(|error| thrown(&error))?;
        to_js(&step)
    }

    /// Takes the whole response to the request of the last step; `headers` are pairs of name and value.
    ///
    /// # Errors
    ///
    /// As [`next`](Operation::next).
    pub fn received(
        &mut self,
        status: u16,
        headers: JsValue,
        body: Vec<u8>,
        now_ms: f64,
        entropy: u32,
    ) -> Result<(), JsValue> {
        let pairs: Vec<(String, String)> = from_js(headers, "Response headers")?;
        let mut headers = Headers::default();
        for (name, value) in pairs {
            headers.append(name, value);
        }
        let response = Response { status, headers, body };
        self.0.received(Ok(response), moment(now_ms, entropy)).map_err(|error| thrown(&error))
    }

    /// Takes why no response came: `unreachable`, `interrupted`, `timedOut` or `cancelled`, with the transport's words.
    ///
    /// # Errors
    ///
    /// As [`next`](Operation::next).
    pub fn failed(&mut self, kind: &str, words: String, now_ms: f64, entropy: u32) -> Result<(), JsValue> {
        let failure = reason(kind, words).ok_or_else(|| misuse("The kind of failure is not known."))?;
        self.0.received(Err(failure), moment(now_ms, entropy)).map_err(|error| thrown(&error))
    }

    /// Gives it up: from now on the steps are those that leave nothing behind, such as deleting a SQL job.
    pub fn abandon(&mut self) {
        self.0.abandon();
    }
}
