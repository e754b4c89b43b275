use super::cancel::Cancel;
use super::outcome::{ItemResult, Outcome};
use super::report::BulkReport;
use super::write::BulkWrite;
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Intent, Procedure};
use crate::time::Timestamp;
use std::collections::{HashMap, HashSet, VecDeque};

/// How a write to many is cut and stopped.
#[derive(Debug, Clone)]
pub struct BulkOptions {
    /// How many ids one request carries, 1 or more.
    ///
    /// UTMStack's history records only the first 10 alerts of a request (docs/utmstack.md, 5.3), so 10 keeps the audit
    /// trail whole and 1,000 is fast: a hundred times fewer requests for ninety-nine alerts in a hundred unrecorded.
    pub chunk_size: usize,
    /// Who may stop it between two chunks.
    pub cancel: Cancel,
}

impl Default for BulkOptions {
    /// Chunks of 10.
    fn default() -> Self {
        Self { chunk_size: 10, cancel: Cancel::default() }
    }
}

/// How far a write to many has come, after each chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BulkProgress {
    /// How many ids have a result by now.
    pub done: usize,
    /// How many there are.
    pub total: usize,
    /// The results of this chunk.
    pub results: Vec<ItemResult>,
}

/// Writes to many things, chunk after chunk.
///
/// A chunk that is refused as a whole (400, 404, 409, 422) is halved until what is refused stands alone, so that one
/// unknown id spoils nothing for its neighbours. A failure that concerns every call, such as a refused sign-in, ends
/// the operation with that error; driving it again goes on with the same chunk.
#[derive(Debug)]
pub struct Bulk<W: BulkWrite> {
    write: W,
    waiting: VecDeque<Vec<String>>,
    current: Option<(Vec<String>, W::Chunk)>,
    order: Vec<String>,
    outcomes: HashMap<String, Outcome>,
    ready: Option<Vec<ItemResult>>,
    cancel: Cancel,
    is_abandoned: bool,
}

impl<W: BulkWrite> Bulk<W> {
    /// Prepares to write to `ids`, each once, in their order.
    pub fn new<I>(write: W, ids: I, options: &BulkOptions) -> Self
    where
        I: IntoIterator,
        I::Item: Into<String>,
    {
        let mut seen = HashSet::new();
        let order: Vec<String> =
            ids.into_iter().map(Into::into).filter(|id| seen.insert(id.clone())).collect();
        let waiting = order.chunks(options.chunk_size.max(1)).map(<[String]>::to_vec).collect();
        Self {
            write,
            waiting,
            current: None,
            order,
            outcomes: HashMap::new(),
            ready: None,
            cancel: options.cancel.clone(),
            is_abandoned: false,
        }
    }

    /// Takes what a chunk came to, as its results.
    fn settle(&mut self, ids: Vec<String>, results: Vec<ItemResult>) {
        let mut told: HashMap<String, Outcome> =
            results.into_iter().map(|item| (item.id, item.outcome)).collect();
        let results: Vec<ItemResult> = ids
            .into_iter()
            .map(|id| {
                let outcome = told.remove(&id);
                let missing = || Outcome::NotApplied("The platform said nothing about it.".to_owned());
                ItemResult { outcome: outcome.unwrap_or_else(missing), id }
            })
            .collect();
        self.outcomes.extend(results.iter().map(|item| (item.id.clone(), item.outcome.clone())));
        self.ready = Some(results);
    }

    /// Takes an error that ended a chunk: as the results of its ids, or as a reason to try them in halves.
    fn settle_failed(&mut self, mut ids: Vec<String>, error: &Error) {
        if ids.len() > 1 && names_a_part(error) {
            let second = ids.split_off(ids.len() / 2);
            self.waiting.push_front(second);
            self.waiting.push_front(ids);
            return;
        }
        let results =
            ids.iter().map(|id| ItemResult::new(id.clone(), Outcome::Failed(error.clone()))).collect();
        self.settle(ids, results);
    }

    fn report(&self) -> BulkReport {
        let outcome = |id: &String| self.outcomes.get(id).cloned().unwrap_or(Outcome::NotTried);
        let results: Vec<ItemResult> =
            self.order.iter().map(|id| ItemResult { outcome: outcome(id), id: id.clone() }).collect();
        let is_cancelled = results.iter().any(|item| item.outcome == Outcome::NotTried);
        BulkReport { results, is_cancelled }
    }
}

