use super::job::{Job, JobProgress, Standing};
use super::submission::{TimeBound, submission};
use super::target::SqlTarget;
use crate::error::Error;
use crate::http::{Method, Response, percent_encode};
use crate::machine::{Call, Intent, Procedure};
use crate::page::{OffsetPages, Page, Shape};
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::uptycs::reading::json;
use crate::uptycs::schema::Schema;
use alloc::sync::Arc;
use core::time::Duration;
use serde_json::json;

const FIRST_PAUSE: Duration = Duration::from_millis(250);
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
/// What the vendor's own scripts step by.
const RESULT_PAGE: u64 = 10_000;

/// How a query is run (docs/uptycs.md, 4.1 and 4.4).
///
/// ```
/// use triagekit::uptycs::{SqlOptions, SqlTarget};
///
/// let options = SqlOptions { days: Some(7), ..SqlOptions::default() };
/// assert_eq!(options.target, SqlTarget::Global);
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SqlOptions {
    /// How many days back the query reads; `None` for no bound of ours.
    pub days: Option<u32>,
    /// How many rows to give at the most; all of them for `None`.
    pub limit: Option<u64>,
    /// How many rows a request asks for, 1 to 10,000.
    pub page_size: u64,
    /// What is asked: the lake, the assets themselves, or a window of the past.
    pub target: SqlTarget,
    /// The tables of the service, for placing the bound in those that are not known here; see
    /// [`schema`](crate::uptycs::Client::schema).
    pub schema: Option<Arc<Schema>>,
    /// Leaves the job with its result on the platform.
    pub keeps_job: bool,
}

impl Default for SqlOptions {
    /// The last day of the lake, as the vendor's own script has it, and all rows.
    fn default() -> Self {
        Self {
            days: Some(1),
            limit: None,
            page_size: RESULT_PAGE,
            target: SqlTarget::Global,
            schema: None,
            keeps_job: false,
        }
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
    /// How it was bounded in time.
    pub bound: TimeBound,
    /// Whether all rows that were asked for were given; not so when it was given up.
    pub is_complete: bool,
    /// Whether the job was deleted from the platform.
    pub is_deleted: bool,
}

/// Runs a query to all its rows: submits the job, follows it with growing pauses, reads the results by pages, and
/// deletes the job.
///
/// Given up ([`Machine::abandon`](crate::machine::Machine::abandon)), it cancels the job and deletes it.
#[derive(Debug)]
pub struct SqlQuery {
    query: String,
    bound: TimeBound,
    submission: String,
    page_size: u64,
    limit: Option<u64>,
    keeps_job: bool,
    stage: Stage,
    id: String,
    rows: u64,
    progress: Option<JobProgress>,
    pause: Duration,
    wish: Wish,
    is_deleted: bool,
    /// Whether the call that `next` gave last belongs to the tidying up.
    is_tidying: bool,
}

/// What the caller still wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wish {
    Rows,
    Nothing,
}

#[derive(Debug)]
enum Stage {
    Submit,
    Pause,
    Poll,
    Read(Box<OffsetPages>),
    Cancel,
    Delete(Result<(), Error>),
    Ended(Result<(), Error>),
}

impl SqlQuery {
    pub(crate) fn new(query: &str, options: &SqlOptions, now: Timestamp) -> Result<Self, Error> {
        let submission = submission(query, options, now)?;
        Ok(Self {
            query: submission.query,
            bound: submission.bound,
            submission: submission.body,
            page_size: options.page_size.clamp(1, RESULT_PAGE),
            limit: options.limit,
            keeps_job: options.keeps_job,
            stage: Stage::Submit,
            id: String::new(),
            rows: 0,
            progress: None,
            pause: FIRST_PAUSE,
            wish: Wish::Rows,
            is_deleted: false,
            is_tidying: false,
        })
    }

    /// Where a job's answer leads.
    fn follow(&mut self, job: &Job) {
        self.id.clone_from(&job.id);
        let standing = job.stage();
        if self.wish == Wish::Nothing {
            self.stage = if standing == Standing::Underway { Stage::Cancel } else { Stage::Delete(Ok(())) };
            return;
        }
        self.progress = Some(job.progress());
        self.stage = match standing {
            Standing::Underway => Stage::Pause,
            Standing::Finished => {
                let call = Call::get(format!("{}/results", self.path()), "reading the rows of a SQL job");
                let pages = OffsetPages::new(call, Shape::Anonymous, self.page_size, self.limit);
                Stage::Read(Box::new(pages))
            }
            Standing::Failed => self.tidying(Err(job.failure())),
        };
    }

