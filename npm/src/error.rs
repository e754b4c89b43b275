use crate::moment::milliseconds;
use crate::value::to_js;
use serde::Serialize;
use triagekit::Error;
use wasm_bindgen::JsValue;

/// An error as a plain object; JavaScript makes a `TriagekitError` of it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Thrown<'a> {
    code: &'static str,
    message: String,
    status: Option<u16>,
    retryable: bool,
    said: Option<&'a str>,
    retry_after_ms: Option<u64>,
}

/// What is thrown into JavaScript for an error of the core.
pub(crate) fn thrown(error: &Error) -> JsValue {
    let thrown = Thrown {
        code: error.code(),
        message: error.to_string(),
        status: error.status(),
        retryable: error.is_retryable(),
        said: error.said(),
        retry_after_ms: error.retry_after().map(milliseconds),
    };
    // The only error that this can meet is one of the conversion itself, which is then what is thrown.
    to_js(&thrown).unwrap_or_else(|error| error)
}

/// What is thrown for arguments that JavaScript should not have let through.
pub(crate) fn misuse(words: &str) -> JsValue {
    thrown(&Error::InvalidArgument(words.to_owned()))
}
