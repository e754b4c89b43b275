//! Tokens that died before their time.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};

/// The values of `Authorization` that are good no more.
#[derive(Debug, Default)]
pub(crate) struct RevokedTokens {
    tokens: Mutex<HashSet<Vec<u8>>>,
}

impl RevokedTokens {
    /// Lets a token die.
    pub(crate) fn revoke(&self, token: &[u8]) {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).insert(token.to_owned());
    }

    /// Whether a token has died.
    pub(crate) fn holds(&self, token: &[u8]) -> bool {
        self.tokens.lock().unwrap_or_else(PoisonError::into_inner).contains(token)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_token_that_died_is_dead() {
        let revoked = RevokedTokens::default();
        revoked.revoke(b"Bearer a");
        assert!(revoked.holds(b"Bearer a") && !revoked.holds(b"Bearer b"));
    }
}
