use triagekit::Error;

/// Why a connection gives no rows at the moment, as people read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The core's stable word.
    pub code: &'static str,
    /// What was expected, what came, what to do, in the core's words; never a secret.
    pub message: String,
    /// The HTTP status, where there was an answer.
    pub status: Option<u16>,
    /// What the platform said, where it said something.
    pub said: Option<String>,
}

impl Problem {
    /// Takes over what the core says.
    pub fn of(error: &Error) -> Self {
        Self {
            code: error.code(),
            message: error.to_string(),
            status: error.status(),
            said: error.said().map(str::to_owned),
        }
    }

    /// Whether no whole answer came at all.
    pub fn is_silence(&self) -> bool {
        matches!(self.code, "unreachable" | "interrupted" | "timed_out")
    }

    /// Whether other credentials are needed before another attempt makes sense.
    pub fn needs_credentials(&self) -> bool {
        matches!(
            self.code,
            "wrong_credentials"
                | "unauthorized"
                | "forbidden"
                | "second_factor_required"
                | "locked"
                | "key_file"
        )
    }
}
