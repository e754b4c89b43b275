use super::words::words;
use crate::base_url::BaseUrl;
use crate::error::{Error, Refusal, RefusalKind, Unexpected};
use crate::http::{Headers, Method, Request, Response};
use crate::jwt::expiry_of;
use crate::platform::Platform;
use crate::retry::retry_after;
use crate::secret::Secret;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

const DOING: &str = "signing in";

/// The request that signs a user in.
pub(super) fn request(root: &BaseUrl, username: &str, password: &Secret) -> Request {
    #[derive(Serialize)]
    #[serde(rename_all = "camelCase")]
    struct Body<'a> {
        username: &'a str,
        password: &'a str,
        remember_me: bool,
    }
    let body = serde_json::to_vec(&Body { username, password: password.expose(), remember_me: false })
        .unwrap_or_default();
    let mut headers = Headers::default();
    headers.append("accept", "application/json");
    headers.append("content-type", "application/json");
    Request { method: Method::Post, url: format!("{root}/api/authenticate"), headers, body: Some(body) }
}

/// A token with the end of its life, where it says so.
#[derive(Debug)]
pub(super) struct Session {
    pub(super) token: Secret,
    pub(super) expires_at: Option<Timestamp>,
}

/// What any version answers; none answers all of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    #[serde(rename = "id_token")]
    id_token: Option<String>,
    token: Option<String>,
    authenticated: Option<bool>,
    force_tfa: Option<bool>,
}
/// Reads the answer to a sign-in, in the shapes of all versions (docs/utmstack.md, 2.1).
pub(super) fn answered(response: &Response, now: Timestamp) -> Result<Session, Error> {
    if !response.is_success() {
        return Err(refused(response, now).into());
    }
    // What came is not shown: a sign-in's answer holds a token.
    let unexpected = |came: &str| Unexpected {
        platform: Platform::Utmstack,
        doing: DOING,
        status: response.status,
        expected: "a JSON object with a token",
        came: came.to_owned(),
        is_retryable: false,
    };
    let answer: Answer = serde_json::from_slice(&response.body)
        .map_err(|_| unexpected("something that is not JSON, or JSON of another shape,"))?;
    let needs_second_factor = answer.authenticated == Some(false) || answer.force_tfa == Some(true);
    if needs_second_factor {
        return Err(Refusal {
            platform: Platform::Utmstack,
            doing: DOING,
            kind: RefusalKind::SecondFactorRequired,
            status: response.status,
            said: None,
            retry_after: None,
            hint: None,
        }
        .into());
    }
    let token = answer.id_token.or(answer.token).filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| unexpected("a JSON object without one"))?;
    Ok(Session { expires_at: expiry_of(&token), token: Secret::new(token) })
}

fn refused(response: &Response, now: Timestamp) -> Refusal {
    let kind = match response.status {
        401 => RefusalKind::WrongCredentials,
        412 => RefusalKind::SecondFactorRequired,
        status => RefusalKind::of_status(status),
    };
    Refusal {
        platform: Platform::Utmstack,
        doing: DOING,
        kind,
        status: response.status,
        said: words(response),
        retry_after: retry_after(&response.headers, now),
        hint: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Result<Session, Error> {
        let response = Response { status, headers: Headers::default(), body: body.as_bytes().to_vec() };
        answered(&response, Timestamp::default())
    }

    #[test]
    fn the_answers_of_all_versions_are_read() {
        for body in [
            r#"{"id_token":"T","authenticated":true}"#,
            r#"{"success":true,"tfaConfigured":false,"forceTfa":false,"method":null,"token":"T","tfaExpiresInSeconds":0}"#,
        ] {
            assert_eq!(answer(200, body).expect("a session").token.expose(), "T", "{body}");
        }
    }

    #[test]
    fn a_second_factor_is_named() {
        for body in [
            r#"{"id_token":"T","authenticated":false}"#,
            r#"{"success":true,"tfaConfigured":true,"forceTfa":true,"method":"TOTP","token":"T","tfaExpiresInSeconds":120}"#,
        ] {
            assert_eq!(answer(200, body).expect_err("no session").code(), "second_factor_required", "{body}");
        }
    }

    #[test]
    fn an_odd_answer_never_shows_what_may_be_a_token() {
        for body in [r#"{"id_tokn":"eyJsecret"}"#, "eyJsecret", r#"["eyJsecret"]"#] {
            let error = answer(200, body).expect_err("no session");
            assert_eq!(error.code(), "unexpected_answer");
            assert!(!error.to_string().contains("eyJ"), "{error}");
        }
    }

    #[test]
    fn wrong_password_and_lockout_are_told_apart_and_neither_is_repeated() {
        for (status, code) in [(401, "wrong_credentials"), (423, "locked")] {
            let error = answer(status, "").expect_err("refused");
            assert_eq!(error.code(), code);
            assert!(!error.is_retryable());
        }
    }
}
