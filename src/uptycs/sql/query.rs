use super::bound::{bound, uses_parameter};
use super::job::{Job, JobProgress, Stage};
use crate::error::{Error, decode};
use crate::http::{Method, Response, percent_encode};
use crate::machine::{Call, Intent, Procedure};
use crate::page::{OffsetPages, Page, Shape};
use crate::platform::Platform;
use crate::retry::Safety;
use crate::time::Timestamp;
use core::time::Duration;
use serde_json::json;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// What the vendor's own scripts step by.
const RESULT_PAGE: u64 = 10_000;

/// How a query is run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlOptions {
    /// How many days back the query reads; `None` for no bound of ours.
    pub days: Option<u32>,
    /// How many rows to give at the most; all of them for `None`.
    pub limit: Option<u64>,
    /// How many rows a request asks for.
    pub page_size: u64,
}

impl Default for SqlOptions {
    /// The last day, as the vendor's own script has it, and all rows.
    fn default() -> Self {
        Self { days: Some(1), limit: None, page_size: RESULT_PAGE }
    }
}

/// A part of what running a query gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SqlPart {
    /// The job went on.
    Progress(JobProgress),
    /// Rows of the result: each holds the columns in `rowData`.
    Rows(Page),
}

/// What a query came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlReport {
    /// The job's id.
    pub job: String,
    /// The query that was run, with the bound placed.
    pub query: String,
    /// Rows given.
    pub rows: u64,
}

/// Runs a query to all its rows: submits the job, follows it with growing pauses, reads the results by pages, and
/// deletes the job.
#[derive(Debug)]
pub struct SqlQuery {
    query: String,
    submission: String,
    page_size: u64,
    limit: Option<u64>,
    stage: Following,
    progress: Option<JobProgress>,
    pause: Duration,
}

#[derive(Debug)]
enum Following {
    Submit,
    Pause { id: String },
    Poll { id: String },
    Read { id: String, pages: Box<OffsetPages> },
    Delete { id: String, outcome: Result<u64, Error> },
    Ended { id: String, outcome: Result<u64, Error> },
}

impl SqlQuery {
    pub(crate) fn new(query: &str, options: &SqlOptions, now: Timestamp) -> Result<Self, Error> {
        let query = query.trim().trim_end_matches(';').trim_end();
        if query.is_empty() {
            return Err(Error::InvalidArgument("A SQL query is expected; it is empty.".to_owned()));
        }
        let mut body = json!({ "type": "global" });
        let query = match options.days {
            None => query.to_owned(),
            Some(days) => {
                let from = now.before(Duration::from_secs(u64::from(days) * 86_400));
                if uses_parameter(query, "from") || uses_parameter(query, "to") {
                    body["parameterValues"] = json!({ "from": from.to_string(), "to": now.to_string() });
                    query.to_owned()
                } else {
                    bound(query, from)?
                }
            }
        };
        body["query"] = query.as_str().into();
        Ok(Self {
            query,
            submission: body.to_string(),
            page_size: options.page_size.clamp(1, RESULT_PAGE),
            limit: options.limit,
            stage: Following::Submit,
            progress: None,
            pause: FIRST_PAUSE,
        })
    }

    fn follow(&mut self, job: &Job) {
        let id = job.id.clone();
        self.progress = Some(job.progress());
        self.stage = match job.stage() {
            Stage::Underway => Following::Pause { id },
            Stage::Finished => {
                let call = Call::get(format!("{}/results", job_path(&id)), "reading the rows of a SQL job");
                Following::Read {
                    id,
                    pages: Box::new(OffsetPages::new(call, Shape::Anonymous, self.page_size, self.limit)),
                }
            }
            Stage::Failed => Following::Delete { id, outcome: Err(job.failure()) },
        };
    }
}

fn job_path(id: &str) -> String {
    format!("/queryJobs/{}", percent_encode(id))
}

impl Procedure for SqlQuery {
    type Page = SqlPart;
    type Report = SqlReport;

