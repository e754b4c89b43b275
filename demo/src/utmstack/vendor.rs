//! UTMStack's state: its index, its signing secret and its lockout.

use std::collections::hash_map::RandomState;
use std::hash::{BuildHasher as _, Hasher as _};
use std::sync::{PoisonError, RwLock};

use crate::config::Personality;
use crate::instant::UtcInstant;
use crate::store::Database;
use crate::utmstack::access::{Lockout, SecondFactor};
use crate::utmstack::condition::Meaning;

/// The demo's administrator.
pub(crate) const USERNAME: &str = "admin";
/// The password of all its users, published on purpose: the server listens on loopback only.
pub(crate) const PASSWORD: &str = "triagekit-demo";

/// One UTMStack server.
#[derive(Debug)]
pub(crate) struct UtmStack {
    /// The index and the catalogue.
    pub(crate) database: Database,
    /// Which generation answers.
    pub(crate) personality: Personality,
    /// Who failed to log in how often.
    pub(crate) lockout: Lockout,
    /// The codes that have been sent, when a second factor is asked for.
    pub(crate) second_factor: SecondFactor,
    signing_secret: RwLock<[u8; 64]>,
}

impl UtmStack {
    /// A server that has just started.
    pub(crate) fn new(database: Database, personality: Personality, asks_for_second_factor: bool) -> Self {
        Self {
            database,
            personality,
            lockout: Lockout::default(),
            second_factor: SecondFactor::new(asks_for_second_factor),
            signing_secret: RwLock::new(random_secret()),
        }
    }

    /// What filters mean here and now.
    pub(crate) fn meaning(&self) -> Meaning {
        Meaning { personality: self.personality, now: UtcInstant::now() }
    }

    /// Lets `work` write on a thread that may block, in one transaction.
    pub(crate) async fn writing<T, W>(&self, work: W) -> rusqlite::Result<T>
    where
        T: Send + 'static,
        W: FnOnce(&rusqlite::Connection) -> rusqlite::Result<T> + Send + 'static,
    {
        let database = self.database.clone();
        let written = tokio::task::spawn_blocking(move || database.write(work)).await;
        written.unwrap_or_else(|_| Err(rusqlite::Error::InvalidQuery))
    }

    /// The secret that tokens are signed with.
    pub(crate) fn signing_secret(&self) -> [u8; 64] {
        *self.signing_secret.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Does what a restart does: the secret is drawn at every start of the backend, so that no token outlives
    /// it (docs/utmstack.md, "Token").
    pub(crate) fn forget_tokens(&self) {
        *self.signing_secret.write().unwrap_or_else(PoisonError::into_inner) = random_secret();
    }
}

/// Drawn from the process's own random keys, not from the seed: real servers differ from start to start too.
pub(crate) fn random_secret() -> [u8; 64] {
    let mut secret = [0; 64];
    for chunk in secret.chunks_mut(8) {
        let word = RandomState::new().build_hasher().finish();
        chunk.copy_from_slice(&word.to_ne_bytes());
    }
    secret
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::UTMSTACK_SCHEMA;

    #[test]
    fn forgetting_tokens_changes_the_secret() {
        let vendor = UtmStack::new(Database::in_memory(UTMSTACK_SCHEMA).unwrap(), Personality::V10, false);
        let before = vendor.signing_secret();
        vendor.forget_tokens();
        assert_ne!(vendor.signing_secret(), before);
    }
}