/// Whether a refusal may be about some of the ids only, and nothing was done.
fn names_a_part(error: &Error) -> bool {
    matches!(error, Error::Refused(refusal) if matches!(refusal.status, 400 | 404 | 409 | 422))
}

/// Whether an error would meet every further call as well.
fn concerns_all(error: &Error) -> bool {
    matches!(error.status(), Some(401 | 403 | 423 | 429))
        || matches!(error.code(), "unreachable" | "cancelled")
}

impl<W: BulkWrite> Procedure for Bulk<W> {
    type Page = BulkProgress;
    type Report = BulkReport;

    fn next(&mut self, now: Timestamp) -> Result<Intent<BulkProgress, BulkReport>, Error> {
        loop {
            if let Some(results) = self.ready.take() {
                let (done, total) = (self.outcomes.len(), self.order.len());
                return Ok(Intent::Page(BulkProgress { done, total, results }));
            }
            let (ids, mut chunk) = match self.current.take() {
                Some(current) => current,
                None if self.is_abandoned || self.cancel.is_cancelled() => {
                    return Ok(Intent::Done(self.report()));
                }
                None => {
                    let Some(ids) = self.waiting.pop_front() else { return Ok(Intent::Done(self.report())) };
                    match self.write.chunk(&ids) {
                        Ok(chunk) => (ids, chunk),
                        Err(error) => {
                            self.settle_failed(ids, &error);
                            continue;
                        }
                    }
                }
            };
            match chunk.next(now) {
                Ok(Intent::Call(call)) => {
                    self.current = Some((ids, chunk));
                    return Ok(Intent::Call(call));
                }
                Ok(Intent::Wait(pause)) => {
                    self.current = Some((ids, chunk));
                    return Ok(Intent::Wait(pause));
                }
                Ok(Intent::Page(never)) => match never {},
                Ok(Intent::Done(results)) => self.settle(ids, results),
                Err(error) => self.settle_failed(ids, &error),
            }
        }
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        match &mut self.current {
            Some((_, chunk)) => chunk.answered(response, now),
            None => Ok(()),
        }
    }

    fn failed(&mut self, error: Error, now: Timestamp) -> Result<(), Error> {
        let Some((ids, mut chunk)) = self.current.take() else { return Err(error) };
        if concerns_all(&error) {
            self.current = Some((ids, chunk));
            return Err(error);
        }
        match chunk.failed(error, now) {
            Ok(()) => self.current = Some((ids, chunk)),
            Err(error) => self.settle_failed(ids, &error),
        }
        Ok(())
    }

