use crate::error::{Error, RefusalKind};
use crate::http::Response;
use crate::machine::{Intent, Procedure};
use crate::time::Timestamp;
use core::convert::Infallible;
use serde::Serialize;
use std::collections::VecDeque;

/// Does the same to many things, one after the other, and gives a result for each.
///
/// A thing that is refused does not stop the others. What meets every one of them does: no connection, a refused key.
#[derive(Debug)]
pub struct Each<P: Procedure> {
    waiting: VecDeque<(String, P)>,
    current: Option<(String, P)>,
    ready: Option<EachResult<P::Report>>,
    report: EachReport,
}

/// What became of one thing.
#[derive(Debug, Clone, PartialEq)]
pub struct EachResult<R> {
    /// Its id.
    pub id: String,
    /// What came of it, or why nothing did.
    pub result: Result<R, Error>,
}

/// What became of all.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct EachReport {
    /// How many were gone through, the failed ones included.
    pub done: u64,
    /// The ids of those that failed: what to give to another try.
    pub failed: Vec<String>,
    /// The ids of those that were not begun, since it was given up.
    pub left: Vec<String>,
}

impl<P: Procedure<Page = Infallible>> Each<P> {
    pub(crate) fn new(things: impl IntoIterator<Item = (String, P)>) -> Self {
        Self {
            waiting: things.into_iter().collect(),
            current: None,
            ready: None,
            report: EachReport::default(),
        }
    }

    fn note(&mut self, result: Result<P::Report, Error>) {
        let Some((id, _)) = self.current.take() else { return };
        self.report.done += 1;
        if result.is_err() {
            self.report.failed.push(id.clone());
        }
        self.ready = Some(EachResult { id, result });
    }
}

/// Whether an error would meet every other call as well, so that going on makes no sense.
pub(crate) fn meets_all(error: &Error) -> bool {
    match error {
        Error::Transport { .. } | Error::DeadlineExceeded { .. } | Error::Misuse(_) => true,
        Error::Refused(refusal) => {
            matches!(
                refusal.kind,
                RefusalKind::Unauthorized | RefusalKind::Redirect | RefusalKind::RateLimited
            )
        }
        _ => false,
    }
}

impl<P: Procedure<Page = Infallible>> Procedure for Each<P>
where
    P::Report: core::fmt::Debug,
{
    type Page = EachResult<P::Report>;
    type Report = EachReport;

    fn next(&mut self, now: Timestamp) -> Result<Intent<Self::Page, EachReport>, Error> {
        loop {
            if let Some(ready) = self.ready.take() {
                return Ok(Intent::Page(ready));
            }
            if self.current.is_none() {
                self.current = self.waiting.pop_front();
            }
            let Some((_, procedure)) = &mut self.current else {
                return Ok(Intent::Done(self.report.clone()));
            };
            match procedure.next(now) {
                Ok(Intent::Call(call)) => return Ok(Intent::Call(call)),
                Ok(Intent::Wait(pause)) => return Ok(Intent::Wait(pause)),
                Ok(Intent::Page(never)) => match never {},
                Ok(Intent::Done(report)) => self.note(Ok(report)),
                Err(error) => self.note(Err(error)),
            }
        }
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        match &mut self.current {
            Some((_, procedure)) => procedure.answered(response, now),
            None => Err(Error::Misuse("There was no call to receive an answer to.")),
        }
    }

    fn failed(&mut self, error: Error, now: Timestamp) -> Result<(), Error> {
        let Some((_, procedure)) = &mut self.current else { return Err(error) };
        match procedure.failed(error, now) {
            Ok(()) => Ok(()),
            Err(error) if meets_all(&error) => Err(error),
            Err(error) => {
                self.note(Err(error));
                Ok(())
            }
        }
    }

    /// Ends after the thing that is underway.
    fn abandon(&mut self) {
        self.report.left.extend(self.waiting.drain(..).map(|(id, _)| id));
        if let Some((_, procedure)) = &mut self.current {
            procedure.abandon();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Refusal;
    use crate::http::Headers;
    use crate::machine::{Call, Document};
    use crate::platform::Platform;

    fn each(ids: &[&str]) -> Each<Document> {
        Each::new(ids.iter().map(|id| {
            let call = Call::get(format!("/things/{id}"), "reading a thing");
            ((*id).to_owned(), Document::new(Platform::Uptycs, call))
        }))
    }

    fn refused(status: u16) -> Error {
        Error::Refused(Refusal {
            platform: Platform::Uptycs,
            doing: "reading a thing",
            kind: RefusalKind::of_status(status),
            status,
            said: None,
            retry_after: None,
            hint: None,
        })
    }

    fn step(each: &mut Each<Document>) -> String {
        match each.next(Timestamp::default()) {
            Ok(Intent::Call(call)) => call.path,
            Ok(Intent::Page(result)) => format!("{} {}", result.id, result.result.is_ok()),
            Ok(Intent::Done(report)) => format!("{report:?}"),
            other => panic!("{other:?}"),
        }
    }

    fn answer(each: &mut Each<Document>) {
        let response = Response { status: 200, headers: Headers::default(), body: b"{}".to_vec() };
        each.answered(response, Timestamp::default()).expect("understood");
    }

    #[test]
    fn one_that_is_refused_does_not_stop_the_others() {
        let mut each = each(&["a", "b", "c"]);
        assert_eq!(step(&mut each), "/things/a");
        answer(&mut each);
        assert_eq!(step(&mut each), "a true");
        assert_eq!(step(&mut each), "/things/b");
        each.failed(refused(404), Timestamp::default()).expect("noted");
        assert_eq!(step(&mut each), "b false");
        assert_eq!(step(&mut each), "/things/c");
        answer(&mut each);
        assert_eq!(step(&mut each), "c true");
        assert_eq!(step(&mut each), r#"EachReport { done: 3, failed: ["b"], left: [] }"#);
    }

    #[test]
    fn what_meets_all_of_them_ends_it_where_it_can_go_on() {
        let mut each = each(&["a", "b"]);
        assert_eq!(step(&mut each), "/things/a");
        assert!(each.failed(refused(401), Timestamp::default()).is_err());
        assert_eq!(step(&mut each), "/things/a");
    }

    #[test]
    fn given_up_it_names_what_is_left() {
        let mut each = each(&["a", "b", "c"]);
        assert_eq!(step(&mut each), "/things/a");
        each.abandon();
        answer(&mut each);
        assert_eq!(step(&mut each), "a true");
        assert_eq!(step(&mut each), r#"EachReport { done: 1, failed: [], left: ["b", "c"] }"#);
    }
}
