use super::checkpoint::Gaps;
use super::source::{Answer, PageQuery, Partition, Source};
use super::window::Window;
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Intent, Procedure};
use crate::page::Row;
use crate::time::Timestamp;
use core::time::Duration;
use std::collections::HashSet;

const MILLISECOND: Duration = Duration::from_millis(1);
/// How often an instant whose rows vanish under the reader is read anew before the pull says so.
const RESTARTS: u32 = 3;

/// Reads one slice: one request, or several when a single instant holds more than a page.
#[derive(Debug)]
pub(super) struct Slice<S: Source> {
    source: S,
    window: Window,
    size: u64,
    /// Ids of the first instant that another slice or an earlier run has delivered.
    delivered: HashSet<String>,
    stage: Stage,
    ready: Vec<SlicePage>,
    outcome: SliceOutcome,
    restarts: u32,
    gaps: Gaps,
}

/// Rows of a slice, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct SlicePage {
    pub(super) body: Vec<u8>,
    pub(super) rows: Vec<Row>,
    /// Everything before this instant has been delivered once this page is.
    pub(super) next: Timestamp,
    /// The ids of that instant that have been delivered then.
    pub(super) delivered: Vec<String>,
    /// What could not be read for sure on the way to this page.
    pub(super) gaps: Gaps,
}

/// What a slice came to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct SliceOutcome {
    /// Where reading ended, when the slice held more than one request gives, and what of that instant was read.
    pub(super) rest: Option<(Timestamp, Vec<String>)>,
    pub(super) rows: usize,
    pub(super) duplicates: u64,
    pub(super) deletions: u64,
}

#[derive(Debug)]
enum Stage {
    /// One request for the whole slice.
    Whole,
    /// One instant, part by part; the last part is read first.
    Parts {
        parts: Vec<Partition>,
    },
    /// One instant, by offset, each request repeating the last row of the one before.
    Offsets {
        part: Partition,
        offset: u64,
        last: Option<String>,
    },
    Done,
}

impl<S: Source> Slice<S> {
    pub(super) fn new(source: S, window: Window, size: u64, delivered: Vec<String>) -> Self {
        Self {
            source,
            window,
            size,
            delivered: delivered.into_iter().collect(),
            stage: Stage::Whole,
            ready: Vec::new(),
            outcome: SliceOutcome::default(),
            restarts: 0,
            gaps: Gaps::default(),
        }
    }

    fn query(&self) -> PageQuery {
        let first = Window::new(self.window.from, self.window.from.after(MILLISECOND));
        let (window, offset, partition) = match &self.stage {
            Stage::Whole | Stage::Done => (self.window, 0, Partition::default()),
            Stage::Parts { parts } => (first, 0, parts.last().cloned().unwrap_or_default()),
            Stage::Offsets { part, offset, .. } => (first, *offset, part.clone()),
        };
        PageQuery { window, size: self.size, offset, partition, is_newest_first: false }
    }

    /// Takes rows that belong to `window` and were not delivered yet.
    fn keep(&mut self, answer: Answer, window: Window, next: Timestamp) {
        let mut rows = Vec::with_capacity(answer.rows.len());
        let mut at_next = Vec::new();
        for timed in answer.rows {
            let Some(at) = timed.at else {
                self.gaps.undated += 1;
                continue;
            };
            if !window.contains(at) {
                self.outcome.duplicates += 1;
                continue;
            }
            if let Some(id) = &timed.row.id {
                // Only the slice's first instant can have been delivered before, and only its own rows can come twice.
                let is_first = at == self.window.from;
                if is_first && !self.delivered.insert(id.clone()) {
                    self.outcome.duplicates += 1;
                    continue;
                }
                if at == next {
                    at_next.push(id.clone());
                }
            }
            rows.push(timed.row);
        }
        if next == self.window.from {
            at_next = self.delivered.iter().cloned().collect();
            at_next.sort_unstable();
        }
        self.outcome.rows += rows.len();
        let gaps = core::mem::take(&mut self.gaps);
        self.ready.push(SlicePage { body: answer.body, rows, next, delivered: at_next, gaps });
    }

