use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Intent, Procedure};
use crate::page::{NumberedReport, Page, Total};
use crate::platform::Platform;
use crate::time::Timestamp;
use std::collections::HashSet;

/// How many rows a request asks for: the most that servers give.
const SIZE: u64 = 2_000;

/// Walks a list of the kind that servers keep in Postgres: pages count from 0 and the total is exact
/// (docs/utmstack.md, 1.1).
#[derive(Debug)]
pub struct Listing {
    call: Call,
    wanted: Option<u64>,
    size: u64,
    page: u64,
    received: u64,
    /// The ids that were given: a row that moves to a later page meanwhile is given once.
    seen: HashSet<String>,
    report: NumberedReport,
    ready: Option<Page>,
    is_finished: bool,
}

impl Listing {
    /// Walks what `call` lists, until all or `wanted` rows are given.
    pub(super) fn new(call: Call, wanted: Option<u64>) -> Self {
        Self {
            call,
            wanted,
            size: wanted.map_or(SIZE, |wanted| wanted.clamp(1, SIZE)),
            page: 0,
            received: 0,
            seen: HashSet::new(),
            report: NumberedReport::default(),
            ready: None,
            is_finished: wanted == Some(0),
        }
    }
}

impl Procedure for Listing {
    type Page = Page;
    type Report = NumberedReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Page, NumberedReport>, Error> {
        if let Some(page) = self.ready.take() {
            return Ok(Intent::Page(page));
        }
        if self.is_finished {
            return Ok(Intent::Done(self.report));
        }
        let call = self.call.clone();
        Ok(Intent::Call(call.with("page", self.page.to_string()).with("size", self.size.to_string())))
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        // Some lists answer nothing at all where there is nothing (docs/utmstack.md, 5.2).
        let body = if response.body.is_empty() { b"[]".to_vec() } else { response.body.clone() };
        let mut page = Page::of_array(body).map_err(|cause| {
            Unexpected::body(Platform::Utmstack, self.call.doing, &response, "a JSON array", &cause)
        })?;
        let total = response.headers.get("x-total-count").and_then(|total| total.trim().parse::<u64>().ok());
        let count = page.limit;
        self.received += count;
        page.rows.retain(|row| row.id.as_ref().is_none_or(|id| self.seen.insert(id.clone())));
        let kept = &mut page.rows;
        self.report.duplicates += count - u64::try_from(kept.len()).unwrap_or(count);
        let left = self.wanted.map(|wanted| wanted.saturating_sub(self.report.rows));
        if let Some(left) = left {
            kept.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        }
        let given = u64::try_from(kept.len()).unwrap_or(u64::MAX);
        self.report.rows += given;
        self.report.pages += 1;
        let is_last = count < self.size || total.is_some_and(|total| self.received >= total);
        self.is_finished = is_last || left == Some(given);
        page.offset = self.page * self.size;
        page.limit = self.size;
        page.total = total.map(|value| Total { value, is_exact: true });
        self.page += 1;
        if given > 0 || self.report.pages == 1 {
            self.ready = Some(page);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    /// Walks a list of `rows` rows; gives rows and requests.
    fn walk(rows: u64, wanted: Option<u64>, states_total: bool) -> (u64, u64) {
        let mut listing = Listing::new(Call::get("/list", "listing"), wanted);
        let (mut given, mut requests) = (0, 0);
        loop {
            match listing.next(Timestamp::default()).expect("goes on") {
                Intent::Call(call) => {
                    requests += 1;
                    let number = |name: &str| -> u64 {
                        let value =
                            call.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
                        value.and_then(|value| value.parse().ok()).expect("a number")
                    };
                    let from = number("page") * number("size");
                    let ids: Vec<String> = (from..rows.min(from + number("size")))
                        .map(|id| format!(r#"{{"id":{id}}}"#))
                        .collect();
                    let mut headers = Headers::default();
                    if states_total {
                        headers.append("X-Total-Count", rows.to_string());
                    }
                    let body = format!("[{}]", ids.join(",")).into_bytes();
                    listing
                        .answered(Response { status: 200, headers, body }, Timestamp::default())
                        .expect("read");
                }
                Intent::Page(page) => given += u64::try_from(page.rows.len()).expect("small"),
                Intent::Wait(_) => panic!("nothing to wait for"),
                Intent::Done(report) => {
                    assert_eq!(report.rows, given);
                    return (given, requests);
                }
            }
        }
    }

    #[test]
    fn every_row_comes_once_counted_from_page_nought() {
        for states_total in [true, false] {
            assert_eq!(walk(0, None, states_total), (0, 1));
            assert_eq!(walk(1_999, None, states_total), (1_999, 1));
            assert_eq!(walk(4_500, None, states_total), (4_500, 3));
            assert_eq!(walk(4_500, Some(30), states_total), (30, 1));
            assert_eq!(walk(4_500, Some(2_500), states_total), (2_500, 2));
        }
        assert_eq!(walk(4_000, None, true), (4_000, 2), "the total says that there is no third page");
    }
}
