//! A demo server, and a blocking transport to it.

use core::time::Duration;
use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};
use triagekit::http::{Failure, Headers, Request, Response};
use triagekit::machine::{Machine, Moment, Procedure, Transport, drive};
use triagekit::page::Page;
use triagekit::retry::RetryPolicy;
use triagekit::uptycs::KeyFile;
use triagekit::utmstack::Credentials;
use triagekit::{BaseUrl, Error, Secret, Timestamp, uptycs, utmstack};
use triagekit_demo::{Config, Server};

/// A server for one test.
pub(crate) struct Live {
    server: Server,
    agent: ureq::Agent,
    /// The pauses that were asked for; none was taken, the clock was put forward instead.
    pub(crate) waits: Vec<Duration>,
}

impl Live {
    pub(crate) fn start(config: Config) -> Self {
        let server = Server::start(config).expect("the demo server starts");
        let config = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
        Self { server, agent: config.build().into(), waits: Vec::new() }
    }

    pub(crate) fn base_url(&self) -> &str {
        self.server.base_url()
    }

    pub(crate) fn key_file(&self) -> String {
        self.server.key_file_json()
    }

    pub(crate) fn uptycs(&self) -> uptycs::Client {
        uptycs::Client::new(KeyFile::parse(&self.key_file()).expect("a key file"), RetryPolicy::default())
    }

    pub(crate) fn utmstack(&self) -> utmstack::Client {
        self.utmstack_with("triagekit-demo")
    }

    pub(crate) fn utmstack_with(&self, password: &str) -> utmstack::Client {
        let root = BaseUrl::parse(self.base_url()).expect("loopback");
        let credentials =
            Credentials::Password { username: "admin".to_owned(), password: Secret::new(password) };
        utmstack::Client::new(root, credentials, RetryPolicy::default())
    }

    pub(crate) fn now() -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
        Timestamp::from_unix_millis(i64::try_from(since.as_millis()).expect("before the year 292 million"))
    }

    /// Drives a walk over pages to its end, and gives the ids in the order they came.
    pub(crate) fn ids<P: Procedure<Page = Page>>(
        &mut self,
        machine: &mut Machine<P>,
    ) -> Result<(Vec<String>, P::Report), Error> {
        let mut ids = Vec::new();
        let report =
            drive(machine, self, |page: Page| ids.extend(page.rows.into_iter().filter_map(|row| row.id)))?;
        Ok((ids, report))
    }

    /// What the server says existed throughout.
    pub(crate) fn existing(&self, vendor: &str) -> BTreeSet<String> {
        let url = format!("{}/_demo/ids?vendor={vendor}", self.base_url());
        let text = self.agent.get(url).call().expect("answers").body_mut().read_to_string().expect("text");
        text.lines().map(str::to_owned).collect()
    }

    /// Makes the next vendor requests meet these faults, one each.
    pub(crate) fn faults(&self, faults: &str) {
        self.control("faults", format!(r#"{{"next":{faults}}}"#));
    }

    pub(crate) fn forget_tokens(&self) {
        self.control("forget-tokens", String::new());
    }

    fn control(&self, what: &str, body: String) {
        let url = format!("{}/_demo/{what}", self.base_url());
        let answer = self.agent.post(url).content_type("application/json").send(body).expect("answers");
        assert!(answer.status().is_success(), "{what}: {}", answer.status());
    }
}

impl Transport for Live {
    fn moment(&mut self) -> Moment {
        let passed = self.waits.iter().sum();
        Moment { now: Self::now().after(passed), entropy: 7 }
    }

    fn send(&mut self, request: Request) -> Result<Response, Failure> {
        let mut builder = ureq::http::Request::builder().method(request.method.as_str()).uri(&request.url);
        for (name, value) in request.headers.iter() {
            builder = builder.header(name, value);
        }
        let request = builder.body(request.body.unwrap_or_default()).expect("a request");
        let mut answer = self.agent.run(request).map_err(|error| Failure::Unreachable(error.to_string()))?;
        let mut headers = Headers::default();
        for (name, value) in answer.headers() {
            headers.append(name.as_str(), String::from_utf8_lossy(value.as_bytes()));
        }
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(u64::MAX).read_to_vec();
        let body = body.map_err(|error| Failure::Interrupted(error.to_string()))?;
        Ok(Response { status, headers, body })
    }

    fn wait(&mut self, pause: Duration) {
        self.waits.push(pause);
    }
}
