use super::alert::Alert;
use super::connection::{Connection, ConnectionId};
use super::feed::Feed;
use super::queue::Queue;
use alloc::sync::Arc;
use triagekit::{Platform, Timestamp};

/// The views there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Where connections are made and ended.
    #[default]
    Connections,
    /// The alerts.
    Queue,
}

/// All that the console knows.
#[derive(Debug, Clone, Default)]
pub struct Model {
    /// The view that is shown.
    pub place: Place,
    /// What a demo server offers, if our own origin is one.
    pub demo: Option<Vec<Connection>>,
    /// The connections, in the order in which they were made.
    pub feeds: Vec<Feed>,
    /// The alerts of all of them.
    pub queue: Queue,
    /// The row that the keyboard is at.
    pub cursor: Option<Arc<Alert>>,
    /// Whether the detail of that row is open.
    pub is_open: bool,
    pub(super) last_id: u32,
}

impl Model {
    /// The connection of that name.
    pub fn feed(&self, id: ConnectionId) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.id == id)
    }

    /// The connection to a product, of which there is one at the most.
    pub fn feed_of(&self, kind: Platform) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.connection.kind == kind)
    }

    /// The alert whose detail is shown.
    pub fn opened(&self) -> Option<&Arc<Alert>> {
        self.cursor.as_ref().filter(|_| self.is_open)
    }

    /// Whether anything is being fetched.
    pub fn is_loading(&self) -> bool {
        self.feeds.iter().any(Feed::is_loading)
    }

    /// Whether more rows can be asked for.
    pub fn may_have_more(&self) -> bool {
        self.feeds.iter().any(Feed::may_have_more)
    }

    /// When the newest page came.
    pub fn synced_at(&self) -> Option<Timestamp> {
        self.feeds.iter().filter_map(|feed| feed.synced_at).max()
    }

    /// The instant down to which the queue shows the alerts of all connections; `None` when it shows all there are, or
    /// when nothing came yet.
    ///
    /// One connection may reach further back than another; below this instant, alerts of the other are missing.
    pub fn complete_down_to(&self) -> Option<Timestamp> {
        self.feeds.iter().filter(|feed| feed.may_have_more()).filter_map(|feed| feed.oldest).max()
    }
}
