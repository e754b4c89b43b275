use super::access::UtmstackAccess;
use super::ask::Ask;
use super::credentials::Credentials;
use super::dialect::Dialect;
use super::memory::Memory;
use super::second_factor::{CodePrompt, SecondFactor};
use super::spoken::Spoken;
use crate::base_url::BaseUrl;
use crate::error::Error;
use crate::machine::{Call, Channel, Machine, Procedure};
use crate::page::Total;
use crate::retry::RetryPolicy;
use crate::secret::Secret;

/// A connection to a UTMStack instance: each method gives a machine to drive.
///
/// Which API version the server speaks is found out by the first operation that needs to know, and kept; or set by
/// hand with [`Client::with_dialect`].
///
/// ```
/// use triagekit::machine::{Moment, Step};
/// use triagekit::retry::RetryPolicy;
/// use triagekit::utmstack::{Client, Credentials, Dialect, SearchOptions};
/// use triagekit::{BaseUrl, Secret, Timestamp};
///
/// let url = BaseUrl::parse("https://siem.example.org").unwrap();
/// let client = Client::new(url, Credentials::ApiKey(Secret::new("key")), RetryPolicy::default())
///     .with_dialect(Dialect::V11);
/// let now = Timestamp::from_unix_seconds(1_769_797_412);
/// let mut alerts = client.alerts(&SearchOptions::default(), now).unwrap();
/// let Step::Send(request) = alerts.next(Moment { now, entropy: 0 }).unwrap() else { panic!() };
/// assert!(request.url.starts_with("https://siem.example.org/api/elasticsearch/search?indexPattern=v11-alert-%2A"));
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    channel: Channel,
    pub(super) memory: Memory,
    username: Option<String>,
}

impl Client {
    /// Opens a connection; nothing is sent yet.
    pub fn new(root: BaseUrl, credentials: Credentials, policy: RetryPolicy) -> Self {
        let memory = Memory::default();
        let username = match &credentials {
            Credentials::Password { username, .. } => Some(username.clone()),
            Credentials::ApiKey(_) | Credentials::Token(_) => None,
        };
        let access = UtmstackAccess::with_memory(root, credentials, memory.clone());
        Self { channel: Channel::new(access, policy), memory, username }
    }

    /// Sets the API version by hand, for all machines of the connection; nothing is found out then.
    pub fn with_dialect(self, dialect: Dialect) -> Self {
        self.memory.lock().dialect = Some(dialect);
        self
    }

    /// The API version, once it is set or found out.
    pub fn dialect(&self) -> Option<Dialect> {
        self.memory.dialect()
    }

    /// What the connection's machines share.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    /// The name that the connection signs in with, where it signs in with one.
    pub(super) fn username(&self) -> Option<&str> {
        self.username.as_deref()
    }

    /// Signs in, if need be, and sees that the session opens something: the count of open alerts is what it gives.
    ///
    /// Evidence: attested (docs/utmstack.md, 2.1 and 1.8). No other operation needs this first: each signs in by
    /// itself. It is there for interfaces that ask for a password.
    ///
    /// The machine ends with an error of the code `second_factor_required` when a code must be typed:
    /// [`Client::code_prompt`] then says how it comes, and [`Client::enter_code`] sends it.
    pub fn sign_in(&self) -> Machine<Ask<Total>> {
        self.count_open()
    }

    /// What to ask a person for, while a sign-in waits for its second factor.
    pub fn code_prompt(&self) -> Option<CodePrompt> {
        self.memory.lock().second_factor.challenge().map(|challenge| challenge.prompt.clone())
    }

    /// Sends the code of the second factor and finishes the sign-in.
    ///
    /// Evidence: attested for 10.8 (`GET /api/tfa/verifyCode`) and 11 (`POST /api/tfa/verify-code`), reconstructed for
    /// 10.9 (docs/utmstack.md, 2.1). A wrong code ends the machine with `second_factor_required`; ask again.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a code that is empty, [`Error::Misuse`] when no sign-in waits for one.
    pub fn enter_code(&self, code: &str) -> Result<Machine<Ask<Total>>, Error> {
        let code = code.trim();
        if code.is_empty() {
            return Err(Error::InvalidArgument(
                "Type the code of the second factor; it is empty.".to_owned(),
            ));
        }
        let mut learnt = self.memory.lock();
        let Some(challenge) = learnt.second_factor.challenge().cloned() else {
            return Err(Error::Misuse("No sign-in waits for a code: sign in first."));
        };
        learnt.second_factor = SecondFactor::Code(challenge, Secret::new(code));
        drop(learnt);
        Ok(self.sign_in())
    }

