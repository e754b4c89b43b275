use super::rows::{Page, read_array};
use super::seen::Seen;
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Intent, Procedure};
use crate::platform::Platform;
use crate::time::Timestamp;
use serde::Serialize;

/// How many rows one search reaches: OpenSearch's result window (docs/utmstack.md, 1.3).
const REACH: u64 = 10_000;
/// The most rows that the server gives on one page; it cuts larger wishes silently (docs/utmstack.md, 1.1).
const LARGEST_PAGE: u64 = 2_000;

/// How many rows a search has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Total {
    /// The number.
    pub value: u64,
    /// Whether it is the number itself, or only the least that it can be: the server stops counting at 10,000.
    pub is_exact: bool,
}

impl Total {
    /// Reads `X-Total-Count`; the server leaves it out where there are no rows.
    pub(crate) fn of_header(header: Option<&str>) -> Self {
        let value = header.and_then(|value| value.trim().parse().ok()).unwrap_or(0);
        Self { value, is_exact: value < REACH }
    }
}

impl Page {
    /// Reads a bare array as a page whose rows are all new.
    pub(crate) fn of_array(body: Vec<u8>) -> Result<Self, serde_json::Error> {
        let rows = read_array(&body)?;
        let received = rows.len();
        let limit = u64::try_from(received).unwrap_or(u64::MAX);
        Ok(Self { body, rows, received, offset: 0, limit, links: Vec::new(), total: None })
    }
}

/// Walks a UTMStack search by `page` and `size`, from page 1: page 0 is page 1 again, and the `Link` header counts
/// otherwise than the server does, so neither is used.
#[derive(Debug)]
pub struct NumberedPages {
    call: Call,
    size: u64,
    wanted: Option<u64>,
    page: u64,
    received: u64,
    total: Option<Total>,
    seen: Seen,
    report: NumberedReport,
    ready: Option<Page>,
    is_finished: bool,
}

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct NumberedReport {
    /// Rows given.
    pub rows: u64,
    /// Pages read.
    pub pages: u64,
    /// Rows that came again and were not given again.
    pub duplicates: u64,
}

impl NumberedPages {
    /// Walks what `call` searches, `size` rows a request (at most 2,000), until all or `wanted` rows are given.
    pub fn new(call: Call, size: u64, wanted: Option<u64>) -> Self {
        let size = size.clamp(1, LARGEST_PAGE);
        Self {
            call,
            // All pages have one size, since the server multiplies it with the page's number.
            size: wanted.map_or(size, |wanted| size.min(wanted.max(1))),
            wanted,
            page: 1,
            received: 0,
            total: None,
            seen: Seen::default(),
            report: NumberedReport::default(),
            ready: None,
            is_finished: wanted == Some(0),
        }
    }

    fn left(&self) -> Option<u64> {
        self.wanted.map(|wanted| wanted.saturating_sub(self.report.rows))
    }
}

