use super::query::{SqlOptions, SqlPart, SqlQuery, SqlReport};
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Intent, Machine, Procedure};
use crate::time::Timestamp;
use crate::uptycs::client::Client;
use crate::uptycs::each::meets_all;
use core::time::Duration;

/// Runs several queries as jobs side by side, never more than a given number at once.
///
/// Requests go one after the other; it is the jobs that run side by side on the platform.
#[derive(Debug)]
pub struct SqlQueries {
    queries: Vec<Slot>,
    at_once: usize,
    current: usize,
    is_given_up: bool,
}

#[derive(Debug)]
struct Slot {
    query: SqlQuery,
    resumes_at: Option<Timestamp>,
    is_begun: bool,
    outcome: Option<Result<SqlReport, Error>>,
}

/// A part of what several queries give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlQueriesPart {
    /// Which query it belongs to, from 0, in the order they were given.
    pub index: usize,
    /// The part.
    pub part: SqlPart,
}

impl Client {
    /// Runs several SQL queries as jobs, at most `at_once` of them at a time (1 to 20; a client of the
    /// vendor's own submits 20 ahead). Each ends with its own report or error; one that fails does not stop the others.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for no queries, or when a time bound cannot be placed: then none is run.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile, SqlOptions};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let queries = ["SELECT * FROM upt_alerts".to_owned(), "SELECT * FROM upt_assets".to_owned()];
    /// let now = triagekit::Timestamp::from_unix_seconds(1_769_797_412);
    /// assert!(client.sql_many(&queries, 3, &SqlOptions::default(), now).is_ok());
    /// ```
    pub fn sql_many(
        &self,
        queries: &[String],
        at_once: usize,
        options: &SqlOptions,
        now: Timestamp,
    ) -> Result<Machine<SqlQueries>, Error> {
        if queries.is_empty() {
            return Err(Error::InvalidArgument("At least one SQL query is expected.".to_owned()));
        }
        let queries = queries
            .iter()
            .map(|query| SqlQuery::new(query, options, now).map(Slot::new))
            .collect::<Result<Vec<_>, _>>()?;
        Ok(self.machine(SqlQueries {
            queries,
            at_once: at_once.clamp(1, 20),
            current: 0,
            is_given_up: false,
        }))
    }
}

impl Slot {
    fn new(query: SqlQuery) -> Self {
        Self { query, resumes_at: None, is_begun: false, outcome: None }
    }

    fn is_underway(&self) -> bool {
        self.is_begun && self.outcome.is_none()
    }
}

impl Procedure for SqlQueries {
    type Page = SqlQueriesPart;
    /// The report or the error of each query, in the order they were given.
    type Report = Vec<Result<SqlReport, Error>>;

    fn next(&mut self, now: Timestamp) -> Result<Intent<SqlQueriesPart, Self::Report>, Error> {
        loop {
            let underway = self.queries.iter().filter(|slot| slot.is_underway()).count();
            if underway < self.at_once
                && let Some(slot) =
                    self.queries.iter_mut().find(|slot| !slot.is_begun && slot.outcome.is_none())
            {
                slot.is_begun = true;
                continue;
            }
            if underway == 0 {
                let outcomes = self.queries.iter_mut().filter_map(|slot| slot.outcome.take());
                return Ok(Intent::Done(outcomes.collect()));
            }
            let mut shortest: Option<Duration> = None;
            let mut ready = None;
            for (index, slot) in self.queries.iter().enumerate().filter(|(_, slot)| slot.is_underway()) {
                let left = slot.resumes_at.map_or(Duration::ZERO, |at| now.until(at));
                if left.is_zero() {
                    ready = Some(index);
                    break;
                }
                shortest = Some(shortest.map_or(left, |shortest| shortest.min(left)));
            }
            let Some(index) = ready else { return Ok(Intent::Wait(shortest.unwrap_or_default())) };
            let Some(slot) = self.queries.get_mut(index) else { continue };
            self.current = index;
            slot.resumes_at = None;
            match slot.query.next(now) {
                Ok(Intent::Call(call)) => return Ok(Intent::Call(call)),
                Ok(Intent::Wait(pause)) => slot.resumes_at = Some(now.after(pause)),
                Ok(Intent::Page(part)) => return Ok(Intent::Page(SqlQueriesPart { index, part })),
                Ok(Intent::Done(report)) => slot.outcome = Some(Ok(report)),
                Err(error) => slot.outcome = Some(Err(error)),
            }
        }
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        match self.queries.get_mut(self.current) {
            Some(slot) => slot.query.answered(response, now),
            None => Err(Error::Misuse("There was no call to receive an answer to.")),
        }
    }

