use super::credentials::Credentials;
use super::memory::Memory;
use super::second_factor::{Challenge, Route, SecondFactor};
use super::sign_in::{self, Session, SignedIn};
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

/// How long a lockout lasts (docs/utmstack.md, 2.1).
const LOCKOUT: Duration = Duration::from_secs(600);
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
    memory: Memory,
}

#[derive(Debug)]
enum State {
    SignedOut,
    SigningIn(Stage),
    SignedIn(Session),
    /// The server refused the credentials. Trying again would only bring the lockout nearer.
    Refused(Error),
    /// The server takes no sign-in from this address before that instant.
    Locked(Error, Timestamp),
}

/// Which request of a sign-in is underway.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    Password,
    Code,
    Resend,
}

impl UtmstackAccess {
    /// Takes credentials into use for a server.
    pub fn new(root: BaseUrl, credentials: Credentials) -> Self {
        Self::with_memory(root, credentials, Memory::default())
    }

    /// The same, telling what it learns to others.
    pub(super) fn with_memory(root: BaseUrl, credentials: Credentials, memory: Memory) -> Self {
        let state = match &credentials {
            Credentials::Token(token) => State::SignedIn(Session {
                expires_at: crate::jwt::expiry_of(token.expose()),
                token: token.clone(),
            }),
            Credentials::Password { .. } | Credentials::ApiKey(_) => State::SignedOut,
        };
        Self { root, credentials, state, generation: 0, memory }
    }

    /// What an open second factor asks for next; nothing when none is open, or the server has stopped waiting.
    fn second_factor(&mut self, now: Timestamp) -> Option<Result<Authorization, Error>> {
        let mut learnt = self.memory.lock();
        let prompt = learnt.second_factor.challenge()?.prompt.clone();
        if prompt.expires_at.is_some_and(|at| at <= now) {
            learnt.second_factor = SecondFactor::Absent;
            return None;
        }
        let stage = match &learnt.second_factor {
            SecondFactor::Resend(_) => Stage::Resend,
            _ => Stage::Code,
        };
        let Some(request) = learnt.second_factor.request(&self.root) else {
            return Some(Err(sign_in::code_required(&prompt).into()));
        };
        self.state = State::SigningIn(stage);
        Some(Ok(Authorization::SignIn(request)))
    }

    /// Reads the answer to a password or a code.
    fn accepted(&mut self, response: &Response, now: Timestamp) -> Result<(), Error> {
        match sign_in::answered(response, now) {
            Ok(SignedIn::Session(session, shape)) => {
                self.generation += 1;
                self.state = State::SignedIn(session);
                let mut learnt = self.memory.lock();
                // After a code all versions answer alike; only the first answer tells them apart.
                learnt.login.get_or_insert(shape);
                learnt.second_factor = SecondFactor::Absent;
                Ok(())
            }
            Ok(SignedIn::Challenge(challenge, shape)) => {
                let required = sign_in::code_required(&challenge.prompt);
                let mut learnt = self.memory.lock();
                learnt.login.get_or_insert(shape);
                learnt.second_factor = SecondFactor::Asked(challenge);
                Err(required.into())
            }
            Err(error) => {
                if error.status() == Some(423) {
                    self.state = State::Locked(error.clone(), now.after(LOCKOUT));
                } else if !error.is_retryable() {
                    self.state = State::Refused(error.clone());
                }
                Err(error)
            }
        }
    }

    /// Reads the refusal of a code: the person may type another, unless the address is locked or the server failed.
    fn code_refused(&mut self, response: &Response, now: Timestamp) -> Result<(), Error> {
        let mut learnt = self.memory.lock();
        let SecondFactor::Code(challenge, code) = learnt.second_factor.clone() else { return Ok(()) };
        if response.status == 404 && challenge.route == Route::NewPath {
            learnt.second_factor = SecondFactor::Code(Challenge { route: Route::OldPath, ..challenge }, code);
            return Ok(());
        }
        let refusal = sign_in::code_refused(response, now);
        if response.status < 500 {
            learnt.second_factor = SecondFactor::Asked(challenge);
        }
        if response.status == 423 {
            self.state = State::Locked(refusal.clone().into(), now.after(LOCKOUT));
        }
        Err(refusal.into())
    }