    /// Asks the server to send another code.
    ///
    /// Evidence: attested for version 11 (docs/utmstack.md, 2.1). The machine always ends with an error: with
    /// `second_factor_required`, which now waits for the new code, or with why none was sent.
    ///
    /// # Errors
    ///
    /// [`Error::Misuse`] when no sign-in waits for a code.
    pub fn resend_code(&self) -> Result<Machine<Ask<Total>>, Error> {
        let mut learnt = self.memory.lock();
        let Some(challenge) = learnt.second_factor.challenge().cloned() else {
            return Err(Error::Misuse("No sign-in waits for a code: sign in first."));
        };
        learnt.second_factor = SecondFactor::Resend(challenge);
        drop(learnt);
        Ok(self.sign_in())
    }

    /// A machine for a procedure.
    pub(super) fn run<P: Procedure>(&self, procedure: P) -> Machine<P> {
        Machine::new(&self.channel, procedure)
    }

    /// A machine for a procedure that depends on the dialect.
    pub(super) fn spoken<P: Procedure>(
        &self,
        make: impl Fn(Dialect) -> Result<P, Error> + 'static,
    ) -> Result<Machine<Spoken<P>>, Error> {
        Ok(self.run(Spoken::new(&self.memory, make)?))
    }

    /// A machine for an operation that servers have and the documentation lacks.
    pub(super) fn real<P: Procedure>(
        &self,
        what: &'static str,
        make: impl Fn(Dialect) -> Result<P, Error> + 'static,
    ) -> Result<Machine<Spoken<P>>, Error> {
        self.spoken(move |dialect| if dialect.is_real() { make(dialect) } else { Err(undocumented(what)) })
    }

    /// Counts all open alerts that are not tagged as false positives, of all time; version 11 counts parents only.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.8).
    pub fn count_open(&self) -> Machine<Ask<Total>> {
        let call = Call::get("/api/utm-alerts/count-open-alerts", "counting open alerts");
        self.run(Ask::new(call, "a whole number", |response| {
            serde_json::from_slice(&response.body).map(|value| Total { value, is_exact: true })
        }))
    }
}

/// The error of what the documentation does not have.
pub(super) fn undocumented(what: &str) -> Error {
    Error::Unsupported(format!(
        "{} has no {what}. Connect to a server of API version 10 or 11, or set that version by hand.",
        Dialect::Documented
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Moment, Step};
    use crate::time::Timestamp;
    use crate::utmstack::SearchOptions;

    #[test]
    fn a_code_is_only_taken_when_one_is_asked_for() {
        let url = BaseUrl::parse("https://siem.example.org").expect("an address");
        let client = Client::new(url, Credentials::ApiKey(Secret::new("key")), RetryPolicy::default());
        assert_eq!(client.code_prompt(), None);
        assert_eq!(client.enter_code("123456").map_err(|error| error.code()).err(), Some("misuse"));
        assert_eq!(client.resend_code().map_err(|error| error.code()).err(), Some("misuse"));
        assert_eq!(client.enter_code(" ").map_err(|error| error.code()).err(), Some("invalid_argument"));
    }

    #[test]
    fn the_version_is_found_out_once_for_all_machines() {
        let url = BaseUrl::parse("https://siem.example.org").expect("an address");
        let client = Client::new(url, Credentials::ApiKey(Secret::new("key")), RetryPolicy::default());
        let moment = Moment { now: Timestamp::from_unix_seconds(1_000), entropy: 0 };
        let mut first = client.alerts(&SearchOptions::default(), moment.now).expect("a search");
        let ok = |body: &str| {
            Ok(crate::http::Response {
                status: 200,
                headers: crate::http::Headers::default(),
                body: body.into(),
            })
        };
        for (body, pattern) in [("[]", "indexPattern=alert-"), ("[{}]", "indexPattern=v11-alert-")] {
            let Ok(Step::Send(request)) = first.next(moment) else { panic!("a probe") };
            assert!(request.url.contains(pattern), "{}", request.url);
            first.received(ok(body), moment).expect("understood");
        }
        let Ok(Step::Send(request)) = first.next(moment) else { panic!("the search") };
        assert!(request.url.contains("size=2000"), "{}", request.url);
        assert_eq!(client.dialect(), Some(Dialect::V11));
        let mut second = client.alerts(&SearchOptions::default(), moment.now).expect("a search");
        let Ok(Step::Send(request)) = second.next(moment) else { panic!("the search") };
        assert!(request.url.contains("v11-alert-") && request.url.contains("size=2000"), "{}", request.url);
    }
}
