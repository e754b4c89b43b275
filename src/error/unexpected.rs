use crate::http::Response;
use crate::platform::Platform;
use core::fmt;

/// How much of an unexpected body is shown, in characters.
const EXCERPT: usize = 60;

/// A successful answer that is not what the API promises.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unexpected {
    /// Which product answered.
    pub platform: Platform,
    /// What was being done, such as "listing alerts".
    pub doing: &'static str,
    /// The HTTP status.
    pub status: u16,
    /// What the API promises here.
    pub expected: &'static str,
    /// What came instead.
    pub came: String,
    /// Whether asking again may give the promised answer: a cut or foreign body may be an accident, a wrong shape is not.
    pub is_retryable: bool,
}

impl Unexpected {
    /// Describes a body that is not the JSON it should be.
    ///
    /// `cause` is the parser's error. What of the body is shown is its media type, its length and, when it is no
    /// JSON at all, its first characters; never more, since answers may hold secrets.
    pub fn body(
        platform: Platform,
        doing: &'static str,
        response: &Response,
        expected: &'static str,
        cause: &serde_json::Error,
    ) -> Self {
        let is_json = matches!(response.body.first(), Some(b'{' | b'['));
        let length = response.body.len();
        let media_type = response.headers.get("content-type").unwrap_or("no content type");
        let came = match cause.classify() {
            serde_json::error::Category::Eof if length == 0 => "an empty body".to_owned(),
            serde_json::error::Category::Eof => format!("JSON that ends too early, after {length} bytes"),
            serde_json::error::Category::Data => format!("JSON of another shape ({cause})"),
            _ if is_json => format!("JSON that breaks off or is garbled ({cause}; {length} bytes)"),
            _ => format!("{media_type}, {length} bytes, that begins with \"{}\"", excerpt(&response.body)),
        };
        let is_retryable = cause.classify() != serde_json::error::Category::Data;
        Self { platform, doing, status: response.status, expected, came, is_retryable }
    }
}

/// The first characters of a body, without control characters.
fn excerpt(body: &[u8]) -> String {
    String::from_utf8_lossy(body)
        .chars()
        .take(EXCERPT)
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect()
}

impl fmt::Display for Unexpected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} answered {} when {}, but not with {}: {} came. ",
            self.platform, self.status, self.doing, self.expected, self.came
        )?;
        f.write_str(
            "Check that the address is that of the API itself and that no proxy or sign-in page stands before it.",
        )
    }
}

impl core::error::Error for Unexpected {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    fn describe(body: &str) -> Unexpected {
        let mut headers = Headers::default();
        headers.append("content-type", "text/html");
        let response = Response { status: 200, headers, body: body.as_bytes().to_vec() };
        let cause = serde_json::from_str::<Vec<u32>>(body).expect_err("not a list of numbers");
        Unexpected::body(Platform::Utmstack, "searching alerts", &response, "a JSON array", &cause)
    }

    #[test]
    fn a_page_of_html_is_named_as_what_it_is() {
        let unexpected = describe("<html>\n<body>We're getting things ready</body></html>");
        let message = unexpected.to_string();
        assert!(message.contains("text/html") && message.contains("<html> <body>We're"), "{message}");
        assert!(unexpected.is_retryable);
    }

    #[test]
    fn a_cut_body_may_be_asked_for_again() {
        let unexpected = describe("[1, 2");
        assert!(unexpected.came.contains("ends too early"), "{}", unexpected.came);
        assert!(unexpected.is_retryable);
    }

    #[test]
    fn a_body_of_another_shape_is_not_asked_for_again() {
        assert!(!describe("{\"id_token\": \"secret\"}").is_retryable);
    }
}