    /// Reads the answer to the wish for another code.
    fn resent(&mut self, response: &Response, now: Timestamp) -> Result<(), Error> {
        let mut learnt = self.memory.lock();
        let SecondFactor::Resend(challenge) = learnt.second_factor.clone() else { return Ok(()) };
        let mut refusal = sign_in::code_refused(response, now);
        learnt.second_factor = SecondFactor::Asked(challenge);
        if response.is_success() {
            return Ok(());
        }
        // The server's own brake against too many codes comes as 500 (docs/utmstack.md, 6).
        refusal.kind = RefusalKind::SecondFactorRequired;
        refusal.hint = Some("No other code was sent. Wait half a minute before asking again.".to_owned());
        Err(refusal.into())
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
            State::Locked(error, until) if moment.now < *until => return Err(error.clone()),
            State::SigningIn(_) => return Ok(Authorization::Busy),
            State::SignedIn(session) => {
                let is_fresh = session.expires_at.is_none_or(|at| moment.now.until(at) > MARGIN);
                if is_fresh || matches!(self.credentials, Credentials::Token(_)) {
                    return Ok(self.bearer(session));
                }
            }
            State::SignedOut | State::Locked(..) => {}
        }
        if let Some(next) = self.second_factor(moment.now) {
            return next;
        }
        let Credentials::Password { username, password } = &self.credentials else {
            return Err(Error::Misuse("Only a user with a password can sign in."));
        };
        let request = sign_in::request(&self.root, username, password);
        self.state = State::SigningIn(Stage::Password);
        Ok(Authorization::SignIn(request))
    }

    fn signed_in(&mut self, response: &Response, moment: Moment) -> Result<(), Error> {
        let stage = match self.state {
            State::SigningIn(stage) => stage,
            _ => Stage::Password,
        };
        // Whatever came, the request is over; what follows says where it led.
        self.state = State::SignedOut;
        match stage {
            Stage::Resend => self.resent(response, moment.now),
            Stage::Code if !response.is_success() => self.code_refused(response, moment.now),
            Stage::Password | Stage::Code => self.accepted(response, moment.now),
        }
    }

    fn sign_in_ended(&mut self) {
        if matches!(self.state, State::SigningIn(_)) {
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
        let words = words(response);
        // A filter ahead of the server's error handling refuses bad keys, which comes out as a bare 500.
        let may_be_the_key = matches!(self.credentials, Credentials::ApiKey(_))
            && response.status == 500
            && response.headers.get("x-utmstack-error").is_none();
        let hint = (kind == RefusalKind::Unauthorized || may_be_the_key).then(|| match &self.credentials {
            Credentials::Password { .. } => "The session ended at once after a new sign-in. Try again; if it stays, the server's clock or account is at fault.".to_owned(),
            Credentials::ApiKey(_) => "The API key is not accepted. Check that it is whole, not expired, and allowed from this address.".to_owned(),
            Credentials::Token(_) => "The token is not accepted any more: it ended, or the server was restarted. Sign in again for a new one.".to_owned(),
        });
        Error::Refused(Refusal {
            platform: Platform::Utmstack,
            doing: call.doing,
            kind,
            status: response.status,
            said: words,
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

    const ASKS_FOR_A_CODE: &str = r#"{"success":true,"tfaConfigured":true,"forceTfa":true,"method":"EMAIL","token":"PRE","tfaExpiresInSeconds":120}"#;

    /// The path that a sign-in is sent to.
    fn path(authorization: Result<Authorization, Error>) -> String {
        let Ok(Authorization::SignIn(request)) = authorization else { panic!("{authorization:?}") };
        request.url.trim_start_matches("https://siem.example.org").to_owned()
    }

    fn type_code(access: &UtmstackAccess, code: &str) {
        let mut learnt = access.memory.lock();
        let challenge = learnt.second_factor.challenge().cloned().expect("asked");
        learnt.second_factor = SecondFactor::Code(challenge, Secret::new(code));
    }

    #[test]
    fn a_second_factor_is_asked_for_once_and_waited_for() {
        let mut access = access();
        assert_eq!(path(access.authorize(moment())), "/api/authenticate");
        let error = access.signed_in(&response(200, ASKS_FOR_A_CODE), moment()).expect_err("a code");
        assert_eq!(error.code(), "second_factor_required");
        assert_eq!(access.authorize(moment()).expect_err("no second password"), error);

        type_code(&access, "111111");
        assert_eq!(path(access.authorize(moment())), "/api/tfa/verify-code");
        let error = access.signed_in(&response(412, ""), moment()).expect_err("wrong");
        assert!(error.to_string().contains("The code is not accepted"), "{error}");
        assert!(access.authorize(moment()).is_err(), "it waits for another");

        type_code(&access, "123456");
        assert_eq!(path(access.authorize(moment())), "/api/tfa/verify-code");
        access.signed_in(&response(200, GOOD), moment()).expect("signed in");
        assert!(matches!(access.authorize(moment()), Ok(Authorization::Ready { .. })));
        assert_eq!(access.memory.lock().login, Some(super::super::memory::LoginShape::Token));
    }

    #[test]
    fn a_code_goes_to_the_older_path_where_the_newer_is_missing() {
        let mut access = access();
        let _ = access.authorize(moment());
        access.signed_in(&response(200, ASKS_FOR_A_CODE), moment()).expect_err("a code");
        type_code(&access, "123456");
        assert_eq!(path(access.authorize(moment())), "/api/tfa/verify-code");
        access.signed_in(&response(404, ""), moment()).expect("tries the other");
        assert_eq!(path(access.authorize(moment())), "/api/tfa/verifyCode");
    }

    #[test]
    fn a_code_that_comes_too_late_begins_anew_with_the_password() {
        let mut access = access();
        let _ = access.authorize(moment());
        access.signed_in(&response(200, ASKS_FOR_A_CODE), moment()).expect_err("a code");
        type_code(&access, "123456");
        let late = Moment { now: Timestamp::from_unix_seconds(1_121), entropy: 1 };
        assert_eq!(path(access.authorize(late)), "/api/authenticate");
    }

    #[test]
    fn a_lockout_is_left_alone_for_as_long_as_it_lasts() {
        let mut access = access();
        let _ = access.authorize(moment());
        let error = access.signed_in(&response(423, ""), moment()).expect_err("locked");
        let soon = Moment { now: Timestamp::from_unix_seconds(1_599), entropy: 1 };
        assert_eq!(access.authorize(soon).expect_err("still locked"), error);
        let later = Moment { now: Timestamp::from_unix_seconds(1_600), entropy: 1 };
        assert_eq!(path(access.authorize(later)), "/api/authenticate");
    }
}