    fn tidying(&self, outcome: Result<(), Error>) -> Stage {
        if self.keeps_job { Stage::Ended(outcome) } else { Stage::Delete(outcome) }
    }

    fn path(&self) -> String {
        job_path(&self.id)
    }

    fn report(&self) -> SqlReport {
        SqlReport {
            job: self.id.clone(),
            query: self.query.clone(),
            rows: self.rows,
            bound: self.bound,
            is_complete: self.wish == Wish::Rows,
            is_deleted: self.is_deleted,
        }
    }
}

pub(super) fn job_path(id: &str) -> String {
    format!("/queryJobs/{}", percent_encode(id))
}

/// The call that stops a job, as usql's `kill` makes it.
pub(super) fn cancel_call(id: &str) -> Call {
    Call::write(Method::Put, job_path(id), Safety::IdempotentWrite, "cancelling a SQL job")
        .with_json(json!({ "status": "CANCELLED" }))
}

/// The call that deletes a job with its result.
pub(super) fn delete_call(id: &str) -> Call {
    Call::write(Method::Delete, job_path(id), Safety::IdempotentWrite, "deleting a SQL job")
}

impl Procedure for SqlQuery {
    type Page = SqlPart;
    type Report = SqlReport;

    fn next(&mut self, now: Timestamp) -> Result<Intent<SqlPart, SqlReport>, Error> {
        if let Some(progress) = self.progress.take() {
            return Ok(Intent::Page(SqlPart::Progress(progress)));
        }
        if let Stage::Read(pages) = &mut self.stage {
            match pages.next(now)? {
                Intent::Call(call) => return Ok(Intent::Call(call)),
                Intent::Wait(pause) => return Ok(Intent::Wait(pause)),
                Intent::Page(page) => {
                    self.rows += u64::try_from(page.rows.len()).unwrap_or(u64::MAX);
                    return Ok(Intent::Page(SqlPart::Rows(page)));
                }
                Intent::Done(_) => self.stage = self.tidying(Ok(())),
            }
        }
        self.is_tidying = matches!(self.stage, Stage::Cancel | Stage::Delete(_));
        Ok(match &self.stage {
            Stage::Submit => Intent::Call(
                // A second submission would be a second job, which nobody would delete.
                Call::write(Method::Post, "/queryJobs", Safety::UnsafeWrite, "submitting a SQL job")
                    .with_json(&self.submission),
            ),
            Stage::Pause => {
                let pause = self.pause;
                self.pause = pause.saturating_mul(3).div_f32(2.0).min(LONGEST_PAUSE);
                self.stage = Stage::Poll;
                Intent::Wait(pause)
            }
            Stage::Poll | Stage::Read(_) => Intent::Call(Call::get(self.path(), "following a SQL job")),
            Stage::Cancel => Intent::Call(cancel_call(&self.id)),
            Stage::Delete(_) => Intent::Call(delete_call(&self.id)),
            Stage::Ended(outcome) => {
                outcome.clone()?;
                Intent::Done(self.report())
            }
        })
    }

    fn answered(&mut self, response: Response, now: Timestamp) -> Result<(), Error> {
        if !self.is_tidying && matches!(self.stage, Stage::Cancel | Stage::Delete(_)) {
            // The answer to what was underway when it was given up.
            return Ok(());
        }
        match &mut self.stage {
            Stage::Submit | Stage::Poll => {
                let call = Call::get("/queryJobs", "following a SQL job");
                let job: Job = json(&call, &response, "a SQL job with \"id\" and \"status\"")?;
                self.follow(&job);
            }
            Stage::Read(pages) => pages.answered(response, now)?,
            Stage::Cancel => self.stage = Stage::Delete(Ok(())),
            Stage::Delete(outcome) => {
                self.stage = Stage::Ended(core::mem::replace(outcome, Ok(())));
                self.is_deleted = true;
            }
            // Given up while the answer was on its way: if it names a job, that job has to go.
            Stage::Ended(_) if self.wish == Wish::Nothing && self.id.is_empty() => {
                if let Ok(job) = serde_json::from_slice::<Job>(&response.body) {
                    self.follow(&job);
                }
            }
            Stage::Pause | Stage::Ended(_) => {
                return Err(Error::Misuse("There was no call to receive an answer to."));
            }
        }
        Ok(())
    }

