//! The codes of the second factor (docs/utmstack.md, 2.1). Real servers mail them; this one prints them.

use std::collections::{HashMap, HashSet};
use std::io::Write as _;
use std::sync::{Mutex, PoisonError};

use crate::instant::{MINUTE, UtcInstant};
use crate::utmstack::vendor::random_secret;

/// How long a code is good: nominally two minutes for one that was mailed.
pub(crate) const CODE_LIFETIME: i64 = 2 * MINUTE;

/// The codes by login.
#[derive(Debug, Default)]
pub(crate) struct SecondFactor {
    /// Whether logins have to give one.
    pub(crate) is_asked_for: bool,
    codes: Mutex<HashMap<String, (String, UtcInstant)>>,
    verified: Mutex<HashSet<String>>,
}

impl SecondFactor {
    /// Without any codes yet.
    pub(crate) fn new(is_asked_for: bool) -> Self {
        Self { is_asked_for, ..Self::default() }
    }

    /// Draws a code for a login, and prints it.
    pub(crate) fn send(&self, login: &str, now: UtcInstant) {
        let number =
            random_secret().iter().fold(0_u32, |number, &byte| number * 31 % 1_000_000 + u32::from(byte));
        let code = format!("{:06}", number % 1_000_000);
        // Whoever closed the output does not want to know.
        let _ = writeln!(std::io::stdout(), "UTMStack code for {login}: {code}");
        self.codes.lock().unwrap_or_else(PoisonError::into_inner).insert(login.to_owned(), (code, now));
    }

    /// The last code of a login, for tests that do not read what is printed.
    pub(crate) fn code(&self, login: &str) -> Option<String> {
        let codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        codes.get(login).map(|(code, _)| code.clone())
    }

    /// Whether the code is the login's last and still good; a code is good once.
    pub(crate) fn accepts(&self, login: &str, code: &str, now: UtcInstant) -> bool {
        let mut codes = self.codes.lock().unwrap_or_else(PoisonError::into_inner);
        let is_good =
            codes.get(login).is_some_and(|(sent, at)| sent == code.trim() && at.plus(CODE_LIFETIME) > now);
        if is_good {
            codes.remove(login);
        }
        is_good
    }

    /// Remembers that a login has given a good code while setting up its second factor.
    pub(crate) fn verified(&self, login: &str) {
        self.verified.lock().unwrap_or_else(PoisonError::into_inner).insert(login.to_owned());
    }

    /// Whether it has; told once.
    pub(crate) fn takes_verified(&self, login: &str) -> bool {
        self.verified.lock().unwrap_or_else(PoisonError::into_inner).remove(login)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_good_once_and_for_two_minutes() {
        let now = UtcInstant::from_millis(1_000_000);
        let factor = SecondFactor::new(true);
        factor.send("admin", now);
        let code = factor.code("admin").unwrap();
        assert_eq!(code.len(), 6);
        assert!(!factor.accepts("admin", "x", now) && !factor.accepts("user", &code, now));
        assert!(!factor.accepts("admin", &code, now.plus(CODE_LIFETIME)));
        assert!(factor.accepts("admin", &format!("{code}\n"), now));
        assert!(!factor.accepts("admin", &code, now));
    }
}
