use crate::base_url::BaseUrl;
use crate::http::{Headers, Method, Request, percent_encode};
use crate::secret::Secret;
use crate::time::Timestamp;

/// What a person is asked for when a sign-in needs a second factor (docs/utmstack.md, 2.1).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodePrompt {
    /// How the code comes, as the server writes it: `EMAIL`, `TOTP`; `None` where it does not say, and then by mail.
    pub method: Option<String>,
    /// Whether the account has a second factor. Without one it must be set up in UTMStack's own interface first: sign in
    /// there once and follow what it shows, then come back.
    pub is_enrolled: bool,
    /// When the server stops waiting for the code; after that the next sign-in starts anew.
    pub expires_at: Option<Timestamp>,
}

/// A sign-in that waits for its second factor.
#[derive(Debug, Clone)]
pub(super) struct Challenge {
    /// The token that opens nothing but the verification.
    pub(super) token: Secret,
    /// Where the code goes.
    pub(super) route: Route,
    pub(super) prompt: CodePrompt,
}

/// The three ways in which versions take a code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Route {
    /// `GET /api/tfa/verifyCode?code=` (10.8).
    Query,
    /// `POST /api/tfa/verifyCode`, raw text (10.9, known from fragments only).
    OldPath,
    /// `POST /api/tfa/verify-code`, raw text (11).
    NewPath,
}

/// Where the second factor of a connection stands.
#[derive(Debug, Clone, Default)]
pub(super) enum SecondFactor {
    /// Nobody asked for one.
    #[default]
    Absent,
    /// The server waits for a code, and so do we.
    Asked(Challenge),
    /// A code was typed and is to be sent.
    Code(Challenge, Secret),
    /// Another code is wanted.
    Resend(Challenge),
}

impl SecondFactor {
    /// The challenge that is open.
    pub(super) fn challenge(&self) -> Option<&Challenge> {
        match self {
            Self::Absent => None,
            Self::Asked(challenge) | Self::Code(challenge, _) | Self::Resend(challenge) => Some(challenge),
        }
    }

    /// The request that sends what is to be sent; nothing while a person is typing.
    pub(super) fn request(&self, root: &BaseUrl) -> Option<Request> {
        let (challenge, method, path, body) = match self {
            Self::Absent | Self::Asked(_) => return None,
            Self::Code(challenge, code) => {
                let raw = || Some(code.expose().as_bytes().to_vec());
                match challenge.route {
                    Route::Query => {
                        let path = format!("/api/tfa/verifyCode?code={}", percent_encode(code.expose()));
                        (challenge, Method::Get, path, None)
                    }
                    Route::OldPath => (challenge, Method::Post, "/api/tfa/verifyCode".to_owned(), raw()),
                    Route::NewPath => (challenge, Method::Post, "/api/tfa/verify-code".to_owned(), raw()),
                }
            }
            Self::Resend(challenge) => (challenge, Method::Get, "/api/tfa/refresh".to_owned(), None),
        };
        let mut headers = Headers::default();
        headers.append("authorization", format!("Bearer {}", challenge.token.expose()));
        headers.append("accept", "application/json");
        if body.is_some() {
            headers.append("content-type", "text/plain; charset=utf-8");
        }
        Some(Request { method, url: format!("{root}{path}"), headers, body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_version_is_sent_the_code_in_its_own_way() {
        let root = BaseUrl::parse("https://siem.example.org").expect("an address");
        for (route, method, url, body) in [
            (Route::Query, Method::Get, "https://siem.example.org/api/tfa/verifyCode?code=123456", None),
            (Route::OldPath, Method::Post, "https://siem.example.org/api/tfa/verifyCode", Some("123456")),
            (Route::NewPath, Method::Post, "https://siem.example.org/api/tfa/verify-code", Some("123456")),
        ] {
            let prompt = CodePrompt { method: None, is_enrolled: true, expires_at: None };
            let challenge = Challenge { token: Secret::new("PRE"), route, prompt };
            let request =
                SecondFactor::Code(challenge, Secret::new("123456")).request(&root).expect("a request");
            assert_eq!((request.method, request.url.as_str()), (method, url));
            assert_eq!(request.body.as_deref(), body.map(str::as_bytes));
            assert_eq!(request.headers.get("authorization"), Some("Bearer PRE"));
        }
    }
}