    /// A job that cannot be cancelled or deleted is left behind, which is said in the report; its rows are not lost for it.
    fn failed(&mut self, error: Error, _now: Timestamp) -> Result<(), Error> {
        match &mut self.stage {
            Stage::Cancel => self.stage = Stage::Delete(Ok(())),
            Stage::Delete(outcome) => {
                self.is_deleted = error.status() == Some(404);
                self.stage = Stage::Ended(core::mem::replace(outcome, Ok(())));
            }
            _ => return Err(error),
        }
        Ok(())
    }

    fn abandon(&mut self) {
        self.wish = Wish::Nothing;
        self.progress = None;
        let is_known = !self.id.is_empty();
        match &self.stage {
            // Its answer may still come, and name the job.
            Stage::Submit if !is_known => self.stage = Stage::Ended(Ok(())),
            Stage::Pause | Stage::Poll => self.stage = Stage::Cancel,
            Stage::Read(_) => self.stage = Stage::Delete(Ok(())),
            Stage::Submit | Stage::Cancel | Stage::Delete(_) | Stage::Ended(_) => {}
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
        assert_eq!((report.rows, report.is_complete, report.is_deleted), (2, true, true));
    }

    fn drain(query: &mut SqlQuery) -> SqlReport {
        loop {
            match query.next(Timestamp::default()).expect("goes on") {
                Intent::Call(_) => answer(query, "{}"),
                Intent::Done(report) => return report,
                Intent::Wait(_) | Intent::Page(_) => {}
            }
        }
    }

    #[test]
    fn given_up_while_it_runs_it_is_cancelled_and_deleted() {
        let mut query = query();
        let _ = path(&mut query);
        answer(&mut query, r#"{"id":"j","status":"RUNNING"}"#);
        query.abandon();
        assert_eq!(path(&mut query), (Method::Put, "/queryJobs/j".to_owned()));
        answer(&mut query, "{}");
        assert_eq!(path(&mut query), (Method::Delete, "/queryJobs/j".to_owned()));
        let report = drain(&mut query);
        assert_eq!((report.is_complete, report.is_deleted), (false, true));
    }

    #[test]
    fn given_up_while_it_is_submitted_it_is_deleted_once_its_id_is_known() {
        let mut query = query();
        let _ = path(&mut query);
        query.abandon();
        answer(&mut query, r#"{"id":"j","status":"QUEUED"}"#);
        assert_eq!(path(&mut query), (Method::Put, "/queryJobs/j".to_owned()));
    }

    #[test]
    fn given_up_while_its_rows_are_read_it_is_deleted_and_a_late_answer_changes_nothing() {
        let mut query = query();
        let _ = path(&mut query);
        answer(&mut query, r#"{"id":"j","status":"FINISHED"}"#);
        assert_eq!(path(&mut query).1, "/queryJobs/j/results");
        query.abandon();
        answer(&mut query, r#"{"items":[]}"#);
        assert_eq!(path(&mut query), (Method::Delete, "/queryJobs/j".to_owned()));
    }

    #[test]
    fn given_up_before_it_began_it_asks_for_nothing() {
        let mut query = query();
        query.abandon();
        assert!(
            matches!(query.next(Timestamp::default()), Ok(Intent::Done(report)) if report.job.is_empty())
        );
    }

    #[test]
    fn a_job_that_cannot_be_deleted_costs_no_rows() {
        let mut query = query();
        let _ = path(&mut query);
        answer(&mut query, r#"{"id":"j","status":"FINISHED"}"#);
        let _ = path(&mut query);
        answer(&mut query, r#"{"items":[{"rowData":{}}],"limit":50000}"#);
        assert_eq!(path(&mut query).0, Method::Delete);
        query.failed(Error::Misuse("refused"), Timestamp::default()).expect("noted");
        let report = drain(&mut query);
        assert_eq!((report.rows, report.is_complete, report.is_deleted), (1, true, false));
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
