use super::credentials::Credentials;
use super::sign_in::{self, Session};
use super::words::words;
use crate::base_url::BaseUrl;
use crate::error::{Error, Refusal, RefusalKind};
use crate::http::Response;
use crate::machine::{Authority, Authorization, Call, Moment};
use crate::platform::Platform;
use crate::retry::retry_after;
use crate::secret::Secret;
use crate::time::Timestamp;
use core::time::Duration;

/// A token with less than this left is renewed before it is sent.
const MARGIN: Duration = Duration::from_secs(30);

/// The credentials of a UTMStack connection: one sign-in serves all calls, and a refused one is not tried again.
///
/// Tokens die with each restart of the server, without notice (docs/utmstack.md, 2.2): a 401 signs in anew, once.
#[derive(Debug)]
pub struct UtmstackAccess {
    root: BaseUrl,
    credentials: Credentials,
    state: State,
    generation: u64,
}

#[derive(Debug)]
enum State {
    SignedOut,
    SigningIn,
    SignedIn(Session),
    /// The server refused the credentials. Trying again would only bring the lockout nearer.
    Refused(Error),
}

impl UtmstackAccess {
    /// Takes credentials into use for a server.
    pub fn new(root: BaseUrl, credentials: Credentials) -> Self {
        let state = match &credentials {
            Credentials::Token(token) => State::SignedIn(Session {
                expires_at: crate::jwt::expiry_of(token.expose()),
                token: token.clone(),
            }),
            Credentials::Password { .. } | Credentials::ApiKey(_) => State::SignedOut,
        };
        Self { root, credentials, state, generation: 0 }
    }

    fn bearer(&self, session: &Session) -> Authorization {
        let value = Secret::new(format!("Bearer {}", session.token.expose()));
        Authorization::Ready { name: "authorization", value, generation: self.generation }
    }
}

impl Authority for UtmstackAccess {
    fn platform(&self) -> Platform {
        Platform::Utmstack
    }

    fn root(&self) -> &BaseUrl {
        &self.root
    }

    fn authorize(&mut self, moment: Moment) -> Result<Authorization, Error> {
        if let Credentials::ApiKey(key) = &self.credentials {
            return Ok(Authorization::Ready {
                name: "utm-api-key",
                value: key.clone(),
                generation: self.generation,
            });
        }
        match &self.state {
            State::Refused(error) => return Err(error.clone()),
            State::SigningIn => return Ok(Authorization::Busy),
            State::SignedIn(session) => {
                let is_fresh = session.expires_at.is_none_or(|at| moment.now.until(at) > MARGIN);
                if is_fresh || matches!(self.credentials, Credentials::Token(_)) {
                    return Ok(self.bearer(session));
                }
            }
            State::SignedOut => {}
        }
        let Credentials::Password { username, password } = &self.credentials else {
            return Err(Error::Misuse("Only a user with a password can sign in."));
        };
        let request = sign_in::request(&self.root, username, password);
        self.state = State::SigningIn;
        Ok(Authorization::SignIn(request))
    }

    fn signed_in(&mut self, response: &Response, moment: Moment) -> Result<(), Error> {
        match sign_in::answered(response, moment.now) {
            Ok(session) => {
                self.generation += 1;
                self.state = State::SignedIn(session);
                Ok(())
            }
            Err(error) => {
                self.state =
                    if error.is_retryable() { State::SignedOut } else { State::Refused(error.clone()) };
                Err(error)
            }
        }
    }

    fn sign_in_ended(&mut self) {
        if matches!(self.state, State::SigningIn) {
            self.state = State::SignedOut;
        }
    }

    fn rejected(&mut self, generation: u64, _response: &Response, _now: Timestamp) -> bool {
        let can_renew = matches!(self.credentials, Credentials::Password { .. });
        // Another call may have renewed it in the meantime: then only the replay is left to do.
        if can_renew && generation == self.generation && matches!(self.state, State::SignedIn(_)) {
            self.state = State::SignedOut;
        }
        can_renew
    }