    fn abandon(&mut self) {
        self.is_abandoned = true;
        self.current = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::{Refusal, RefusalKind};
    use crate::http::{Headers, Method};
    use crate::machine::Call;
    use crate::platform::Platform;
    use crate::retry::Safety;
    use core::convert::Infallible;

    /// Writes ids by one call whose path names them.
    #[derive(Debug)]
    struct Write;

    #[derive(Debug)]
    struct Chunk {
        ids: Vec<String>,
        is_done: bool,
    }

    impl BulkWrite for Write {
        type Chunk = Chunk;

        fn chunk(&self, ids: &[String]) -> Result<Chunk, Error> {
            Ok(Chunk { ids: ids.to_vec(), is_done: false })
        }
    }

    impl Procedure for Chunk {
        type Page = Infallible;
        type Report = Vec<ItemResult>;

        fn next(&mut self, _now: Timestamp) -> Result<Intent<Infallible, Vec<ItemResult>>, Error> {
            if self.is_done {
                let results = self.ids.iter().map(|id| ItemResult::new(id.clone(), Outcome::Applied));
                return Ok(Intent::Done(results.collect()));
            }
            let path = format!("/{}", self.ids.join(","));
            Ok(Intent::Call(Call::write(Method::Post, path, Safety::IdempotentWrite, "writing")))
        }

        fn answered(&mut self, _response: Response, _now: Timestamp) -> Result<(), Error> {
            self.is_done = true;
            Ok(())
        }
    }

    fn refused(status: u16) -> Error {
        Error::Refused(Refusal {
            platform: Platform::Utmstack,
            doing: "writing",
            kind: RefusalKind::of_status(status),
            status,
            said: None,
            retry_after: None,
            hint: None,
        })
    }

    /// Drives against a server that answers by the ids of a call; gives the paths called.
    fn run(
        bulk: &mut Bulk<Write>,
        server: impl Fn(&str) -> Option<u16>,
        mut page: impl FnMut(BulkProgress),
    ) -> (Vec<String>, Result<BulkReport, Error>) {
        let mut paths = Vec::new();
        let now = Timestamp::default();
        loop {
            match bulk.next(now) {
                Ok(Intent::Call(call)) => {
                    paths.push(call.path.trim_start_matches('/').to_owned());
                    let taken = match server(&call.path) {
                        None => bulk.answered(
                            Response { status: 200, headers: Headers::default(), body: Vec::new() },
                            now,
                        ),
                        Some(status) => bulk.failed(refused(status), now),
                    };
                    if let Err(error) = taken {
                        return (paths, Err(error));
                    }
                }
                Ok(Intent::Page(progress)) => page(progress),
                Ok(Intent::Wait(_)) => {}
                Ok(Intent::Done(report)) => return (paths, Ok(report)),
                Err(error) => return (paths, Err(error)),
            }
        }
    }

    fn bulk(ids: &[&str], chunk_size: usize) -> Bulk<Write> {
        Bulk::new(Write, ids.iter().copied(), &BulkOptions { chunk_size, ..BulkOptions::default() })
    }

    #[test]
    fn ids_go_in_chunks_each_once_with_progress_after_each() {
        let mut progress = Vec::new();
        let mut bulk = bulk(&["a", "b", "a", "c", "d", "e"], 2);
        let (paths, report) = run(&mut bulk, |_| None, |page| progress.push((page.done, page.total)));
        assert_eq!(paths, ["a,b", "c,d", "e"]);
        assert_eq!(progress, [(2, 5), (4, 5), (5, 5)]);
        let report = report.expect("ends");
        assert_eq!((report.succeeded(), report.is_cancelled), (5, false));
    }

    #[test]
    fn what_is_refused_is_found_by_halving_and_spoils_nothing_else() {
        let mut bulk = bulk(&["a", "b", "bad", "d", "e"], 5);
        let (paths, report) = run(&mut bulk, |path| path.contains("bad").then_some(404), |_| {});
        assert_eq!(paths, ["a,b,bad,d,e", "a,b", "bad,d,e", "bad", "d,e"]);
        assert_eq!(report.expect("ends").ids_to_retry(), ["bad"]);
    }

    #[test]
    fn a_failing_server_fails_the_chunk_and_not_the_rest() {
        let mut bulk = bulk(&["a", "b", "c", "d"], 2);
        let (paths, report) = run(&mut bulk, |path| path.contains('a').then_some(500), |_| {});
        assert_eq!(paths, ["a,b", "c,d"]);
        let report = report.expect("ends");
        assert_eq!(report.ids_to_retry(), ["a", "b"]);
        assert!(report.results.first().is_some_and(|item| item.outcome.is_uncertain()));
    }

    #[test]
    fn a_cancelled_write_ends_after_its_chunk_and_names_what_was_not_tried() {
        let options = BulkOptions { chunk_size: 1, cancel: Cancel::default() };
        let mut bulk = Bulk::new(Write, ["a", "b", "c"], &options);
        let (paths, report) = run(&mut bulk, |_| None, |_| options.cancel.cancel());
        assert_eq!(paths, ["a"]);
        let report = report.expect("ends");
        assert!(report.is_cancelled);
        assert_eq!(report.ids_to_retry(), ["b", "c"]);
    }

    #[test]
    fn a_failure_that_concerns_every_call_ends_it_and_it_can_go_on_from_there() {
        let mut bulk = bulk(&["a", "b"], 1);
        let (_, error) = run(&mut bulk, |path| path.contains('b').then_some(403), |_| {});
        assert_eq!(error.expect_err("forbidden").status(), Some(403));
        let (paths, report) = run(&mut bulk, |_| None, |_| {});
        assert_eq!(paths, ["b"]);
        assert_eq!(report.expect("ends").succeeded(), 2);
    }
}
