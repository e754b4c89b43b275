use super::access::UptycsAccess;
use super::key_file::KeyFile;
use crate::error::Error;
use crate::http::percent_encode;
use crate::machine::{Channel, Machine, Procedure};
use crate::retry::RetryPolicy;

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

    /// The key that the connection uses.
    pub fn key_file(&self) -> &KeyFile {
        &self.key
    }

    /// What the connection's machines share.
    pub(super) fn channel(&self) -> &Channel {
        &self.channel
    }

    /// Runs a procedure over the connection.
    pub(super) fn machine<P: Procedure>(&self, procedure: P) -> Machine<P> {
        Machine::new(&self.channel, procedure)
    }
}

/// The path of one object below that of its resource.
pub(super) fn id_path(resource: &str, id: &str) -> Result<String, Error> {
    let id = id.trim();
    if id.is_empty() || id == "." || id == ".." {
        return Err(Error::InvalidArgument(
            "An id is expected, such as that of a listed row; it is empty.".to_owned(),
        ));
    }
    Ok(format!("{resource}/{}", percent_encode(id)))
}
