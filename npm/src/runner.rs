use crate::moment::milliseconds;
use crate::step::{Report, Step};
use core::convert::Infallible;
use core::fmt::Debug;
use triagekit::http::{Failure, Response};
use triagekit::machine::{self, Machine, Moment, Procedure};
use triagekit::page::{NumberedReport, OffsetReport, Page, Total};
use triagekit::uptycs::{SqlPart, SqlReport};
use triagekit::{Error, Timestamp};

/// A machine of any kind, as one type that JavaScript can hold.
pub(crate) trait Runner: Debug {
    fn next(&mut self, moment: Moment) -> Result<Step, Error>;
    fn received(&mut self, outcome: Result<Response, Failure>, moment: Moment) -> Result<(), Error>;
    fn abandon(&mut self);
    fn with_deadline(self: Box<Self>, deadline: Timestamp) -> Box<dyn Runner>;
}

impl<P> Runner for Machine<P>
where
    P: Procedure + 'static,
    P::Page: IntoPart,
    P::Report: IntoReport,
{
    fn next(&mut self, moment: Moment) -> Result<Step, Error> {
        Ok(match Machine::next(self, moment)? {
            machine::Step::Send(request) => request.into(),
            machine::Step::Wait(pause) => Step::Wait { ms: milliseconds(pause) },
            machine::Step::Park => Step::Park,
            machine::Step::Page(part) => part.into_part(),
            machine::Step::Done(report) => Step::Done { report: report.into_report() },
        })
    }

    fn received(&mut self, outcome: Result<Response, Failure>, moment: Moment) -> Result<(), Error> {
        Machine::received(self, outcome, moment)
    }

    fn abandon(&mut self) {
        Machine::abandon(self);
    }

    fn with_deadline(self: Box<Self>, deadline: Timestamp) -> Box<dyn Runner> {
        Box::new(Machine::with_deadline(*self, deadline))
    }
}

/// A part of a result that JavaScript is told of.
pub(crate) trait IntoPart {
    fn into_part(self) -> Step;
}

impl IntoPart for Page {
    fn into_part(self) -> Step {
        Step::Page(self.into())
    }
}

impl IntoPart for SqlPart {
    fn into_part(self) -> Step {
        match self {
            Self::Progress(progress) => Step::Progress(progress),
            Self::Rows(page) => page.into_part(),
        }
    }
}

impl IntoPart for Infallible {
    fn into_part(self) -> Step {
        match self {}
    }
}

/// An end of an operation that JavaScript is told of.
pub(crate) trait IntoReport {
    fn into_report(self) -> Report;
}

impl IntoReport for OffsetReport {
    fn into_report(self) -> Report {
        Report::Rows { rows: self.rows, pages: self.pages, duplicates: self.duplicates }
    }
}

impl IntoReport for NumberedReport {
    fn into_report(self) -> Report {
        Report::Rows { rows: self.rows, pages: self.pages, duplicates: self.duplicates }
    }
}

impl IntoReport for SqlReport {
    fn into_report(self) -> Report {
        Report::Sql { rows: self.rows, job: self.job, query: self.query }
    }
}

impl IntoReport for Total {
    fn into_report(self) -> Report {
        Report::Count(self)
    }
}

impl IntoReport for Vec<u8> {
    /// JavaScript has the same bytes, so that they need not go back.
    fn into_report(self) -> Report {
        Report::Document {}
    }
}
