use super::connection::ConnectionId;
use core::cmp::{Ordering, Reverse};
use triagekit::Platform;
use triagekit::finding::{self, Finding};

/// One row of the queue: the common record, and the vendor's own as it came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alert {
    /// Which connection it came from.
    pub connection: ConnectionId,
    /// Its place among all that came; no two alerts share one.
    pub sequence: u64,
    /// What both platforms say of it.
    pub finding: Finding,
    /// The vendor's record, byte for byte.
    pub record: Box<[u8]>,
}

impl Alert {
    /// Reads a row. A row that is no record at all is kept as well, without a name: nothing that came is dropped.
    pub fn read(connection: ConnectionId, platform: Platform, sequence: u64, row: &[u8]) -> Self {
        let finding = match platform {
            Platform::Utmstack => finding::from_utmstack(row),
            Platform::Uptycs => finding::from_uptycs(row),
        };
        Self {
            connection,
            sequence,
            finding: finding.unwrap_or_else(|_| Finding::new(platform)),
            record: row.into(),
        }
    }

    /// The vendor's record as text.
    pub fn record_text(&self) -> String {
        String::from_utf8_lossy(&self.record).into_owned()
    }

    /// The order of the queue: newest first; alerts without a time stand at the end.
    pub fn compare(&self, other: &Self) -> Ordering {
        let key = |alert: &Self| (Reverse(alert.finding.time), alert.finding.platform);
        key(self)
            .cmp(&key(other))
            .then_with(|| self.finding.uid.cmp(&other.finding.uid))
            .then_with(|| self.sequence.cmp(&other.sequence))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_that_is_no_record_is_kept() {
        let alert = Alert::read(ConnectionId(1), Platform::Uptycs, 7, b"\"odd\"");
        assert_eq!((alert.finding.uid.as_str(), alert.record_text().as_str()), ("", "\"odd\""));
    }

    #[test]
    fn the_newest_stands_first_and_the_timeless_last() {
        let read =
            |sequence, row: &str| Alert::read(ConnectionId(1), Platform::Utmstack, sequence, row.as_bytes());
        let old = read(1, r#"{"id":"a","@timestamp":"2026-11-20T00:00:00Z"}"#);
        let new = read(2, r#"{"id":"b","@timestamp":"2026-11-21T00:00:00Z"}"#);
        let timeless = read(3, r#"{"id":"c"}"#);
        let mut all = [timeless, old, new];
        all.sort_by(Alert::compare);
        assert_eq!(all.map(|alert| alert.sequence), [2, 1, 3]);
    }
}
