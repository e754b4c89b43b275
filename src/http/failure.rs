/// Why a transport has no response to give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// Nothing is known to have reached the server: no address, no connection, no TLS; in the transport's words.
    Unreachable(String),
    /// The connection ended before the response was whole; in the transport's words.
    Interrupted(String),
    /// The attempt took longer than it was given.
    TimedOut,
    /// The caller does not want the answer any more.
    Cancelled,
}