    fn explain(&self, call: &Call, response: &Response, now: Timestamp) -> Error {
        let kind = RefusalKind::of_status(response.status);
        let hint = (kind == RefusalKind::Unauthorized).then(|| match &self.credentials {
            Credentials::Password { .. } => "The session ended at once after a new sign-in. Try again; if it stays, the server's clock or account is at fault.".to_owned(),
            Credentials::ApiKey(_) => "The API key is not accepted. Check that it is whole, not expired, and allowed from this address.".to_owned(),
            Credentials::Token(_) => "The token is not accepted any more: it ended, or the server was restarted. Sign in again for a new one.".to_owned(),
        });
        Error::Refused(Refusal {
            platform: Platform::Utmstack,
            doing: call.doing,
            kind,
            status: response.status,
            said: words(response),
            retry_after: retry_after(&response.headers, now),
            hint,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    fn access() -> UtmstackAccess {
        let password = Secret::new("hunter2");
        let root = BaseUrl::parse("https://siem.example.org").expect("an address");
        UtmstackAccess::new(root, Credentials::Password { username: "admin".to_owned(), password })
    }

    fn moment() -> Moment {
        Moment { now: Timestamp::from_unix_seconds(1_000), entropy: 1 }
    }

    fn response(status: u16, body: &str) -> Response {
        Response { status, headers: Headers::default(), body: body.as_bytes().to_vec() }
    }

    const GOOD: &str = r#"{"id_token":"T","authenticated":true}"#;

    #[test]
    fn one_sign_in_serves_all_that_wait() {
        let mut access = access();
        assert!(matches!(access.authorize(moment()), Ok(Authorization::SignIn(_))));
        assert!(matches!(access.authorize(moment()), Ok(Authorization::Busy)));
        access.signed_in(&response(200, GOOD), moment()).expect("signed in");
        assert!(matches!(access.authorize(moment()), Ok(Authorization::Ready { generation: 1, .. })));
    }

    #[test]
    fn refused_credentials_are_not_sent_a_second_time() {
        let mut access = access();
        assert!(matches!(access.authorize(moment()), Ok(Authorization::SignIn(_))));
        let error = access.signed_in(&response(401, ""), moment()).expect_err("refused");
        assert_eq!(access.authorize(moment()).expect_err("still refused"), error);
    }

    #[test]
    fn a_sign_in_that_met_a_fault_may_be_made_again() {
        let mut access = access();
        assert!(matches!(access.authorize(moment()), Ok(Authorization::SignIn(_))));
        access.signed_in(&response(502, "<html>"), moment()).expect_err("a fault");
        assert!(matches!(access.authorize(moment()), Ok(Authorization::SignIn(_))));
        access.sign_in_ended();
        assert!(matches!(access.authorize(moment()), Ok(Authorization::SignIn(_))));
    }

    #[test]
    fn calls_that_met_the_same_dead_token_sign_in_once() {
        let mut access = access();
        let _ = access.authorize(moment());
        access.signed_in(&response(200, GOOD), moment()).expect("signed in");
        let now = moment().now;
        assert!(access.rejected(1, &response(401, ""), now));
        assert!(matches!(access.authorize(moment()), Ok(Authorization::SignIn(_))));
        access.signed_in(&response(200, GOOD), moment()).expect("signed in");
        assert!(access.rejected(1, &response(401, ""), now), "the second call is replayed");
        assert!(
            matches!(access.authorize(moment()), Ok(Authorization::Ready { generation: 2, .. })),
            "without a sign-in"
        );
    }

    #[test]
    fn no_secret_shows() {
        let mut access = access();
        let Ok(Authorization::SignIn(request)) = access.authorize(moment()) else { panic!("a sign-in") };
        assert!(!format!("{access:?} {request:?}").contains("hunter2"));
        assert!(!request.url.contains("hunter2"));
    }
}
