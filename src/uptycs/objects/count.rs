use crate::error::Error;
use crate::http::Response;
use crate::machine::{Call, Intent, Machine, Procedure};
use crate::page::OffsetPages;
use crate::time::Timestamp;
use crate::uptycs::client::Client;
use crate::uptycs::list::ListOptions;
use crate::uptycs::reading::json;
use crate::uptycs::resource::{find, resource_path};
use serde::{Deserialize, Serialize};

/// Counts the rows of a resource. No list states a total (docs/uptycs.md, 3.1), so all but assets are counted by reading
/// them.
#[derive(Debug)]
pub struct Count {
    way: Way,
    counted: Option<u64>,
}

#[derive(Debug)]
enum Way {
    Ask(Call),
    Read(Box<OffsetPages>),
}

/// How many rows there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CountReport {
    /// The number.
    pub count: u64,
    /// Whether the rows were read to count them, instead of asking for their number.
    pub was_read: bool,
}

impl Client {
    /// Counts the rows that a list gives: for all assets by `GET /assets/count` (attested), otherwise by reading the list.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is none (see [`list`](Client::list)).
    ///
    /// ```
    /// use triagekit::machine::{Moment, Step};
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile, ListOptions};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let mut count = client.count("assets", &ListOptions::default()).unwrap();
    /// let moment = Moment { now: triagekit::Timestamp::from_unix_seconds(0), entropy: 0 };
    /// let Step::Send(request) = count.next(moment).unwrap() else { panic!() };
    /// assert!(request.url.ends_with("/assets/count"));
    /// ```
    pub fn count(&self, name: &str, options: &ListOptions) -> Result<Machine<Count>, Error> {
        let path = resource_path(name)?;
        let is_narrowed = options.filters.is_some() || !options.parameters.is_empty() || options.offset > 0;
        let way = if path == "/assets" && !is_narrowed && options.limit.is_none() {
            Way::Ask(Call::get("/assets/count", "counting assets"))
        } else {
            let pages = options.pages(&path, "counting rows");
            let is_lenient = find(name).is_none_or(|resource| resource.shape.is_lenient());
            Way::Read(Box::new(if is_lenient { pages.taking_any_shape() } else { pages }))
        };
        Ok(self.machine(Count { way, counted: None }))
    }
}

impl Procedure for Count {
    type Page = core::convert::Infallible;
    type Report = CountReport;

    fn next(&mut self, now: Timestamp) -> Result<Intent<Self::Page, CountReport>, Error> {
        let was_read = matches!(self.way, Way::Read(_));
        if let Some(count) = self.counted {
            return Ok(Intent::Done(CountReport { count, was_read }));
        }
        match &mut self.way {
            Way::Ask(call) => Ok(Intent::Call(call.clone())),
            Way::Read(pages) => loop {
                match pages.next(now)? {
                    Intent::Call(call) => return Ok(Intent::Call(call)),
                    Intent::Wait(pause) => return Ok(Intent::Wait(pause)),
                    Intent::Page(_) => {}
                    Intent::Done(report) => {
                        return Ok(Intent::Done(CountReport { count: report.rows, was_read }));
                    }
                }
            },
        }
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        #[derive(Deserialize)]
        struct Counted {
            count: u64,
        }
        match &mut self.way {
            Way::Ask(call) => {
                let Counted { count } = json(call, &response, "an object with \"count\"")?;
                self.counted = Some(count);
                Ok(())
            }
            Way::Read(pages) => pages.answered(response, now),
        }
    }
}
