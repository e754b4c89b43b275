use super::connection::{Connection, ConnectionId};
use super::number::{count_of, thousands};
use super::problem::Problem;
use triagekit::Timestamp;
use triagekit::page::Total;

/// What one connection is doing for the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// Which connection.
    pub id: ConnectionId,
    /// Where it leads.
    pub connection: Connection,
    /// How far it is.
    pub phase: Phase,
    /// How many rows came.
    pub loaded: u64,
    /// At how many rows it pauses.
    pub target: u64,
    /// How many rows there are, where the platform says so.
    pub total: Option<Total>,
    /// The time of the oldest row that came; older ones may be missing.
    pub oldest: Option<Timestamp>,
    /// When the last page came.
    pub synced_at: Option<Timestamp>,
}

/// How far a connection is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Phase {
    /// Rows are being fetched.
    Loading,
    /// As many rows came as were asked for; there may be more.
    Paused,
    /// The person stopped it.
    Cancelled,
    /// All rows came; or all that one search reaches, with the platform's limit in words.
    Complete {
        /// Why there may be more on the platform, if there may.
        note: Option<String>,
    },
    /// It cannot go on.
    Failed(Problem),
}

impl Feed {
    /// A connection that has just begun.
    pub fn new(id: ConnectionId, connection: Connection, target: u64) -> Self {
        Self {
            id,
            connection,
            phase: Phase::Loading,
            loaded: 0,
            target,
            total: None,
            oldest: None,
            synced_at: None,
        }
    }

    /// Whether rows are being fetched.
    pub fn is_loading(&self) -> bool {
        self.phase == Phase::Loading
    }

    /// Whether it waits for its first page.
    pub fn is_connecting(&self) -> bool {
        self.is_loading() && self.synced_at.is_none()
    }

    /// Whether the platform has answered at least once.
    pub fn has_answered(&self) -> bool {
        self.synced_at.is_some()
    }

    /// Whether there may be rows that did not come yet.
    pub fn may_have_more(&self) -> bool {
        matches!(self.phase, Phase::Paused | Phase::Cancelled)
    }

    /// What is wrong with it.
    pub fn problem(&self) -> Option<&Problem> {
        match &self.phase {
            Phase::Failed(problem) => Some(problem),
            _ => None,
        }
    }

    /// How many rows it works towards: what was asked for, or all there are if that is less.
    pub fn goal(&self) -> u64 {
        match self.total {
            Some(total) if total.is_exact => self.target.min(total.value),
            _ => self.target,
        }
    }

    /// Its part of the status bar: `UTMStack 2,000 of at least 10,000`.
    pub fn summary(&self) -> String {
        let name = self.connection.kind.name();
        let loaded = thousands(self.loaded);
        match (self.total, &self.phase) {
            (Some(total), _) if total.value > self.loaded => {
                format!("{name} {loaded} of {}", count_of(total))
            }
            (_, Phase::Complete { note: None }) => format!("{name} all {loaded}"),
            (None, Phase::Paused | Phase::Cancelled) => format!("{name} {loaded} (more to load)"),
            _ => format!("{name} {loaded}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use triagekit::BaseUrl;
    use triagekit::Secret;
    use triagekit::utmstack::Credentials;

    fn feed(loaded: u64, total: Option<(u64, bool)>, phase: Phase) -> Feed {
        let url = BaseUrl::parse("https://siem.example.org").expect("an address");
        let connection = Connection::utmstack(url, Credentials::ApiKey(Secret::new("k")));
        let total = total.map(|(value, is_exact)| Total { value, is_exact });
        Feed { phase, loaded, total, ..Feed::new(ConnectionId(1), connection, 2_000) }
    }

    #[test]
    fn numbers_are_exact_or_say_at_least() {
        let more = feed(2_000, Some((10_000, false)), Phase::Paused);
        assert_eq!(more.summary(), "UTMStack 2,000 of at least 10,000");
        assert_eq!(feed(2_000, Some((3_000, true)), Phase::Paused).summary(), "UTMStack 2,000 of 3,000");
        assert_eq!(feed(2_000, None, Phase::Paused).summary(), "UTMStack 2,000 (more to load)");
        assert_eq!(feed(12, Some((12, true)), Phase::Complete { note: None }).summary(), "UTMStack all 12");
    }

    #[test]
    fn the_goal_is_never_more_than_there_is() {
        assert_eq!(feed(0, Some((300, true)), Phase::Loading).goal(), 300);
        assert_eq!(feed(0, Some((10_000, false)), Phase::Loading).goal(), 2_000);
    }
}
