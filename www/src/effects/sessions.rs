use super::alert_stream::AlertStream;
use super::clock::now;
use super::pull::{Ending, Flow, Wire};
use super::store::Store;
use crate::state::{Alert, Connection, ConnectionId, Message, Problem};
use std::collections::HashMap;
use triagekit::page::Page;
use triagekit::{Error, Platform};
use wasm_bindgen_futures::spawn_local;

/// The connections that are open, with what is fetched on them.
#[derive(Debug, Default)]
pub struct Sessions {
    open: HashMap<ConnectionId, Session>,
    alerts_read: u64,
}

#[derive(Debug)]
struct Session {
    platform: Platform,
    wire: Wire,
    /// Away while a stretch is being fetched.
    stream: Option<AlertStream>,
}

impl Sessions {
    /// Opens a connection; nothing is sent yet.
    ///
    /// # Errors
    ///
    /// As [`AlertStream::open`].
    pub fn open(&mut self, id: ConnectionId, connection: &Connection) -> Result<(), Error> {
        let stream = Some(AlertStream::open(connection)?);
        self.open.insert(id, Session { platform: connection.kind, wire: Wire::default(), stream });
        Ok(())
    }

    /// Stops what a connection is doing.
    pub fn stop(&self, id: ConnectionId) {
        if let Some(session) = self.open.get(&id) {
            session.wire.cancellation.cancel();
        }
    }

    /// Forgets a connection and its credentials.
    pub fn close(&mut self, id: ConnectionId) {
        self.stop(id);
        self.open.remove(&id);
    }

    /// Takes a stream out to fetch from it, with a fresh cancellation; `None` when that is being done already.
    fn borrow(&mut self, id: ConnectionId) -> Option<(AlertStream, Wire, Platform)> {
        let session = self.open.get_mut(&id)?;
        let stream = session.stream.take()?;
        session.wire = Wire { bell: session.wire.bell.clone(), ..Wire::default() };
        Some((stream, session.wire.clone(), session.platform))
    }

    /// Puts a stream back, if its connection is still wanted.
    fn give_back(&mut self, id: ConnectionId, stream: AlertStream) {
        if let Some(session) = self.open.get_mut(&id) {
            session.stream = Some(stream);
        }
    }

    fn read(&mut self, id: ConnectionId, platform: Platform, page: &Page) -> Vec<Alert> {
        page.rows
            .iter()
            .map(|row| {
                self.alerts_read += 1;
                Alert::read(id, platform, self.alerts_read, page.row(row))
            })
            .collect()
    }
}

/// Fetches a stretch of a connection's alerts in the background, and tells the store of each page and of the end.
pub(super) fn fetch_stretch(store: Store, id: ConnectionId, rows: u64) {
    let Some((mut stream, wire, platform)) = store.with_sessions(|sessions| sessions.borrow(id)).flatten()
    else {
        return;
    };
    spawn_local(async move {
        let mut left = rows;
        let ending = stream
            .pull(&wire, |page| {
                let alerts = store.with_sessions(|sessions| sessions.read(id, platform, &page));
                let alerts = alerts.unwrap_or_default();
                left = left.saturating_sub(u64::try_from(alerts.len()).unwrap_or(u64::MAX));
                store.dispatch(Message::Arrived { id, alerts, total: page.total, at: now() });
                if left == 0 { Flow::Pause } else { Flow::GoOn }
            })
            .await;
        store.with_sessions(|sessions| sessions.give_back(id, stream));
        store.dispatch(match ending {
            Ok(Ending::Paused) => Message::Paused(id),
            Ok(Ending::Cancelled) => Message::Stopped(id),
            Ok(Ending::Done(())) => Message::Completed(id),
            Err(error) => Message::Failed(id, Problem::of(&error)),
        });
    });
}