    fn failed(&mut self, error: Error, now: Timestamp) -> Result<(), Error> {
        let Some(slot) = self.queries.get_mut(self.current) else { return Err(error) };
        match slot.query.failed(error, now) {
            Ok(()) => Ok(()),
            Err(error) if meets_all(&error) && !self.is_given_up => Err(error),
            Err(error) => {
                slot.outcome = Some(Err(error));
                Ok(())
            }
        }
    }

    fn abandon(&mut self) {
        self.is_given_up = true;
        for slot in &mut self.queries {
            slot.resumes_at = None;
            slot.query.abandon();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::{Headers, Method};
    use crate::retry::RetryPolicy;
    use crate::uptycs::KeyFile;

    fn queries(count: usize, at_once: usize) -> SqlQueries {
        let query = || {
            SqlQuery::new("SELECT * FROM upt_assets", &SqlOptions::default(), Timestamp::default())
                .expect("a query")
        };
        let queries = (0..count).map(|_| Slot::new(query())).collect();
        SqlQueries { queries, at_once, current: 0, is_given_up: false }
    }

    /// A service whose jobs run until they were asked for twice.
    fn run(mut queries: SqlQueries) -> (Vec<Result<SqlReport, Error>>, usize) {
        let (mut now, mut submitted, mut open, mut most) = (Timestamp::default(), 0, 0_usize, 0);
        let mut polls = std::collections::HashMap::new();
        loop {
            let body = match queries.next(now).expect("goes on") {
                Intent::Call(call) => match call.method {
                    Method::Post => {
                        submitted += 1;
                        open += 1;
                        most = most.max(open);
                        format!(r#"{{"id":"{submitted}","status":"QUEUED"}}"#)
                    }
                    Method::Delete => {
                        open -= 1;
                        String::new()
                    }
                    _ if call.path.ends_with("/results") => {
                        r#"{"items":[{"rowData":{}}],"limit":50000}"#.to_owned()
                    }
                    _ => {
                        let count = polls.entry(call.path.clone()).or_insert(0);
                        *count += 1;
                        let id = call.path.rsplit('/').next().expect("an id");
                        let status = if *count < 2 { "RUNNING" } else { "FINISHED" };
                        format!(r#"{{"id":"{id}","status":"{status}"}}"#)
                    }
                },
                Intent::Wait(pause) => {
                    now = now.after(pause);
                    continue;
                }
                Intent::Page(_) => continue,
                Intent::Done(outcomes) => return (outcomes, most),
            };
            let response = Response { status: 200, headers: Headers::default(), body: body.into_bytes() };
            queries.answered(response, now).expect("understood");
        }
    }

    #[test]
    fn no_more_than_the_cap_run_at_once_and_all_end() {
        for at_once in [1, 3, 10] {
            let (outcomes, most) = run(queries(7, at_once));
            assert_eq!(outcomes.len(), 7);
            assert!(outcomes.iter().all(|outcome| outcome.as_ref().is_ok_and(|report| report.rows == 1)));
            assert_eq!(most, at_once.min(7));
        }
    }

    #[test]
    fn one_query_that_cannot_be_bounded_keeps_all_from_running() {
        let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#);
        let client = Client::new(key.expect("a key"), RetryPolicy::default());
        let queries = ["SELECT * FROM upt_alerts".to_owned(), "SELECT * FROM unheard_of".to_owned()];
        assert!(client.sql_many(&queries, 2, &SqlOptions::default(), Timestamp::default()).is_err());
    }
}