    /// The whole slice was asked for.
    fn whole(&mut self, answer: Answer) {
        if !answer.is_cut {
            self.stage = Stage::Done;
            self.keep(answer, self.window, self.window.to);
            return;
        }
        // Rows come oldest first, so all before the last one's time are there; of that instant itself some may be cut.
        let last =
            answer.rows.iter().filter_map(|timed| timed.at).filter(|at| self.window.contains(*at)).max();
        match last {
            Some(last) if last > self.window.from => {
                self.stage = Stage::Done;
                self.keep(answer, self.window, last);
                let read = self.ready.last().map(|page| page.delivered.clone()).unwrap_or_default();
                self.outcome.rest = Some((last, read));
            }
            // The first instant alone fills the page.
            _ => {
                let parts = self.source.split(&Partition::default());
                self.stage = if parts.is_empty() {
                    Stage::Offsets { part: Partition::default(), offset: 0, last: None }
                } else {
                    Stage::Parts { parts }
                };
            }
        }
    }

    /// One part of the first instant was asked for.
    fn part(&mut self, answer: Answer, mut parts: Vec<Partition>) {
        let part = parts.pop().unwrap_or_default();
        if answer.is_cut {
            let smaller = self.source.split(&part);
            if smaller.is_empty() {
                // It cannot be split further: what came is delivered, and the report says that more may be there.
                self.gaps.unsettled += 1;
            } else {
                parts.extend(smaller);
                self.stage = Stage::Parts { parts };
                return;
            }
        }
        self.first_instant(answer);
        self.stage = if parts.is_empty() { self.behind_first_instant() } else { Stage::Parts { parts } };
    }

    /// A page of the first instant was asked for by offset.
    fn offset(&mut self, answer: Answer, part: Partition, offset: u64, last: Option<&str>) {
        let first = answer.rows.first().and_then(|timed| timed.row.id.as_deref());
        if last.is_some() && first != last {
            // A row before this place vanished, and others moved up unseen: read the instant again.
            self.outcome.deletions += 1;
            self.restarts += 1;
            if self.restarts <= RESTARTS {
                self.stage = Stage::Offsets { part, offset: 0, last: None };
                return;
            }
            self.gaps.unsettled += 1;
        }
        let came = u64::try_from(answer.rows.len()).unwrap_or(u64::MAX);
        let last = answer.rows.last().and_then(|timed| timed.row.id.clone());
        let is_cut = answer.is_cut && came > 1;
        self.first_instant(answer);
        self.stage = if is_cut {
            Stage::Offsets { part, offset: offset.saturating_add(came - 1), last }
        } else {
            self.behind_first_instant()
        };
    }

    fn first_instant(&mut self, answer: Answer) {
        let first = Window::new(self.window.from, self.window.from.after(MILLISECOND));
        self.keep(answer, first, first.from);
    }

    /// The first instant is read: what lies behind it is a slice of its own.
    fn behind_first_instant(&mut self) -> Stage {
        let next = self.window.from.after(MILLISECOND);
        if let Some(page) = self.ready.last_mut() {
            page.next = next;
            page.delivered = Vec::new();
        }
        self.outcome.rest = (next < self.window.to).then(|| (next, Vec::new()));
        Stage::Done
    }
}

impl<S: Source> Procedure for Slice<S> {
    type Page = SlicePage;
    type Report = SliceOutcome;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<SlicePage, SliceOutcome>, Error> {
        if !self.ready.is_empty() {
            return Ok(Intent::Page(self.ready.remove(0)));
        }
        Ok(match self.stage {
            Stage::Done => Intent::Done(self.outcome.clone()),
            _ => Intent::Call(self.source.call(&self.query())),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let answer = self.source.read(&self.query(), response)?;
        match core::mem::replace(&mut self.stage, Stage::Done) {
            Stage::Whole => self.whole(answer),
            Stage::Parts { parts } => self.part(answer, parts),
            Stage::Offsets { part, offset, last } => self.offset(answer, part, offset, last.as_deref()),
            Stage::Done => return Err(Error::Misuse("There was no call to receive an answer to.")),
        }
        Ok(())
    }
}