impl Procedure for NumberedPages {
    type Page = Page;
    type Report = NumberedReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Page, NumberedReport>, Error> {
        if let Some(page) = self.ready.take() {
            return Ok(Intent::Page(page));
        }
        if self.is_finished {
            self.report.duplicates = self.seen.duplicates();
            return Ok(Intent::Done(self.report));
        }
        if self.received >= REACH {
            return Err(Error::ResultWindow { platform: Platform::Utmstack, reach: REACH });
        }
        let call = self
            .call
            .clone()
            // `top` makes the server shorten the last page instead of reaching beyond the window, which fails.
            .with("top", REACH.to_string())
            .with("page", self.page.to_string())
            .with("size", self.size.to_string());
        Ok(Intent::Call(call))
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let rows = read_array(&response.body).map_err(|cause| {
            Unexpected::body(
                Platform::Utmstack,
                self.call.doing,
                &response,
                "a JSON array of documents",
                &cause,
            )
        })?;
        let header = response.headers.get("x-total-count");
        let total = Total::of_header(header);
        let received = rows.len();
        let count = u64::try_from(received).unwrap_or(u64::MAX);
        self.received += count;
        let mut kept = self.seen.keep_new(rows);
        if let Some(left) = self.left() {
            kept.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        }
        self.report.pages += 1;
        self.report.rows += u64::try_from(kept.len()).unwrap_or(u64::MAX);
        // A server that states no total where there are rows is of the documented kind: there a short page is the last.
        let is_last =
            if header.is_none() { count < self.size } else { total.is_exact && self.received >= total.value };
        let is_last = received == 0 || is_last;
        self.is_finished = is_last || self.left() == Some(0);
        let offset = (self.page - 1) * self.size;
        self.page += 1;
        self.total = (header.is_some() || received == 0).then_some(total);
        if !kept.is_empty() || self.report.pages == 1 {
            self.ready = Some(Page {
                body: response.body,
                rows: kept,
                received,
                offset,
                limit: self.size,
                links: Vec::new(),
                total: self.total,
            });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    /// A server as docs/utmstack.md, 1.1 and 1.3 describe it.
    fn answer(call: &Call, rows: u64) -> Response {
        let number = |name: &str| -> u64 {
            call.query
                .iter()
                .find(|(key, _)| key == name)
                .and_then(|(_, value)| value.parse().ok())
                .expect(name)
        };
        let (top, page, size) = (number("top"), number("page").max(1), number("size").min(2_000));
        let from = (page - 1) * size;
        let size = size.min(top.checked_sub(from).expect("a negative size fails with 500"));
        assert!(from + size <= 10_000, "beyond the result window");
        let ids: Vec<String> =
            (from..rows.min(from + size)).map(|row| format!(r#"{{"id":"{row}"}}"#)).collect();
        let mut headers = Headers::default();
        if rows > 0 {
            headers.append("X-Total-Count", rows.min(10_000).min(top).to_string());
        }
        Response { status: 200, headers, body: format!("[{}]", ids.join(",")).into_bytes() }
    }

    fn walk(rows: u64, size: u64, wanted: Option<u64>) -> (u64, u64, Result<NumberedReport, Error>) {
        let mut pages =
            NumberedPages::new(Call::post_read("/search", "[]".to_owned(), "searching"), size, wanted);
        let (mut given, mut requests) = (0, 0);
        loop {
            match pages.next(Timestamp::default()) {
                Ok(Intent::Call(call)) => {
                    requests += 1;
                    pages.answered(answer(&call, rows), Timestamp::default()).expect("understood");
                }
                Ok(Intent::Page(page)) => given += u64::try_from(page.rows.len()).expect("small"),
                Ok(Intent::Wait(_)) => panic!("nothing to wait for"),
                Ok(Intent::Done(report)) => return (given, requests, Ok(report)),
                Err(error) => return (given, requests, Err(error)),
            }
        }
    }

    #[test]
    fn every_row_comes_once_up_to_the_reach_of_a_search() {
        for rows in [0, 1, 20, 1_999, 2_000, 2_001, 9_000, 9_999] {
            for size in [20, 700, 1_500, 2_000, 5_000] {
                let (given, _, report) = walk(rows, size, None);
                assert_eq!(given, rows, "{rows} by {size}");
                assert_eq!(report.expect("ends").rows, rows);
            }
        }
    }

    #[test]
    fn more_than_the_reach_is_given_as_far_as_it_goes_and_then_said() {
        for size in [700, 1_500, 2_000] {
            let (given, _, report) = walk(12_345, size, None);
            assert_eq!(given, 10_000);
            assert!(matches!(report, Err(Error::ResultWindow { .. })), "{report:?}");
        }
    }

    #[test]
    fn without_a_total_a_short_page_is_the_last() {
        for (rows, expected_requests) in [(0, 1), (19, 1), (20, 2), (45, 3)] {
            let call = Call::post_read("/search", "[]".to_owned(), "searching");
            let mut pages = NumberedPages::new(call, 20, None);
            let (mut given, mut requests) = (0, 0);
            loop {
                match pages.next(Timestamp::default()).expect("goes on") {
                    Intent::Call(call) => {
                        requests += 1;
                        let body = answer(&call, rows).body;
                        let response = Response { status: 200, headers: Headers::default(), body };
                        pages.answered(response, Timestamp::default()).expect("understood");
                    }
                    Intent::Page(page) => {
                        given += u64::try_from(page.rows.len()).expect("small");
                        assert_eq!(page.total.is_none(), rows > 0);
                    }
                    Intent::Wait(_) => panic!("nothing to wait for"),
                    Intent::Done(_) => break,
                }
            }
            assert_eq!((given, requests), (rows, expected_requests));
        }
    }

    #[test]
    fn a_wish_within_the_reach_is_met_whatever_lies_beyond() {
        let (given, requests, report) = walk(12_345, 2_000, Some(2_500));
        assert_eq!((given, requests), (2_500, 2));
        assert_eq!(report.expect("ends").rows, 2_500);
    }
}
