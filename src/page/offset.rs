use super::rows::{Page, Row, read_any, read_envelope};
use super::seen::Seen;
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Intent, Procedure};
use crate::platform::Platform;
use crate::time::Timestamp;

/// Sizes that servers are known to cap a page at; a page of such a size may have been cut (docs/uptycs.md, 3.1).
const KNOWN_CAP: usize = 1000;

/// What the rows of an offset-paged list are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// Objects with an `id` of their own: a row that comes twice is given once.
    Identified,
    /// Rows that stand only for themselves, such as those of a SQL result.
    Anonymous,
}

/// Walks a list by `limit` and `offset`.
///
/// It goes on by the number of rows that came, never by a constant, since servers cap pages at sizes that differ and
/// that no document states. It ends at an empty page, or at a short one that offers no `next` link.
#[derive(Debug)]
pub struct OffsetPages {
    call: Call,
    shape: Shape,
    is_lenient: bool,
    page_size: u64,
    wanted: Option<u64>,
    offset: u64,
    seen: Seen,
    report: OffsetReport,
    ready: Option<Page>,
    is_finished: bool,
}

/// What an offset-paged list came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OffsetReport {
    /// Rows given.
    pub rows: u64,
    /// Pages read.
    pub pages: u64,
    /// Rows that came again and were not given again.
    pub duplicates: u64,
}

impl OffsetPages {
    /// Walks what `call` lists, `page_size` rows a request, until all or `wanted` rows are given.
    pub fn new(call: Call, shape: Shape, page_size: u64, wanted: Option<u64>) -> Self {
        Self {
            call,
            shape,
            is_lenient: false,
            page_size: page_size.max(1),
            wanted,
            offset: 0,
            seen: Seen::default(),
            report: OffsetReport::default(),
            ready: None,
            is_finished: wanted == Some(0),
        }
    }

    /// Begins at a later row.
    pub fn starting_at(mut self, offset: u64) -> Self {
        self.offset = offset;
        self
    }

    /// Takes for rows whatever comes: besides a list also `{"tables":[…]}`, a bare array or one object. Those are whole,
    /// so that no further page is asked for.
    pub fn taking_any_shape(mut self) -> Self {
        self.is_lenient = true;
        self
    }

    fn left(&self) -> Option<u64> {
        self.wanted.map(|wanted| wanted.saturating_sub(self.report.rows))
    }

    fn keep(&mut self, rows: Vec<Row>) -> Vec<Row> {
        let mut kept = match self.shape {
            Shape::Identified => self.seen.keep_new(rows),
            Shape::Anonymous => rows,
        };
        if let Some(left) = self.left() {
            kept.truncate(usize::try_from(left).unwrap_or(usize::MAX));
        }
        kept
    }
}

