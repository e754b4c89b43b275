use super::access::UptycsAccess;
use super::key_file::KeyFile;
use super::list::ListOptions;
use super::sql::{SqlOptions, SqlQuery};
use crate::error::Error;
use crate::http::percent_encode;
use crate::machine::{Call, Channel, Document, Machine};
use crate::page::OffsetPages;
use crate::platform::Platform;
use crate::retry::RetryPolicy;
use crate::secret::Secret;
use crate::time::Timestamp;
use core::time::Duration;

/// A connection to an Uptycs tenant: each method gives a machine to drive.
///
/// ```
/// use triagekit::machine::{Moment, Step};
/// use triagekit::retry::RetryPolicy;
/// use triagekit::uptycs::{Client, KeyFile, ListOptions};
/// use triagekit::Timestamp;
///
/// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
/// let client = Client::new(key, RetryPolicy::default());
/// let mut alerts = client.list("alerts", &ListOptions::default()).unwrap();
/// let moment = Moment { now: Timestamp::from_unix_seconds(1_769_797_412), entropy: 0 };
/// let Step::Send(request) = alerts.next(moment).unwrap() else { panic!() };
/// assert_eq!(request.url, "https://acme.uptycs.io/public/api/customers/c/alerts?limit=10000&offset=0");
/// ```
#[derive(Debug, Clone)]
pub struct Client {
    key: KeyFile,
    channel: Channel,
}

impl Client {
    /// Opens a connection; nothing is sent yet.
    pub fn new(key: KeyFile, policy: RetryPolicy) -> Self {
        let channel = Channel::new(UptycsAccess::new(key.clone()), policy);
        Self { key, channel }
    }

    /// Makes a token that is good from `now` for `lifetime`, for use in other tools.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a lifetime of nothing, or one that no calendar holds.
    pub fn token(&self, now: Timestamp, lifetime: Duration) -> Result<Secret, Error> {
        UptycsAccess::new(self.key.clone()).token(now, lifetime)
    }

    /// Lists a resource by its name, such as `alerts` or `assets` (docs/uptycs.md, 8).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is not letters, digits, hyphens and slashes.
    pub fn list(&self, name: &str, options: &ListOptions) -> Result<Machine<OffsetPages>, Error> {
        Ok(Machine::new(&self.channel, options.pages(&path(name)?, "listing rows")))
    }

    /// Reads one object of a resource.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is not letters, digits, hyphens and slashes, or an empty id.
    pub fn get(&self, name: &str, id: &str) -> Result<Machine<Document>, Error> {
        if id.is_empty() {
            return Err(Error::InvalidArgument(
                "An id is expected, such as that of a listed row; it is empty.".to_owned(),
            ));
        }
        let call = Call::get(format!("{}/{}", path(name)?, percent_encode(id)), "reading one object");
        Ok(Machine::new(&self.channel, Document::new(Platform::Uptycs, call)))
    }

    /// Runs a SQL query as a job and gives all its rows.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] when the time bound cannot be placed in the query.
    pub fn sql(&self, query: &str, options: &SqlOptions, now: Timestamp) -> Result<Machine<SqlQuery>, Error> {
        Ok(Machine::new(&self.channel, SqlQuery::new(query, options, now)?))
    }
}

/// The path of a resource's name.
fn path(name: &str) -> Result<String, Error> {
    let name = name.trim_matches('/');
    let is_plain = !name.is_empty()
        && name.split('/').all(|part| !part.is_empty())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'/');
    if is_plain {
        Ok(format!("/{name}"))
    } else {
        let shown: String = name.chars().take(60).collect();
        Err(Error::InvalidArgument(format!(
            "{shown:?} is not the name of a resource. Names are like alerts, assets or threatSources."
        )))
    }
}
