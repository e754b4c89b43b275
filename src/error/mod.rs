//! The one error of this crate: what was expected, what came, what to do.

mod decode;
mod refusal;
mod unexpected;

pub(crate) use decode::decode;
pub use refusal::{Refusal, RefusalKind};
pub use unexpected::Unexpected;

use crate::base_url::BaseUrlError;
use crate::http::Failure;
use crate::operation::Evidence;
use crate::platform::Platform;
use crate::uptycs::KeyFileError;
use core::time::Duration;

/// Everything that can go wrong, each with a stable [`code`](Error::code).
///
/// No message holds a secret: neither the caller's credentials nor what a vendor sent back at sign-in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The Uptycs key file or key cannot be used.
    #[error(transparent)]
    KeyFile(#[from] KeyFileError),
    /// The address of a connection is not one that credentials may be sent to.
    #[error(transparent)]
    BaseUrl(#[from] BaseUrlError),
    /// An argument of a call cannot be used; the text says which, and what is expected.
    #[error("{0}")]
    InvalidArgument(String),
    /// The write is not known well enough to be made without the caller's consent.
    #[error(
        "{operation} is {}: nobody was publicly seen making it. Allow reconstructed writes for this call to try it; \
         it is read back, and reported as not applied when nothing changed.",
        evidence.word()
    )]
    NotAttested {
        /// The operation, as method and path or by what it does.
        operation: String,
        /// How surely it is known.
        evidence: Evidence,
    },
    /// The connection's API version cannot express what was asked; the text says what it cannot, and what it can.
    #[error("{0}")]
    Unsupported(String),
    /// No response came.
    #[error("{}", transport_message(*platform, host, failure))]
    Transport {
        /// Which product was asked.
        platform: Platform,
        /// Host and port that were asked.
        host: String,
        /// Why there is no response.
        failure: Failure,
    },
    /// The platform answered with a status that is not success.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// The platform answered with success, but not with what its API promises.
    #[error(transparent)]
    Unexpected(#[from] Unexpected),
    /// The rows that were asked for lie beyond what one search can reach.
    #[error(
        "{platform} gives at most {reach} rows of one search, and there are more. \
         The first {reach} were delivered. Narrow the search (since, until, filters), or ask for at most {reach} (limit)."
    )]
    ResultWindow {
        /// Which product was asked.
        platform: Platform,
        /// How many rows one search reaches.
        reach: u64,
    },
    /// A SQL job ended without a result.
    #[error(
        "The SQL job ended as {status}: {}. Correct the query and run it again.",
        job_words(brief, detail)
    )]
    JobFailed {
        /// The job's last status, as the vendor writes it.
        status: String,
        /// The vendor's short text.
        brief: String,
        /// The vendor's long text.
        detail: String,
    },
    /// The time given to the whole operation is over.
    #[error("The operation did not end within its deadline. {last}")]
    DeadlineExceeded {
        /// What had gone wrong last, before the deadline came.
        last: Box<Error>,
    },
    /// The program called the machine out of turn: `next` without the answer that it waits for, or the reverse.
    #[error("{0}")]
    Misuse(&'static str),
}

impl Error {
    /// A stable word for programs, in snake case.
    ///
    /// ```
    /// use triagekit::uptycs::KeyFile;
    ///
    /// let error = triagekit::Error::from(KeyFile::parse("{").unwrap_err());
    /// assert_eq!(error.code(), "key_file");
    /// ```
    pub const fn code(&self) -> &'static str {
        match self {
            Self::KeyFile(_) => "key_file",
            Self::BaseUrl(_) => "base_url",
            Self::InvalidArgument(_) => "invalid_argument",
            Self::Unsupported(_) => "unsupported",
            Self::NotAttested { .. } => "not_attested",
            Self::Transport { failure: Failure::Unreachable(_), .. } => "unreachable",
            Self::Transport { failure: Failure::Interrupted(_), .. } => "interrupted",
            Self::Transport { failure: Failure::TimedOut, .. } => "timed_out",
            Self::Transport { failure: Failure::Cancelled, .. } => "cancelled",
            Self::Refused(refusal) => refusal.kind.code(),
            Self::Unexpected(_) => "unexpected_answer",
            Self::ResultWindow { .. } => "result_window",
            Self::JobFailed { .. } => "job_failed",
            Self::DeadlineExceeded { .. } => "deadline_exceeded",
            Self::Misuse(_) => "misuse",
        }
    }

    /// Whether the same call may well succeed a little later, unchanged.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport { failure, .. } => !matches!(failure, Failure::Cancelled),
            Self::Refused(refusal) => refusal.kind.is_retryable(),
            Self::Unexpected(unexpected) => unexpected.is_retryable,
            _ => false,
        }
    }

    /// The HTTP status of the answer, where there was one.
    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused(refusal) => Some(refusal.status),
            Self::Unexpected(unexpected) => Some(unexpected.status),
            Self::DeadlineExceeded { last } => last.status(),
            _ => None,
        }
    }

    /// What the vendor said, in its own words, where it said something.
    pub fn said(&self) -> Option<&str> {
        match self {
            Self::Refused(refusal) => refusal.said.as_deref(),
            Self::JobFailed { detail, .. } => Some(detail),
            Self::DeadlineExceeded { last } => last.said(),
            _ => None,
        }
    }

    /// How long the platform asked to be left alone, where it asked.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused(refusal) => refusal.retry_after,
            Self::DeadlineExceeded { last } => last.retry_after(),
            _ => None,
        }
    }
}

fn transport_message(platform: Platform, host: &str, failure: &Failure) -> String {
    match failure {
        Failure::Unreachable(words) => format!(
            "{platform} at {host} cannot be reached ({words}). \
             Check that the address is right, that the server runs, and that its certificate is trusted here."
        ),
        Failure::Interrupted(words) => {
            format!(
                "The connection to {platform} at {host} ended before the answer was whole ({words}). Try again."
            )
        }
        Failure::TimedOut => format!(
            "{platform} at {host} did not answer in the time given to one attempt. \
             Try again, ask for less at a time, or allow more time."
        ),
        Failure::Cancelled => format!("The call to {platform} at {host} was cancelled."),
    }
}

fn job_words(brief: &str, detail: &str) -> String {
    match (brief.is_empty(), detail.is_empty() || detail == brief) {
        (true, true) => "the vendor gave no reason".to_owned(),
        (false, true) => brief.to_owned(),
        (true, false) => detail.to_owned(),
        (false, false) => format!("{brief}: {detail}"),
    }
}

#[cfg(test)]
mod tests {
    use super::RefusalKind as Kind;

    #[test]
    fn every_code_stands_in_the_document() {
        let document = include_str!("../../docs/errors.md");
        let kinds = [
            Kind::WrongCredentials,
            Kind::Unauthorized,
            Kind::SecondFactorRequired,
            Kind::Forbidden,
            Kind::NotFound,
            Kind::Conflict,
            Kind::Locked,
            Kind::RateLimited,
            Kind::Redirect,
            Kind::BadRequest,
            Kind::ServerError,
        ];
        let others = [
            "key_file",
            "base_url",
            "invalid_argument",
            "unsupported",
            "not_attested",
            "unreachable",
            "interrupted",
            "timed_out",
            "cancelled",
            "unexpected_answer",
            "result_window",
            "job_failed",
            "deadline_exceeded",
            "misuse",
        ];
        for code in kinds.map(Kind::code).into_iter().chain(others) {
            assert!(document.contains(&format!("| `{code}` |")), "{code} is not in docs/errors.md");
        }
    }
}