impl Procedure for OffsetPages {
    type Page = Page;
    type Report = OffsetReport;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Page, OffsetReport>, Error> {
        if let Some(page) = self.ready.take() {
            return Ok(Intent::Page(page));
        }
        if self.is_finished {
            self.report.duplicates = self.seen.duplicates();
            return Ok(Intent::Done(self.report));
        }
        let size = self.left().map_or(self.page_size, |left| left.min(self.page_size));
        let call = self.call.clone().with("limit", size.to_string()).with("offset", self.offset.to_string());
        Ok(Intent::Call(call))
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let read = if self.is_lenient {
            read_any(&response.body)
        } else {
            read_envelope(&response.body).map(|envelope| (envelope, false))
        };
        let (envelope, is_whole) = read.map_err(|cause| {
            let expected = "a JSON object with a list \"items\"";
            Unexpected::body(Platform::Uptycs, self.call.doing, &response, expected, &cause)
        })?;
        let received = envelope.rows.len();
        let asked = self.left().map_or(self.page_size, |left| left.min(self.page_size));
        let limit = envelope.limit.unwrap_or(asked);
        let has_next = envelope.links.iter().any(|link| link.rel == "next");
        let may_be_cut = count(received) >= limit.min(asked) || received.is_multiple_of(KNOWN_CAP);
        let rows = self.keep(envelope.rows);
        // A page of nothing new comes from a list that ignores `offset`: it would come for ever.
        let is_repeated = self.shape == Shape::Identified && received > 0 && rows.is_empty();
        self.report.pages += 1;
        self.report.rows += count(rows.len());
        let is_last = is_whole || is_repeated || !(has_next || may_be_cut);
        self.is_finished = received == 0 || self.left() == Some(0) || is_last;
        let offset = self.offset;
        self.offset = offset.saturating_add(count(received));
        if !rows.is_empty() || self.report.pages == 1 {
            let offset = envelope.offset.unwrap_or(offset);
            self.ready = Some(Page {
                body: response.body,
                rows,
                received,
                offset,
                limit,
                links: envelope.links,
                total: None,
            });
        }
        Ok(())
    }
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    /// A list of `rows` rows behind a server that caps pages at `cap`.
    fn walk(
        rows: u64,
        cap: u64,
        echoes_limit: bool,
        gives_links: bool,
        mut pages: OffsetPages,
    ) -> (Vec<String>, OffsetReport, u64) {
        let (mut ids, mut requests) = (Vec::new(), 0);
        loop {
            match pages.next(Timestamp::default()).expect("goes on") {
                Intent::Call(call) => {
                    requests += 1;
                    let number = |name: &str| -> u64 {
                        call.query
                            .iter()
                            .find(|(key, _)| key == name)
                            .and_then(|(_, value)| value.parse().ok())
                            .expect(name)
                    };
                    let (offset, limit) = (number("offset"), number("limit"));
                    let size = limit.min(cap);
                    let items: Vec<String> =
                        (offset..rows.min(offset + size)).map(|row| format!(r#"{{"id":"{row}"}}"#)).collect();
                    let next = if gives_links && offset + size < rows {
                        r#"{"rel":"next","href":"/n"}"#
                    } else {
                        ""
                    };
                    let echo = if echoes_limit { size } else { limit };
                    let body = format!(
                        r#"{{"items":[{}],"links":[{next}],"offset":{offset},"limit":{echo}}}"#,
                        items.join(",")
                    );
                    let response =
                        Response { status: 200, headers: Headers::default(), body: body.into_bytes() };
                    pages.answered(response, Timestamp::default()).expect("understood");
                }
                Intent::Page(page) => ids.extend(page.rows.into_iter().filter_map(|row| row.id)),
                Intent::Wait(_) => panic!("nothing to wait for"),
                Intent::Done(report) => return (ids, report, requests),
            }
        }
    }

    fn pages(page_size: u64, wanted: Option<u64>) -> OffsetPages {
        OffsetPages::new(Call::get("/alerts", "listing alerts"), Shape::Identified, page_size, wanted)
    }

    #[test]
    fn every_row_comes_once_whatever_the_server_caps_and_says() {
        for rows in [0, 1, 999, 1_000, 1_001, 2_500, 10_000] {
            for cap in [1_000, 10_000] {
                for (echoes_limit, gives_links) in
                    [(true, true), (true, false), (false, true), (false, false)]
                {
                    for page_size in [1_000, 10_000] {
                        let (ids, report, _) =
                            walk(rows, cap, echoes_limit, gives_links, pages(page_size, None));
                        let expected: Vec<String> = (0..rows).map(|row| row.to_string()).collect();
                        assert_eq!(ids, expected, "{rows} rows, cap {cap}, {echoes_limit} {gives_links}");
                        assert_eq!((report.rows, report.duplicates), (rows, 0));
                    }
                }
            }
        }
    }

    #[test]
    fn a_short_list_costs_one_request() {
        assert_eq!(walk(5, 1_000, true, true, pages(1_000, None)).2, 1);
    }

    #[test]
    fn no_more_is_asked_for_than_is_wanted() {
        let (ids, report, requests) = walk(5_000, 1_000, true, true, pages(1_000, Some(1_500)));
        assert_eq!((ids.len(), report.rows, requests), (1_500, 1_500, 2));
        assert_eq!(walk(5_000, 1_000, true, true, pages(1_000, Some(0))).2, 0);
    }

    #[test]
    fn a_list_that_ignores_the_offset_ends() {
        let mut pages = pages(2, None);
        let mut requests = 0;
        let report = loop {
            match pages.next(Timestamp::default()).expect("goes on") {
                Intent::Call(_) => {
                    requests += 1;
                    assert!(requests < 5, "it would go on for ever");
                    let body =
                        br#"{"items":[{"id":"a"},{"id":"b"}],"links":[],"offset":0,"limit":2}"#.to_vec();
                    let response = Response { status: 200, headers: Headers::default(), body };
                    pages.answered(response, Timestamp::default()).expect("understood");
                }
                Intent::Page(_) => {}
                Intent::Wait(_) => panic!("nothing to wait for"),
                Intent::Done(report) => break report,
            }
        };
        assert_eq!((report.rows, report.duplicates, requests), (2, 2, 2));
    }

    #[test]
    fn a_row_that_moved_to_the_next_page_is_given_once() {
        let mut pages = pages(2, None);
        let mut ids = Vec::new();
        let mut answers = [r#"[{"id":"a"},{"id":"b"}]"#, r#"[{"id":"b"},{"id":"c"}]"#, "[]"].into_iter();
        let report = loop {
            match pages.next(Timestamp::default()).expect("goes on") {
                Intent::Call(_) => {
                    let items = answers.next().expect("no more requests than pages");
                    let body = format!(r#"{{"items":{items},"links":[],"offset":0,"limit":2}}"#).into_bytes();
                    pages
                        .answered(
                            Response { status: 200, headers: Headers::default(), body },
                            Timestamp::default(),
                        )
                        .expect("understood");
                }
                Intent::Page(page) => ids.extend(page.rows.into_iter().filter_map(|row| row.id)),
                Intent::Wait(_) => panic!("nothing to wait for"),
                Intent::Done(report) => break report,
            }
        };
        assert_eq!(ids, ["a", "b", "c"]);
        assert_eq!(report.duplicates, 1);
    }
}
