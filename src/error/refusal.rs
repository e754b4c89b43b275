use crate::platform::Platform;
use core::fmt;
use core::time::Duration;

/// An answer whose status is not success.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which product answered.
    pub platform: Platform,
    /// What was being done, such as "listing alerts".
    pub doing: &'static str,
    /// What the refusal means for the caller.
    pub kind: RefusalKind,
    /// The HTTP status.
    pub status: u16,
    /// The vendor's own words, if there were any.
    pub said: Option<String>,
    /// How long the platform asked to be left alone.
    pub retry_after: Option<Duration>,
    /// What the caller can do that this crate knows of beyond the kind's own advice.
    pub hint: Option<String>,
}

/// What a refusal means for the caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum RefusalKind {
    /// 401 to a sign-in: user name, password or code are wrong.
    WrongCredentials,
    /// 401 to anything else: the token or key is not accepted.
    Unauthorized,
    /// The sign-in needs a second factor.
    SecondFactorRequired,
    /// 403.
    Forbidden,
    /// 404.
    NotFound,
    /// 409: it exists already, or belongs to something else.
    Conflict,
    /// 423: too many failed sign-ins from this address.
    Locked,
    /// 429.
    RateLimited,
    /// 3xx: credentials do not follow redirects.
    Redirect,
    /// Any other 4xx.
    BadRequest,
    /// 5xx.
    ServerError,
}

impl RefusalKind {
    /// What a status means where the call was no sign-in.
    ///
    /// ```
    /// use triagekit::error::RefusalKind;
    ///
    /// assert_eq!(RefusalKind::of_status(429), RefusalKind::RateLimited);
    /// assert!(RefusalKind::of_status(503).is_retryable());
    /// ```
    pub const fn of_status(status: u16) -> Self {
        match status {
            300..=399 => Self::Redirect,
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 => Self::NotFound,
            409 => Self::Conflict,
            423 => Self::Locked,
            429 => Self::RateLimited,
            500..=599 => Self::ServerError,
            _ => Self::BadRequest,
        }
    }

    /// The stable word for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongCredentials => "wrong_credentials",
            Self::Unauthorized => "unauthorized",
            Self::SecondFactorRequired => "second_factor_required",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not_found",
            Self::Conflict => "conflict",
            Self::Locked => "locked",
            Self::RateLimited => "rate_limited",
            Self::Redirect => "redirect",
            Self::BadRequest => "bad_request",
            Self::ServerError => "server_error",
        }
    }

    /// Whether the same call may well succeed a little later, unchanged.
    pub const fn is_retryable(self) -> bool {
        matches!(self, Self::RateLimited | Self::ServerError)
    }

    const fn advice(self) -> &'static str {
        match self {
            Self::WrongCredentials => "Check the user name and the password.",
            Self::Unauthorized => "Check that the key or token belongs to this instance and is still active.",
            Self::SecondFactorRequired => {
                "This account signs in with a second factor. Use an API key or an account without one."
            }
            Self::Forbidden => "Ask an administrator for the permission, or use another account.",
            Self::NotFound => "Check the path and the id; it may have been deleted.",
            Self::Conflict => "Read its present state and decide again.",
            Self::Locked => {
                "Wait ten minutes before the next sign-in; each further attempt starts the wait anew."
            }
            Self::RateLimited => "Wait, then go on with fewer requests at a time.",
            Self::Redirect => {
                "Credentials do not follow redirects: use the address that it points to, if you trust it."
            }
            Self::BadRequest => "Correct the request; it will be refused again unchanged.",
            Self::ServerError => {
                "Try again later; if it stays, show this message to whoever runs the server."
            }
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} answered {} when {}", self.platform, self.status, self.doing)?;
        if let Some(said) = &self.said {
            write!(f, ": {}", said.trim_end_matches('.'))?;
        }
        f.write_str(". ")?;
        if let Some(wait) = self.retry_after {
            write!(f, "It asks to wait {} s. ", wait.as_secs_f64().ceil())?;
        }
        f.write_str(self.hint.as_deref().unwrap_or_else(|| self.kind.advice()))
    }
}

impl core::error::Error for Refusal {}
