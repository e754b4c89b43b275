//! How long an answer took here, for `Server-Timing`: so that a benchmark can tell its own time from ours.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::http::{HeaderName, HeaderValue};
use axum::response::Response;

const SERVER_TIMING: HeaderName = HeaderName::from_static("server-timing");

tokio::task_local! {
    static OF_REQUEST: DatabaseTime;
}

/// How long the databases have worked for one request.
#[derive(Debug, Clone, Default)]
pub(crate) struct DatabaseTime(Arc<AtomicU64>);

impl DatabaseTime {
    /// That of the request that is being answered; one that nobody reads outside of any.
    pub(crate) fn of_request() -> Self {
        OF_REQUEST.try_with(Self::clone).unwrap_or_default()
    }

    /// Does `work` and adds what it takes.
    pub(crate) fn measure<T>(&self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let answer = work();
        let nanos = u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX);
        self.0.fetch_add(nanos, Ordering::Relaxed);
        answer
    }

    fn total(&self) -> Duration {
        Duration::from_nanos(self.0.load(Ordering::Relaxed))
    }
}

/// Answers, and says in `Server-Timing` how long the database (`db`) and everything else (`app`) took.
pub(crate) async fn timed(work: impl Future<Output = Response>) -> Response {
    let database = DatabaseTime::default();
    let start = Instant::now();
    let mut answer = OF_REQUEST.scope(database.clone(), work).await;
    let (whole, database) = (start.elapsed(), database.total());
    let text = format!("db;dur={}, app;dur={}", millis(database), millis(whole.saturating_sub(database)));
    if let Ok(value) = HeaderValue::from_str(&text) {
        answer.headers_mut().insert(SERVER_TIMING, value);
    }
    answer
}

/// Milliseconds with three decimals, as the header wants them.
fn millis(duration: Duration) -> String {
    format!("{}.{:03}", duration.as_millis(), duration.subsec_micros() % 1_000)
}

#[cfg(test)]
mod tests {
    use axum::response::IntoResponse as _;

    use super::*;

    #[test]
    fn an_answer_says_how_long_the_database_and_the_rest_took() {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let answer = runtime.block_on(timed(async {
            DatabaseTime::of_request().measure(|| std::hint::black_box(1 + 1));
            "x".into_response()
        }));
        let text = answer.headers()[SERVER_TIMING].to_str().unwrap().to_owned();
        assert!(text.starts_with("db;dur=0.") && text.contains(", app;dur=0."), "{text}");
    }

    #[test]
    fn durations_are_milliseconds() {
        assert_eq!(millis(Duration::from_micros(1_234_056)), "1234.056");
    }

    #[test]
    fn work_outside_of_a_request_is_measured_for_nobody() {
        assert_eq!(DatabaseTime::of_request().measure(|| 7), 7);
    }
}
