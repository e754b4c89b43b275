use super::authority::Authorization;
use super::call::{Call, Payload};
use super::channel::Channel;
use super::procedure::{Intent, Procedure};
use super::step::{Moment, Step};
use crate::error::Error;
use crate::http::{Failure, Headers, Method, Request, Response, query_string};
use crate::retry::Safety;
use crate::time::Timestamp;
use core::time::Duration;

/// Runs a procedure over a connection: adds address and credentials, repeats what may be repeated, renews what died.
///
/// After an error it stands where it stood before: calling [`next`](Machine::next) again makes the failed call again.
#[derive(Debug)]
pub struct Machine<P: Procedure> {
    channel: Channel,
    procedure: P,
    deadline: Option<Timestamp>,
    pending: Option<Pending>,
    in_flight: InFlight,
    resume_at: Option<Timestamp>,
}

/// A call that has not been answered to the end.
#[derive(Debug)]
struct Pending {
    call: Call,
    retries: u32,
    renewed: bool,
    is_abandoned: bool,
}

impl Pending {
    fn new(call: Call) -> Self {
        Self { call, retries: 0, renewed: false, is_abandoned: false }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum InFlight {
    Nothing,
    SignIn,
    Call { generation: u64 },
}

impl<P: Procedure> Machine<P> {
    /// Prepares a procedure to run over a connection.
    pub fn new(channel: &Channel, procedure: P) -> Self {
        Self {
            channel: channel.clone(),
            procedure,
            deadline: None,
            pending: None,
            in_flight: InFlight::Nothing,
            resume_at: None,
        }
    }

    /// Ends the operation with [`Error::DeadlineExceeded`] instead of a pause that reaches beyond this instant.
    pub fn with_deadline(mut self, deadline: Timestamp) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Gives the operation up, in a way that leaves nothing behind: go on driving, and the machine makes only the calls
    /// that tidy up, such as cancelling and deleting a SQL job. What it ends with is of no interest.
    ///
    /// If the answer to a request is still owed, hand it to [`received`](Machine::received) as always, or
    /// [`Failure::Cancelled`] if it was stopped.
    pub fn abandon(&mut self) {
        self.resume_at = None;
        match &mut self.pending {
            Some(pending) if self.in_flight != InFlight::Nothing => pending.is_abandoned = true,
            _ => self.pending = None,
        }
        self.procedure.abandon();
    }

    /// Whether the last answer was a failure after which the call is made again.
    pub(crate) fn is_repeating(&self) -> bool {
        self.pending.is_some() && self.resume_at.is_some()
    }

    /// What to do next.
    ///
    /// # Errors
    ///
    /// Whatever ended the present call for good. [`Error::Misuse`] when the answer to the last request is still owed.
    pub fn next(&mut self, moment: Moment) -> Result<Step<P::Page, P::Report>, Error> {
        if self.in_flight != InFlight::Nothing {
            return Err(Error::Misuse(
                "The answer to the last request is still owed: call received() first.",
            ));
        }
        if let Some(at) = self.resume_at {
            let left = moment.now.until(at);
            if !left.is_zero() {
                return Ok(Step::Wait(left));
            }
            self.resume_at = None;
        }
        if self.pending.is_none() {
            match self.procedure.next(moment.now)? {
                Intent::Call(call) => self.pending = Some(Pending::new(call)),
                Intent::Wait(pause) => return Ok(self.pause(pause, moment.now)),
                Intent::Page(page) => return Ok(Step::Page(page)),
                Intent::Done(report) => return Ok(Step::Done(report)),
            }
        }
        let Some(pending) = &self.pending else {
            return Err(Error::Misuse("There is no call to make."));
        };
        let mut authority = self.channel.authority();
        let step = match authority.authorize(moment) {
            Ok(Authorization::Ready { name, value, generation }) => {
                self.in_flight = InFlight::Call { generation };
                Step::Send(request(authority.root().as_str(), &pending.call, name, value.expose()))
            }
            Ok(Authorization::SignIn(request)) => {
                self.in_flight = InFlight::SignIn;
                Step::Send(request)
            }
            Ok(Authorization::Busy) => Step::Park,
            Err(error) => {
                drop(authority);
                self.pending = None;
                return Err(error);
            }
        };
        Ok(step)
    }

    /// Takes what came of the request that [`next`](Machine::next) gave; then call `next` again.
    ///
    /// # Errors
    ///
    /// Whatever ends the present call for good.
    pub fn received(&mut self, outcome: Result<Response, Failure>, moment: Moment) -> Result<(), Error> {
        let in_flight = core::mem::replace(&mut self.in_flight, InFlight::Nothing);
        let result = match in_flight {
            InFlight::Nothing => Err(Error::Misuse("There was no request to receive an answer to.")),
            InFlight::SignIn => self.signed_in(outcome, moment),
            InFlight::Call { generation } => self.answered(outcome, generation, moment),
        };
        match result {
            Ok(()) => Ok(()),
            Err(error) => self.repeat_or_fail(error, in_flight, moment),
        }
    }

    fn signed_in(&self, outcome: Result<Response, Failure>, moment: Moment) -> Result<(), Error> {
        let mut authority = self.channel.authority();
        match outcome {
            Ok(response) => authority.signed_in(&response, moment),
            Err(failure) => {
                authority.sign_in_ended();
                let host = authority.root().host().to_owned();
                Err(Error::Transport { platform: authority.platform(), host, failure })
            }
        }
    }

    fn answered(
        &mut self,
        outcome: Result<Response, Failure>,
        generation: u64,
        moment: Moment,
    ) -> Result<(), Error> {
        let Some(pending) = &mut self.pending else {
            return Err(Error::Misuse("There was no call to receive an answer to."));
        };
        let mut authority = self.channel.authority();
        let response = outcome.map_err(|failure| Error::Transport {
            platform: authority.platform(),
            host: authority.root().host().to_owned(),
            failure,
        })?;
        authority.heard(&response, moment.now);
        if response.status == 401 {
            let may_renew = authority.rejected(generation, &response, moment.now);
            if may_renew && !pending.renewed && !pending.is_abandoned {
                pending.renewed = true;
                return Ok(());
            }
        }
        if !response.is_success() {
            return Err(authority.explain(&pending.call, &response, moment.now));
        }
        drop(authority);
        self.procedure.answered(response, moment.now)?;
        self.pending = None;
        self.channel.budget().earn();
        Ok(())
    }

    /// Decides between a pause and the end of the call.
    fn repeat_or_fail(&mut self, error: Error, in_flight: InFlight, moment: Moment) -> Result<(), Error> {
        let Some(pending) = &mut self.pending else { return Err(error) };
        if pending.is_abandoned {
            self.pending = None;
            return Ok(());
        }
        // A sign-in does nothing twice, whatever call is waiting behind it.
        let safety = if in_flight == InFlight::SignIn { Safety::SafeRead } else { pending.call.safety };
        let delay = self.channel.policy().delay(&error, safety, pending.retries, moment.entropy);
        let Some(delay) = delay.filter(|_| self.channel.budget().spend()) else {
            self.pending = None;
            let is_of_the_call = matches!(in_flight, InFlight::Call { .. }) && error.code() != "cancelled";
            return if is_of_the_call { self.procedure.failed(error, moment.now) } else { Err(error) };
        };
        let at = moment.now.after(delay);
        if self.deadline.is_some_and(|deadline| at > deadline) {
            self.pending = None;
            return Err(Error::DeadlineExceeded { last: Box::new(error) });
        }
        pending.retries += 1;
        self.resume_at = Some(at);
        Ok(())
    }

    fn pause(&mut self, pause: Duration, now: Timestamp) -> Step<P::Page, P::Report> {
        self.resume_at = Some(now.after(pause));
        Step::Wait(pause)
    }
}

impl<P: Procedure> Drop for Machine<P> {
    /// A machine that is given up in the middle of a sign-in lets the others sign in.
    fn drop(&mut self) {
        if self.in_flight == InFlight::SignIn {
            self.channel.authority().sign_in_ended();
        }
    }
}

fn request(root: &str, call: &Call, credential_name: &str, credential: &str) -> Request {
    let mut headers = Headers::default();
    headers.append(credential_name, credential);
    headers.append("accept", "application/json");
    let body = match &call.payload {
        Payload::Json(text) => {
            headers.append("content-type", "application/json");
            Some(text.as_bytes().to_vec())
        }
        Payload::Other { content_type, bytes } => {
            headers.append("content-type", content_type.as_str());
            Some(bytes.clone())
        }
        // Some servers and proxies refuse a body-less write without a length; an empty body states it.
        Payload::Empty => (call.method == Method::Post || call.method == Method::Put).then(Vec::new),
    };
    let url = format!("{root}{}{}", call.path, query_string(&call.query));
    Request { method: call.method, url, headers, body }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base_url::BaseUrl;
    use crate::machine::Document;
    use crate::platform::Platform;
    use crate::retry::RetryPolicy;
    use crate::secret::Secret;
    use crate::utmstack::{Credentials, UtmstackAccess};

    fn channel() -> Channel {
        let root = BaseUrl::parse("https://siem.example.org").expect("an address");
        let password = Secret::new("hunter2");
        let credentials = Credentials::Password { username: "admin".to_owned(), password };
        Channel::new(UtmstackAccess::new(root, credentials), RetryPolicy::default())
    }

    fn machine(channel: &Channel) -> Machine<Document> {
        Machine::new(
            channel,
            Document::new(Platform::Utmstack, Call::get("/api/account", "reading the account")),
        )
    }

    fn at(milliseconds: i64) -> Moment {
        Moment { now: Timestamp::from_unix_millis(milliseconds), entropy: 300 }
    }

    fn answer(status: u16, body: &str) -> Response {
        Response { status, headers: Headers::default(), body: body.as_bytes().to_vec() }
    }

    fn url<P: core::fmt::Debug, R: core::fmt::Debug>(step: Result<Step<P, R>, Error>) -> String {
        match step {
            Ok(Step::Send(request)) => request.url.rsplit('/').next().unwrap_or_default().to_owned(),
            other => panic!("{other:?}"),
        }
    }

    const SIGNED_IN: &str = r#"{"id_token":"T","authenticated":true}"#;

    fn sign_in(machine: &mut Machine<Document>) {
        assert_eq!(url(machine.next(at(0))), "authenticate");
        machine.received(Ok(answer(200, SIGNED_IN)), at(0)).expect("signed in");
    }

    #[test]
    fn it_signs_in_first_and_then_calls() {
        let mut machine = machine(&channel());
        sign_in(&mut machine);
        assert_eq!(url(machine.next(at(0))), "account");
        machine.received(Ok(answer(200, "{}")), at(0)).expect("answered");
        assert_eq!(machine.next(at(0)), Ok(Step::Done(b"{}".to_vec())));
    }

    #[test]
    fn others_wait_while_one_signs_in_and_use_its_session() {
        let channel = channel();
        let (mut first, mut second) = (machine(&channel), machine(&channel));
        assert_eq!(url(first.next(at(0))), "authenticate");
        assert_eq!(second.next(at(0)), Ok(Step::Park));
        first.received(Ok(answer(200, SIGNED_IN)), at(0)).expect("signed in");
        assert_eq!(url(second.next(at(0))), "account");
    }

    #[test]
    fn a_machine_given_up_while_signing_in_lets_the_next_sign_in() {
        let channel = channel();
        let mut first = machine(&channel);
        assert_eq!(url(first.next(at(0))), "authenticate");
        drop(first);
        assert_eq!(url(machine(&channel).next(at(0))), "authenticate");
    }

    #[test]
    fn a_dead_token_is_renewed_once_and_the_call_replayed() {
        let mut machine = machine(&channel());
        sign_in(&mut machine);
        assert_eq!(url(machine.next(at(0))), "account");
        machine.received(Ok(answer(401, "")), at(0)).expect("renews");
        sign_in(&mut machine);
        assert_eq!(url(machine.next(at(0))), "account");
        let error = machine.received(Ok(answer(401, "")), at(0)).expect_err("twice is enough");
        assert_eq!(error.code(), "unauthorized");
    }

    #[test]
    fn a_wrong_password_is_sent_once_however_many_wait() {
        let channel = channel();
        let (mut first, mut second) = (machine(&channel), machine(&channel));
        assert_eq!(url(first.next(at(0))), "authenticate");
        assert_eq!(second.next(at(0)), Ok(Step::Park));
        let refused = first.received(Ok(answer(401, "")), at(0)).expect_err("refused");
        assert_eq!(refused.code(), "wrong_credentials");
        assert_eq!(second.next(at(0)), Err(refused.clone()));
        assert_eq!(first.next(at(0)), Err(refused));
    }

    #[test]
    fn a_failing_server_is_asked_again_after_growing_pauses_and_then_given_up() {
        let mut machine = machine(&channel());
        sign_in(&mut machine);
        let mut now = 0;
        for _ in 0..4 {
            assert_eq!(url(machine.next(at(now))), "account");
            machine.received(Ok(answer(503, "")), at(now)).expect("repeats");
            let Ok(Step::Wait(pause)) = machine.next(at(now)) else { panic!("a pause") };
            now += i64::try_from(pause.as_millis()).expect("short");
        }
        assert_eq!(url(machine.next(at(now))), "account");
        let error = machine.received(Ok(answer(503, "")), at(now)).expect_err("given up");
        assert_eq!((error.code(), error.status()), ("server_error", Some(503)));
        assert_eq!(url(machine.next(at(now))), "account", "it stands where it stood");
    }

    #[test]
    fn a_pause_beyond_the_deadline_ends_it_with_what_had_gone_wrong() {
        let mut machine = machine(&channel()).with_deadline(Timestamp::from_unix_millis(100));
        sign_in(&mut machine);
        assert_eq!(url(machine.next(at(0))), "account");
        let error = machine.received(Ok(answer(500, "")), at(0)).expect_err("no time left");
        assert_eq!((error.code(), error.status()), ("deadline_exceeded", Some(500)));
    }

    #[test]
    fn a_page_that_is_not_json_is_asked_for_again() {
        let mut machine = machine(&channel());
        sign_in(&mut machine);
        assert_eq!(url(machine.next(at(0))), "account");
        machine.received(Ok(answer(200, "<html>")), at(0)).expect("repeats");
        assert_eq!(machine.next(at(0)), Ok(Step::Wait(Duration::from_millis(300))));
    }

    /// Makes two calls and goes on without the first; given up, it deletes.
    #[derive(Debug, Default)]
    struct Tolerant {
        is_second: bool,
        is_abandoned: bool,
        noted: Vec<&'static str>,
    }

    impl Procedure for Tolerant {
        type Page = core::convert::Infallible;
        type Report = Vec<&'static str>;

        fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, Self::Report>, Error> {
            Ok(match (self.is_second, self.is_abandoned) {
                (false, false) => Intent::Call(Call::get("/first", "trying")),
                (false, true) => {
                    Intent::Call(Call::write(Method::Delete, "/job", Safety::IdempotentWrite, "tidying"))
                }
                (true, _) => Intent::Done(self.noted.clone()),
            })
        }

        fn answered(&mut self, _response: Response, _now: Timestamp) -> Result<(), Error> {
            self.is_second = true;
            Ok(())
        }

        fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
            self.noted.push(error.code());
            self.is_second = true;
            Ok(())
        }

        fn abandon(&mut self) {
            self.is_abandoned = true;
        }
    }

    fn signed_in_channel() -> Channel {
        let channel = channel();
        let mut machine = machine(&channel);
        sign_in(&mut machine);
        channel
    }

    #[test]
    fn a_procedure_may_go_on_without_an_answer_but_not_after_a_cancellation() {
        let channel = signed_in_channel();
        let mut machine = Machine::new(&channel, Tolerant::default());
        assert!(matches!(machine.next(at(0)), Ok(Step::Send(_))));
        machine.received(Ok(answer(404, "")), at(0)).expect("noted");
        assert_eq!(machine.next(at(0)), Ok(Step::Done(vec!["not_found"])));

        let mut machine = Machine::new(&channel, Tolerant::default());
        assert!(matches!(machine.next(at(0)), Ok(Step::Send(_))));
        let error = machine.received(Err(Failure::Cancelled), at(0)).expect_err("cancelled");
        assert_eq!(error.code(), "cancelled");
    }

    #[test]
    fn what_is_given_up_tidies_up_and_asks_for_nothing_else() {
        let channel = signed_in_channel();
        for outcome in
            [None, Some(Ok(answer(503, ""))), Some(Ok(answer(401, ""))), Some(Err(Failure::Cancelled))]
        {
            let mut machine = Machine::new(&channel, Tolerant::default());
            if let Some(outcome) = outcome {
                assert_eq!(url(machine.next(at(0))), "first");
                machine.abandon();
                machine.received(outcome, at(0)).expect("of no interest");
                sign_in_again(&mut machine);
            } else {
                machine.abandon();
            }
            assert_eq!(url(machine.next(at(0))), "job");
            machine.received(Ok(answer(200, "")), at(0)).expect("tidied");
            assert_eq!(machine.next(at(0)), Ok(Step::Done(Vec::new())));
        }
    }

    /// Signs in if the last answer made that necessary.
    fn sign_in_again(machine: &mut Machine<Tolerant>) {
        if machine.channel.authority().authorize(at(0)).is_ok_and(|it| matches!(it, Authorization::SignIn(_)))
        {
            machine.channel.authority().sign_in_ended();
            assert_eq!(url(machine.next(at(0))), "authenticate");
            machine.received(Ok(answer(200, SIGNED_IN)), at(0)).expect("signed in");
        }
    }

    #[test]
    fn calling_out_of_turn_is_named() {
        let mut machine = machine(&channel());
        assert_eq!(url(machine.next(at(0))), "authenticate");
        assert_eq!(machine.next(at(0)).map_err(|error| error.code()), Err("misuse"));
        let mut idle = Machine::new(&channel(), Document::new(Platform::Utmstack, Call::get("/", "nothing")));
        assert_eq!(idle.received(Ok(answer(200, "")), at(0)).map_err(|error| error.code()), Err("misuse"));
    }
}
