use super::memory::LoginShape;
use super::second_factor::{Challenge, CodePrompt, Route};
use super::words::words;
use crate::base_url::BaseUrl;
use crate::error::{Error, Refusal, RefusalKind, Unexpected};
use crate::http::{Headers, Method, Request, Response};
use crate::jwt::expiry_of;
use crate::platform::Platform;
use crate::retry::retry_after;
use crate::secret::Secret;
use crate::time::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use core::time::Duration;
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

/// What an accepted sign-in leads to.
#[derive(Debug)]
pub(super) enum SignedIn {
    /// A token that opens everything.
    Session(Session, LoginShape),
    /// A token that opens nothing but the verification of a second factor.
    Challenge(Challenge, LoginShape),
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
    tfa_configured: Option<bool>,
    method: Option<String>,
    tfa_expires_in_seconds: Option<u64>,
}

/// Reads the answer to a sign-in, in the shapes of all versions (docs/utmstack.md, 2.1).
pub(super) fn answered(response: &Response, now: Timestamp) -> Result<SignedIn, Error> {
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
    let shape = if answer.id_token.is_some() { LoginShape::IdToken } else { LoginShape::Token };
    let token = answer.id_token.or(answer.token).filter(|token| !token.is_empty());
    let token = token.ok_or_else(|| unexpected("a JSON object without one"))?;
    let needs_second_factor = answer.authenticated == Some(false)
        || answer.force_tfa == Some(true)
        || is_authenticated(&token) == Some(false);
    let expires_at = expiry_of(&token);
    let token = Secret::new(token);
    if needs_second_factor {
        let lasts = answer.tfa_expires_in_seconds.filter(|seconds| *seconds > 0).map(Duration::from_secs);
        let prompt = CodePrompt {
            method: answer.method,
            is_enrolled: answer.tfa_configured != Some(false),
            expires_at: lasts.map(|lasts| now.after(lasts)).or(expires_at),
        };
        let route = if shape == LoginShape::IdToken { Route::Query } else { Route::NewPath };
        return Ok(SignedIn::Challenge(Challenge { token, route, prompt }, shape));
    }
    Ok(SignedIn::Session(Session { token, expires_at }, shape))
}

/// What a token claims about the second factor (docs/utmstack.md, 2.2); for planning only, since nothing is verified.
fn is_authenticated(token: &str) -> Option<bool> {
    #[derive(Deserialize)]
    struct Claims {
        authenticated: bool,
    }
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1)?.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&claims).ok().map(|Claims { authenticated }| authenticated)
}

/// What a person is told who has to type a code.
pub(super) fn code_required(prompt: &CodePrompt) -> Refusal {
    let hint = if prompt.is_enrolled {
        let way = match prompt.method.as_deref() {
            Some("TOTP") => "shown by the authenticator app",
            _ => "that was sent by e-mail",
        };
        format!("Enter the code {way}, or use an API key, which needs none.")
    } else {
        "This account has no second factor yet, and this server insists on one. Sign in to UTMStack's own interface \
         once and set it up there, or use an API key, which needs none."
            .to_owned()
    };
    Refusal {
        platform: Platform::Utmstack,
        doing: DOING,
        kind: RefusalKind::SecondFactorRequired,
        status: 200,
        said: None,
        retry_after: None,
        hint: Some(hint),
    }
}

/// What a person is told whose code was refused: 401 in version 10, 412 in version 11.
pub(super) fn code_refused(response: &Response, now: Timestamp) -> Refusal {
    let mut refusal = refused(response, now);
    if matches!(response.status, 400 | 401 | 403 | 412) {
        refusal.kind = RefusalKind::SecondFactorRequired;
        refusal.hint = Some("The code is not accepted. Enter the newest one, or ask for another.".to_owned());
    }
    Refusal { doing: "verifying the second factor", ..refusal }
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

    fn answer(status: u16, body: &str) -> Result<SignedIn, Error> {
        let response = Response { status, headers: Headers::default(), body: body.as_bytes().to_vec() };
        answered(&response, Timestamp::default())
    }

    #[test]
    fn the_answers_of_all_versions_are_read() {
        for body in [
            r#"{"id_token":"T","authenticated":true}"#,
            r#"{"success":true,"tfaConfigured":false,"forceTfa":false,"method":null,"token":"T","tfaExpiresInSeconds":0}"#,
        ] {
            let Ok(SignedIn::Session(session, _)) = answer(200, body) else { panic!("{body}") };
            assert_eq!(session.token.expose(), "T", "{body}");
        }
    }

    #[test]
    fn a_second_factor_is_noticed_with_what_to_ask_for() {
        let claims = URL_SAFE_NO_PAD.encode(r#"{"sub":"a","authenticated":false}"#);
        for (body, route, method, is_enrolled) in [
            (r#"{"id_token":"T","authenticated":false}"#.to_owned(), Route::Query, None, true),
            (format!(r#"{{"id_token":"e30.{claims}.x"}}"#), Route::Query, None, true),
            (
                r#"{"success":true,"tfaConfigured":true,"forceTfa":true,"method":"TOTP","token":"T","tfaExpiresInSeconds":120}"#.to_owned(),
                Route::NewPath,
                Some("TOTP"),
                true,
            ),
            (
                r#"{"success":true,"tfaConfigured":false,"forceTfa":true,"method":null,"token":"T","tfaExpiresInSeconds":0}"#.to_owned(),
                Route::NewPath,
                None,
                false,
            ),
        ] {
            let Ok(SignedIn::Challenge(challenge, _)) = answer(200, &body) else { panic!("{body}") };
            assert_eq!(challenge.route, route, "{body}");
            assert_eq!(challenge.prompt.method.as_deref(), method, "{body}");
            assert_eq!(challenge.prompt.is_enrolled, is_enrolled, "{body}");
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
