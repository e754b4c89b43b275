use super::checkpoint::{Checkpoint, Gaps};
use super::concurrency::Concurrency;
use super::density::Density;
use super::options::PullOptions;
use super::report::{Guarantee, PullReport};
use super::slice::{Slice, SliceOutcome, SlicePage};
use super::source::{PageQuery, Partition, Source};
use super::window::Window;
use crate::error::Error;
use crate::http::{Failure, Request, Response};
use crate::machine::{Call, Intent, Machine, Moment, Procedure, Step};
use crate::page::Row;
use crate::time::Timestamp;
use alloc::collections::VecDeque;
use core::time::Duration;

/// Which of a pull's requests an answer belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Ticket(u64);

/// What a pull wants next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PullStep {
    /// Send this and go on calling `next`; hand what came of it to `received`, with the ticket.
    Send(Ticket, Request),
    /// Call `next` again after any answer, or after this long where a time is given.
    Wait(Option<Duration>),
    /// Here are rows; the checkpoint leads on behind them.
    Page(PullPage),
    /// It is finished, or its budget is spent; requests under way can be given up.
    Done(PullReport),
}

/// Rows of a pull, in the order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PullPage {
    /// The bytes of the whole answer.
    pub body: Vec<u8>,
    /// Where each row lies in `body`; rows that do not belong here are left out.
    pub rows: Vec<Row>,
    /// Where the pull stands once these rows are kept.
    pub checkpoint: Checkpoint,
}

/// Pulls all rows of a list between two instants, several requests at a time.
#[derive(Debug)]
pub struct Pull<S: Source> {
    source: S,
    options: PullOptions,
    size: u64,
    stage: Stage<S>,
    slots: VecDeque<Slot<S>>,
    planned: Timestamp,
    end: Timestamp,
    delivered: Vec<String>,
    concurrency: Concurrency,
    density: Density,
    next_ticket: u64,
    started: Option<Timestamp>,
    as_of: Option<Timestamp>,
    tally: Tally,
}

#[derive(Debug)]
enum Stage<S: Source> {
    /// Asks for the oldest row, to learn the server's time and where the rows begin.
    Probe {
        machine: Box<Machine<Probe<S>>>,
        in_flight: Option<Ticket>,
    },
    Slices,
}

/// A slice that is planned, being read, or waiting to be delivered.
#[derive(Debug)]
struct Slot<S: Source> {
    window: Window,
    machine: Machine<Slice<S>>,
    in_flight: Option<Ticket>,
    pages: VecDeque<SlicePage>,
    is_started: bool,
    is_read: bool,
}

#[derive(Debug, Default)]
struct Tally {
    rows: u64,
    slices: u64,
    requests: u64,
    retries: u64,
    duplicates: u64,
    deletions: u64,
    gaps: Gaps,
    bytes: u64,
    has_own_clock: bool,
}

impl<S: Source> Pull<S> {
    /// Prepares a pull; nothing is sent yet.
    pub fn new(source: S, options: PullOptions) -> Self {
        let size = options.page_size.unwrap_or(u64::MAX).clamp(1, source.largest_page());
        let probe = Probe { source: source.clone(), since: options.since, answer: None };
        let machine = Box::new(Machine::new(source.channel(), probe));
        Self {
            size,
            stage: Stage::Probe { machine, in_flight: None },
            slots: VecDeque::new(),
            planned: Timestamp::default(),
            end: Timestamp::default(),
            delivered: Vec::new(),
            concurrency: Concurrency::new(options.concurrency),
            density: Density::new(),
            next_ticket: 0,
            started: None,
            as_of: None,
            tally: Tally::default(),
            source,
            options,
        }
    }

    /// Goes on where a checkpoint was made: the rows that it stands for are not delivered again.
    pub fn resume(source: S, options: PullOptions, checkpoint: &Checkpoint) -> Self {
        let mut pull = Self::new(source, options);
        pull.stage = Stage::Slices;
        pull.planned = checkpoint.next();
        pull.end = checkpoint.end();
        pull.delivered = checkpoint.delivered().to_vec();
        pull.as_of = Some(checkpoint.as_of());
        pull.tally.gaps = checkpoint.gaps();
        pull
    }

    /// What to do next.
    ///
    /// # Errors
    ///
    /// Whatever ended a request for good. The pull stands where it stood: `next` makes the request again.
    pub fn next(&mut self, moment: Moment) -> Result<PullStep, Error> {
        let started = *self.started.get_or_insert(moment.now);
        if let Stage::Probe { .. } = self.stage {
            return self.probe(moment);
        }
        if let Some(page) = self.deliver() {
            return Ok(PullStep::Page(page));
        }
        let is_read = self.slots.is_empty() && self.planned >= self.end;
        let is_spent =
            self.options.budget.is_spent(self.tally.requests, started.until(moment.now), self.tally.bytes);
        if is_read || is_spent {
            return Ok(PullStep::Done(self.report(is_read, started.until(moment.now))));
        }
        self.plan();
        self.ask(moment)
    }