    fn next(&mut self, now: Timestamp) -> Result<Intent<SqlPart, SqlReport>, Error> {
        if let Some(progress) = self.progress.take() {
            return Ok(Intent::Page(SqlPart::Progress(progress)));
        }
        match &mut self.stage {
            Following::Submit => {
                let call =
                    Call::write(Method::Post, "/queryJobs", Safety::UnsafeWrite, "submitting a SQL job");
                Ok(Intent::Call(call.with_json(&self.submission)))
            }
            Following::Pause { id } => {
                let pause = self.pause;
                self.pause = pause.saturating_mul(3).div_f32(2.0).min(LONGEST_PAUSE);
                self.stage = Following::Poll { id: core::mem::take(id) };
                Ok(Intent::Wait(pause))
            }
            Following::Poll { id } => Ok(Intent::Call(Call::get(job_path(id), "following a SQL job"))),
            Following::Read { id, pages } => match pages.next(now)? {
                Intent::Call(call) => Ok(Intent::Call(call)),
                Intent::Wait(pause) => Ok(Intent::Wait(pause)),
                Intent::Page(page) => Ok(Intent::Page(SqlPart::Rows(page))),
                Intent::Done(report) => {
                    self.stage = Following::Delete { id: core::mem::take(id), outcome: Ok(report.rows) };
                    self.next(now)
                }
            },
            Following::Delete { id, .. } => Ok(Intent::Call(Call::write(
                Method::Delete,
                job_path(id),
                Safety::IdempotentWrite,
                "deleting a SQL job",
            ))),
            Following::Ended { id, outcome } => {
                let rows = outcome.clone()?;
                Ok(Intent::Done(SqlReport { job: id.clone(), query: self.query.clone(), rows }))
            }
        }
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        match &mut self.stage {
            Following::Submit | Following::Poll { .. } => {
                let expected = "a SQL job with \"id\" and \"status\"";
                let job: Job = decode(Platform::Uptycs, "following a SQL job", &response, expected)?;
                self.follow(&job);
                Ok(())
            }
            Following::Read { pages, .. } => pages.answered(response, now),
            Following::Delete { id, outcome } => {
                let outcome = core::mem::replace(outcome, Ok(0));
                self.stage = Following::Ended { id: core::mem::take(id), outcome };
                Ok(())
            }
            Following::Pause { .. } | Following::Ended { .. } => {
                Err(Error::Misuse("There was no call to receive an answer to."))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    fn answer(query: &mut SqlQuery, body: &str) {
        let response = Response { status: 200, headers: Headers::default(), body: body.as_bytes().to_vec() };
        query.answered(response, Timestamp::default()).expect("understood");
    }

    fn path(query: &mut SqlQuery) -> (Method, String) {
        loop {
            match query.next(Timestamp::default()).expect("goes on") {
                Intent::Call(call) => return (call.method, call.path),
                Intent::Wait(_) | Intent::Page(_) => {}
                Intent::Done(report) => panic!("{report:?}"),
            }
        }
    }

    fn query() -> SqlQuery {
        SqlQuery::new("SELECT * FROM upt_assets;", &SqlOptions::default(), Timestamp::default())
            .expect("a query")
    }

    #[test]
    fn a_job_is_followed_read_and_deleted() {
        let mut query = query();
        assert_eq!(path(&mut query), (Method::Post, "/queryJobs".to_owned()));
        answer(&mut query, r#"{"id":"j","status":"QUEUED"}"#);
        for _ in 0..3 {
            assert_eq!(path(&mut query), (Method::Get, "/queryJobs/j".to_owned()));
            answer(&mut query, r#"{"id":"j","status":"RUNNING","rowCount":"0"}"#);
        }
        assert_eq!(path(&mut query), (Method::Get, "/queryJobs/j".to_owned()));
        answer(&mut query, r#"{"id":"j","status":"FINISHED","rowCount":2}"#);
        assert_eq!(path(&mut query), (Method::Get, "/queryJobs/j/results".to_owned()));
        answer(
            &mut query,
            r#"{"items":[{"rowData":{"a":1}},{"rowData":{"a":1}}],"links":[],"offset":0,"limit":50000}"#,
        );
        let Ok(Intent::Page(SqlPart::Rows(page))) = query.next(Timestamp::default()) else { panic!("rows") };
        assert_eq!(page.rows.len(), 2, "equal rows of a result are two rows");
        assert_eq!(path(&mut query), (Method::Delete, "/queryJobs/j".to_owned()));
        answer(&mut query, "");
        let Ok(Intent::Done(report)) = query.next(Timestamp::default()) else { panic!("done") };
        assert_eq!(report.rows, 2);
    }

    #[test]
    fn pauses_grow_up_to_five_seconds() {
        let mut query = query();
        let mut pauses = Vec::new();
        let _ = path(&mut query);
        for _ in 0..12 {
            answer(&mut query, r#"{"id":"j","status":"RUNNING"}"#);
            loop {
                match query.next(Timestamp::default()).expect("goes on") {
                    Intent::Wait(pause) => pauses.push(pause),
                    Intent::Call(_) => break,
                    Intent::Page(_) | Intent::Done(_) => {}
                }
            }
        }
        assert_eq!(pauses.first(), Some(&FIRST_PAUSE));
        assert_eq!(pauses.last(), Some(&LONGEST_PAUSE));
        assert!(pauses.is_sorted(), "{pauses:?}");
    }

    #[test]
    fn a_failed_job_gives_the_vendors_words_and_is_deleted() {
        let mut query = query();
        let _ = path(&mut query);
        answer(
            &mut query,
            r#"{"id":"j","status":"ERROR","error":{"message":{"brief":"Syntax","detail":"line 1:8"}}}"#,
        );
        assert_eq!(path(&mut query), (Method::Delete, "/queryJobs/j".to_owned()));
        answer(&mut query, "{}");
        let error = query.next(Timestamp::default()).expect_err("failed");
        assert_eq!(error.code(), "job_failed");
        assert!(error.to_string().contains("Syntax: line 1:8"), "{error}");
    }

    #[test]
    fn named_parameters_take_the_bound_where_the_query_has_them() {
        let now = Timestamp::from_unix_seconds(86_400 * 3);
        let query = SqlQuery::new(
            "SELECT 1 FROM t WHERE upt_server_time > :from",
            &SqlOptions { days: Some(2), ..SqlOptions::default() },
            now,
        )
        .expect("a query");
        assert!(query.submission.contains(r#""from":"1970-01-02T00:00:00.000Z""#), "{}", query.submission);
    }
}
