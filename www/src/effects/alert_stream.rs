use super::clock::now;
use super::pull::{Ending, Flow, Wire, pull};
use crate::state::{Auth, Connection, Direct};
use triagekit::Error;
use triagekit::machine::Machine;
use triagekit::page::{NumberedPages, OffsetPages, Page};
use triagekit::retry::RetryPolicy;
use triagekit::utmstack::Spoken;
use triagekit::{uptycs, utmstack};

/// The rows of a page of UTMStack: 500 alerts are about 1.5 MB, a moment's reading.
const UTMSTACK_PAGE: u64 = 500;
/// The rows of a page of Uptycs, whose records are a third as long.
const UPTYCS_PAGE: u64 = 1_000;

/// All alerts of a connection, newest first, fetched as far as they are wanted.
#[derive(Debug)]
pub enum AlertStream {
    /// Of a UTMStack instance.
    Utmstack(Machine<Spoken<NumberedPages>>),
    /// Of an Uptycs tenant.
    Uptycs(Machine<OffsetPages>),
}

impl AlertStream {
    /// Prepares the stream; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a connection through a gateway, which this version cannot make yet.
    pub fn open(connection: &Connection) -> Result<Self, Error> {
        // A person is watching: three repetitions take four seconds at the most, then the problem is told.
        let policy = RetryPolicy { max_retries: 3, ..RetryPolicy::default() };
        match &connection.auth {
            Auth::Direct(Direct::Utmstack(credentials)) => {
                let client = utmstack::Client::new(connection.base_url.clone(), credentials.clone(), policy);
                let options = utmstack::SearchOptions {
                    page_size: UTMSTACK_PAGE,
                    ..utmstack::SearchOptions::default()
                };
                Ok(Self::Utmstack(client.alerts(&options, now())?))
            }
            Auth::Direct(Direct::Uptycs(key)) => {
                let client = uptycs::Client::new(key.clone(), policy);
                let options = uptycs::ListOptions {
                    page_size: UPTYCS_PAGE,
                    sort: Some("createdAt:desc".to_owned()),
                    ..uptycs::ListOptions::default()
                };
                Ok(Self::Uptycs(client.list("alerts", &options)?))
            }
            Auth::Gateway => Err(Error::InvalidArgument(
                "Connections through a gateway are not possible yet. Connect with credentials of your own."
                    .to_owned(),
            )),
        }
    }

    /// Fetches pages until one of them is enough.
    ///
    /// # Errors
    ///
    /// As [`pull`].
    pub async fn pull(&mut self, wire: &Wire, page: impl FnMut(Page) -> Flow) -> Result<Ending<()>, Error> {
        match self {
            Self::Utmstack(machine) => pull(machine, wire, page).await.map(without_report),
            Self::Uptycs(machine) => pull(machine, wire, page).await.map(without_report),
        }
    }
}

fn without_report<R: Copy>(ending: Ending<R>) -> Ending<()> {
    match ending {
        Ending::Paused => Ending::Paused,
        Ending::Cancelled => Ending::Cancelled,
        Ending::Done(_) => Ending::Done(()),
    }
}