    /// Takes what came of a request.
    ///
    /// # Errors
    ///
    /// Whatever ends the request for good; an answer to a request that is not under way is passed over.
    pub fn received(
        &mut self,
        ticket: Ticket,
        outcome: Result<Response, Failure>,
        moment: Moment,
    ) -> Result<(), Error> {
        if let Ok(response) = &outcome {
            self.concurrency.answered(response.status);
            self.tally.bytes += u64::try_from(response.body.len()).unwrap_or(u64::MAX);
        }
        let result = match &mut self.stage {
            Stage::Probe { machine, in_flight } if *in_flight == Some(ticket) => {
                *in_flight = None;
                if let Ok(response) = &outcome
                    && response.is_success()
                {
                    let server = response.headers.get("date").and_then(Timestamp::parse_http_date);
                    self.tally.has_own_clock = server.is_none();
                    self.as_of = Some(server.unwrap_or(moment.now).before(self.options.lag));
                }
                machine.received(outcome, moment).map(|()| machine.is_repeating())
            }
            _ => match self.slots.iter_mut().find(|slot| slot.in_flight == Some(ticket)) {
                Some(slot) => {
                    slot.in_flight = None;
                    slot.machine.received(outcome, moment).map(|()| slot.machine.is_repeating())
                }
                None => return Ok(()),
            },
        };
        self.tally.retries += u64::from(result?);
        Ok(())
    }

    fn probe(&mut self, moment: Moment) -> Result<PullStep, Error> {
        let Stage::Probe { machine, in_flight } = &mut self.stage else {
            return Err(Error::Misuse("The pull has begun already."));
        };
        if in_flight.is_some() {
            return Ok(PullStep::Wait(None));
        }
        match machine.next(moment)? {
            Step::Send(request) => {
                let ticket = Ticket(self.next_ticket);
                self.next_ticket += 1;
                *in_flight = Some(ticket);
                self.tally.requests += 1;
                Ok(PullStep::Send(ticket, request))
            }
            Step::Wait(pause) => Ok(PullStep::Wait(Some(pause))),
            Step::Park => Ok(PullStep::Wait(None)),
            Step::Page(never) => match never {},
            Step::Done(oldest) => {
                let as_of = *self.as_of.get_or_insert(moment.now.before(self.options.lag));
                // The as-of itself belongs to the pull.
                let bound = as_of.after(Duration::from_millis(1));
                self.end = self.options.until.map_or(bound, |until| until.min(bound));
                let from = oldest.unwrap_or(self.end);
                self.planned = self.options.since.map_or(from, |since| since.max(from));
                self.stage = Stage::Slices;
                self.next(moment)
            }
        }
    }

    /// Rows of the first slice, if there are any yet; slices that are read to the end are left behind.
    fn deliver(&mut self) -> Option<PullPage> {
        loop {
            let slot = self.slots.front_mut()?;
            if let Some(page) = slot.pages.pop_front() {
                self.tally.gaps.undated += page.gaps.undated;
                self.tally.gaps.unsettled += page.gaps.unsettled;
                if page.rows.is_empty() {
                    continue;
                }
                self.tally.rows += u64::try_from(page.rows.len()).unwrap_or(u64::MAX);
                let as_of = self.as_of.unwrap_or_default();
                let checkpoint = Checkpoint::new(as_of, self.end, page.next, page.delivered, self.tally.gaps);
                return Some(PullPage { body: page.body, rows: page.rows, checkpoint });
            }
            if !slot.is_read {
                return None;
            }
            self.slots.pop_front();
        }
    }

    /// Cuts the next slices off what is not planned yet.
    fn plan(&mut self) {
        while self.slots.len() < self.concurrency.present() && self.planned < self.end {
            let whole = Window::new(self.planned, self.end);
            // Before anything is known of the density, one slice shows it.
            let length = self.density.length_of(self.size);
            if length.is_none() && !self.slots.is_empty() {
                return;
            }
            let to = length.map_or(whole.to, |length| whole.from.after(length).min(whole.to));
            let window = Window::new(whole.from, to);
            let delivered = core::mem::take(&mut self.delivered);
            self.slots.push_back(self.slot(window, delivered));
            self.planned = to;
        }
    }

    fn slot(&self, window: Window, delivered: Vec<String>) -> Slot<S> {
        let slice = Slice::new(self.source.clone(), window, self.size, delivered);
        Slot {
            window,
            machine: Machine::new(self.source.channel(), slice),
            in_flight: None,
            pages: VecDeque::new(),
            is_started: false,
            is_read: false,
        }
    }

