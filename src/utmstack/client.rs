use super::access::UtmstackAccess;
use super::credentials::Credentials;
use super::filter::{Filter, Operator};
use super::search::SearchOptions;
use crate::base_url::BaseUrl;
use crate::error::{Error, decode};
use crate::http::Response;
use crate::machine::{Call, Channel, Intent, Machine, Procedure};
use crate::page::{NumberedPages, Total};
use crate::platform::Platform;
use crate::retry::RetryPolicy;
use crate::time::Timestamp;

/// A connection to a UTMStack instance: each method gives a machine to drive.
///
/// ```
/// use triagekit::machine::{Moment, Step};
/// use triagekit::retry::RetryPolicy;
/// use triagekit::utmstack::{Client, Credentials, SearchOptions};
/// use triagekit::{BaseUrl, Secret, Timestamp};
///
/// let url = BaseUrl::parse("https://siem.example.org").unwrap();
/// let client = Client::new(url, Credentials::ApiKey(Secret::new("key")), RetryPolicy::default());
/// let now = Timestamp::from_unix_seconds(1_769_797_412);
/// let mut alerts = client.alerts(&SearchOptions::default(), now).unwrap();
/// let Step::Send(request) = alerts.next(Moment { now, entropy: 0 }).unwrap() else { panic!() };
/// assert!(request.url.starts_with("https://siem.example.org/api/elasticsearch/search?indexPattern=alert-%2A"));
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    channel: Channel,
}

impl Client {
    /// Opens a connection; nothing is sent yet.
    pub fn new(root: BaseUrl, credentials: Credentials, policy: RetryPolicy) -> Self {
        Self { channel: Channel::new(UtmstackAccess::new(root, credentials), policy) }
    }

    /// Lists alerts, newest first where the options say nothing else.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for options that cannot be sent. The machine ends with [`Error::ResultWindow`] when
    /// more than 10,000 rows are asked for and there.
    pub fn alerts(&self, options: &SearchOptions, now: Timestamp) -> Result<Machine<NumberedPages>, Error> {
        Ok(Machine::new(&self.channel, options.pages(now)?))
    }

    /// Reads one alert by its id.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    pub fn alert(&self, id: &str, now: Timestamp) -> Result<Machine<NumberedPages>, Error> {
        if id.is_empty() {
            return Err(Error::InvalidArgument("An alert's id is expected; it is empty.".to_owned()));
        }
        let filter = serde_json::to_value(Filter::new("id.keyword", Operator::Is, id))
            .map_err(|_| Error::InvalidArgument("The id cannot be written as JSON.".to_owned()))?;
        self.alerts(&SearchOptions { filters: vec![filter], limit: Some(1), ..SearchOptions::default() }, now)
    }

    /// Counts alerts: exactly below 10,000, "at least" from there on.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for options that cannot be sent.
    pub fn count(&self, options: &SearchOptions, now: Timestamp) -> Result<Machine<Count>, Error> {
        let call = options.call(now, "counting alerts")?;
        let call = call.with("top", "10000").with("page", "1").with("size", "1");
        Ok(Machine::new(&self.channel, Count { call, kind: Kind::Header, total: None }))
    }

    /// Counts all open alerts that are not tagged as false positives, of all time.
    pub fn count_open(&self) -> Machine<Count> {
        let call = Call::get("/api/utm-alerts/count-open-alerts", "counting open alerts");
        Machine::new(&self.channel, Count { call, kind: Kind::Body, total: None })
    }
}

/// Makes one call that counts.
#[derive(Debug)]
pub struct Count {
    call: Call,
    kind: Kind,
    total: Option<Total>,
}

/// Where an answer states its count.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Header,
    Body,
}

impl Procedure for Count {
    type Page = core::convert::Infallible;
    type Report = Total;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, Total>, Error> {
        Ok(match self.total {
            Some(total) => Intent::Done(total),
            None => Intent::Call(self.call.clone()),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        self.total = Some(match self.kind {
            Kind::Header => Total::of_header(response.headers.get("x-total-count")),
            Kind::Body => {
                let value = decode(Platform::Utmstack, self.call.doing, &response, "a whole number")?;
                Total { value, is_exact: true }
            }
        });
        Ok(())
    }
}
