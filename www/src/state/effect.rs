use super::connection::{Connection, ConnectionId};

/// What the state wants done outside of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Effect {
    /// Open a connection and fetch its alerts, newest first, until `rows` came.
    Open {
        /// The connection's name here.
        id: ConnectionId,
        /// Where it leads.
        connection: Box<Connection>,
        /// After how many rows to pause.
        rows: u64,
    },
    /// Go on where a connection paused, was stopped or failed, until `rows` more came.
    Continue {
        /// Which connection.
        id: ConnectionId,
        /// After how many rows to pause.
        rows: u64,
    },
    /// Stop what a connection is doing; it can go on later.
    Stop(ConnectionId),
    /// Forget a connection and its credentials.
    Close(ConnectionId),
    /// Ask our own origin whether it is a demo.
    LookForDemo,
}