    /// Lets the slices go on, the first ones first.
    fn ask(&mut self, moment: Moment) -> Result<PullStep, Error> {
        let mut pause: Option<Duration> = None;
        let mut busy =
            self.slots.iter().filter(|slot| slot.in_flight.is_some() || !slot.pages.is_empty()).count();
        let mut at = 0;
        while at < self.slots.len() {
            let is_first = at == 0;
            let may_begin = is_first || busy < self.concurrency.present();
            let Some(slot) = self.slots.get_mut(at) else { break };
            // A slice that waits for its turn may finish what it has read, and hold no more than that.
            let is_idle = slot.in_flight.is_none() && !slot.is_read && (slot.pages.len() < 2 || is_first);
            if !is_idle || (!slot.is_started && !may_begin) {
                at += 1;
                continue;
            }
            slot.is_started = true;
            match slot.machine.next(moment)? {
                Step::Send(request) => {
                    let ticket = Ticket(self.next_ticket);
                    self.next_ticket += 1;
                    slot.in_flight = Some(ticket);
                    self.tally.requests += 1;
                    return Ok(PullStep::Send(ticket, request));
                }
                Step::Wait(wait) => {
                    pause = Some(pause.map_or(wait, |pause| pause.min(wait)));
                    at += 1;
                }
                Step::Park => at += 1,
                Step::Page(page) => {
                    slot.pages.push_back(page);
                    busy += usize::from(!is_first);
                    if is_first && let Some(page) = self.deliver() {
                        return Ok(PullStep::Page(page));
                    }
                    if is_first {
                        return self.next(moment);
                    }
                }
                Step::Done(outcome) => {
                    self.finish(at, outcome);
                    return self.next(moment);
                }
            }
        }
        Ok(PullStep::Wait(pause))
    }

    /// Notes what a slice came to; what did not fit becomes a slice right behind it.
    fn finish(&mut self, at: usize, outcome: SliceOutcome) {
        let Some(slot) = self.slots.get_mut(at) else { return };
        slot.is_read = true;
        let window = slot.window;
        let read_to = outcome.rest.as_ref().map_or(window.to, |(next, _)| *next);
        self.tally.slices += 1;
        self.tally.duplicates += outcome.duplicates;
        self.tally.deletions += outcome.deletions;
        self.density.observe(Window::new(window.from, read_to), outcome.rows);
        let Some((next, delivered)) = outcome.rest else { return };
        let rest = Window::new(next, window.to);
        if rest.to >= self.planned && at + 1 == self.slots.len() {
            // The last slice was too long: what is left of it is planned anew, by what is known now.
            self.planned = next;
            self.delivered = delivered;
        } else {
            let rest = self.slot(rest, delivered);
            self.slots.insert(at + 1, rest);
        }
    }

    fn report(&self, is_done: bool, wall: Duration) -> PullReport {
        PullReport {
            is_done,
            guarantee: self.guarantee(),
            as_of: self.as_of.unwrap_or_default(),
            rows: self.tally.rows,
            slices: self.tally.slices,
            requests: self.tally.requests,
            retries: self.tally.retries,
            duplicates: self.tally.duplicates,
            deletions: self.tally.deletions,
            bytes: self.tally.bytes,
            wall_ms: u64::try_from(wall.as_millis()).unwrap_or(u64::MAX),
        }
    }

    fn guarantee(&self) -> Guarantee {
        let mut reasons: Vec<String> = self.source.weakness().into_iter().collect();
        if self.tally.has_own_clock {
            reasons.push(
                "the server does not state its time, so the as-of follows this machine's clock".to_owned(),
            );
        }
        if self.tally.gaps.undated > 0 {
            reasons.push(format!(
                "{} rows have no time that can be read and were left out",
                self.tally.gaps.undated
            ));
        }
        if self.tally.gaps.unsettled > 0 {
            let instants = self.tally.gaps.unsettled;
            reasons.push(format!("{instants} instants hold more rows than could be read while they changed"));
        }
        if reasons.is_empty() {
            Guarantee::Exact
        } else {
            Guarantee::BestEffort { reason: reasons.join("; ") }
        }
    }
}

/// The time of the oldest row; none where there is no row.
#[derive(Debug, Clone, Copy)]
struct Oldest(Option<Timestamp>);

/// Asks for the oldest row.
#[derive(Debug)]
struct Probe<S: Source> {
    source: S,
    since: Option<Timestamp>,
    answer: Option<Oldest>,
}

impl<S: Source> Probe<S> {
    fn query(&self) -> PageQuery {
        let from = self.since.unwrap_or_default();
        // As late as either vendor's dates go.
        let window = Window::new(from, Timestamp::from_unix_seconds(4_102_444_800));
        PageQuery { window, size: 1, offset: 0, partition: Partition::default(), is_newest_first: false }
    }
}

impl<S: Source> Procedure for Probe<S> {
    type Page = core::convert::Infallible;
    type Report = Option<Timestamp>;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Self::Page, Self::Report>, Error> {
        Ok(match self.answer {
            Some(Oldest(at)) => Intent::Done(at),
            None => Intent::Call(Call { doing: "finding the oldest row", ..self.source.call(&self.query()) }),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let answer = self.source.read(&self.query(), response)?;
        self.answer = Some(Oldest(answer.rows.first().and_then(|timed| timed.at)));
        Ok(())
    }
}
