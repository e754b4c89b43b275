use super::alert::Alert;
use super::connection::{Connection, ConnectionId};
use super::model::Place;
use super::problem::Problem;
use alloc::sync::Arc;
use triagekit::Timestamp;
use triagekit::page::Total;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    /// The page has come up.
    Started,
    /// Our own origin is a demo and offers these connections.
    DemoOffered(Vec<Connection>),
    /// The person wants the demo.
    UseDemo,
    /// The person wants this connection; one to the same product makes way.
    Connect(Connection),
    /// The person does not want a connection any more.
    Disconnect(ConnectionId),
    /// The person goes to another view.
    Go(Place),
    /// A page came.
    Arrived {
        /// On which connection.
        id: ConnectionId,
        /// Its alerts.
        alerts: Vec<Alert>,
        /// How many rows the platform says there are.
        total: Option<Total>,
        /// When it came.
        at: Timestamp,
    },
    /// As many rows came as were asked for.
    Paused(ConnectionId),
    /// All rows came.
    Completed(ConnectionId),
    /// A connection stopped because it was told to.
    Stopped(ConnectionId),
    /// A connection cannot go on.
    Failed(ConnectionId, Problem),
    /// The person wants the next rows of all connections that have some.
    LoadMore,
    /// The person stops all that is being fetched.
    Cancel,
    /// The person wants a failed connection to try again.
    Retry(ConnectionId),
    /// The person moves by this many rows.
    Move(isize),
    /// The person moves to the first or the last row.
    MoveToEnd {
        /// The last row, not the first.
        is_last: bool,
    },
    /// The person points at a row.
    Select(Arc<Alert>),
    /// The person opens the row that they are at.
    Open,
    /// The person closes the detail.
    CloseDetail,
}
