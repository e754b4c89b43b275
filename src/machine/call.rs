use crate::http::Method;
use crate::retry::Safety;

/// What a call carries in its body.
#[derive(Clone, PartialEq, Eq)]
pub enum Payload {
    /// Nothing.
    Empty,
    /// JSON text.
    Json(String),
    /// Anything else: raw text, a form, a file.
    Other {
        /// The media type, with its parameters.
        content_type: String,
        /// The bytes.
        bytes: Vec<u8>,
    },
}

impl core::fmt::Debug for Payload {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        match self {
            Self::Empty => f.write_str("Empty"),
            Self::Json(text) => write!(f, "Json({} bytes)", text.len()),
            Self::Other { content_type, bytes } => write!(f, "Other({content_type}, {} bytes)", bytes.len()),
        }
    }
}

/// One call of a platform's API, before credentials and address are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Call {
    /// The method.
    pub method: Method,
    /// The path below the connection's root, beginning with a slash, already encoded.
    pub path: String,
    /// Names and values of the query, not yet encoded.
    pub query: Vec<(String, String)>,
    /// The body.
    pub payload: Payload,
    /// What repeating it would do.
    pub safety: Safety,
    /// What is being done, for messages: "listing alerts".
    pub doing: &'static str,
}

impl Call {
    /// A read of a path.
    pub fn get(path: impl Into<String>, doing: &'static str) -> Self {
        Self {
            method: Method::Get,
            path: path.into(),
            query: Vec::new(),
            payload: Payload::Empty,
            safety: Safety::SafeRead,
            doing,
        }
    }

    /// A read that both vendors make with a body: searches and queries.
    pub fn post_read(path: impl Into<String>, json: String, doing: &'static str) -> Self {
        Self { method: Method::Post, payload: Payload::Json(json), ..Self::get(path, doing) }
    }

    /// A call that changes something; `safety` says what repeating it would do.
    pub fn write(method: Method, path: impl Into<String>, safety: Safety, doing: &'static str) -> Self {
        Self { method, safety, ..Self::get(path, doing) }
    }

    /// Gives it a JSON body.
    pub fn with_json(mut self, json: impl core::fmt::Display) -> Self {
        self.payload = Payload::Json(json.to_string());
        self
    }

    /// Adds a pair to the query.
    pub fn with(mut self, name: &str, value: impl Into<String>) -> Self {
        self.query.push((name.to_owned(), value.into()));
        self
    }
}
