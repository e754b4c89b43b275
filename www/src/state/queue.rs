use super::alert::Alert;
use super::connection::ConnectionId;
use alloc::sync::Arc;
use std::collections::HashSet;
use triagekit::finding::Severity;

/// The alerts of all connections in one order, newest first.
#[derive(Debug, Clone, Default)]
pub struct Queue {
    alerts: Arc<Vec<Arc<Alert>>>,
    known: HashSet<(ConnectionId, String)>,
}

impl Queue {
    /// Merges alerts that came. One that is there already, by its connection and id, is not taken again.
    ///
    /// Gives how many were new.
    pub fn merge(&mut self, arrived: Vec<Alert>) -> usize {
        let mut new: Vec<Arc<Alert>> = arrived
            .into_iter()
            .filter(|alert| {
                alert.finding.uid.is_empty()
                    || self.known.insert((alert.connection, alert.finding.uid.clone()))
            })
            .map(Arc::new)
            .collect();
        new.sort_by(|a, b| a.compare(b));
        let count = new.len();
        if count > 0 {
            self.alerts = Arc::new(merged(&self.alerts, new));
        }
        count
    }

    /// Takes out all that came from a connection.
    pub fn remove(&mut self, connection: ConnectionId) {
        self.known.retain(|(owner, _)| *owner != connection);
        self.alerts =
            Arc::new(self.alerts.iter().filter(|alert| alert.connection != connection).cloned().collect());
    }

    /// All alerts, in order.
    pub fn alerts(&self) -> &Arc<Vec<Arc<Alert>>> {
        &self.alerts
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.alerts.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.alerts.is_empty()
    }

    /// The alert at a place, from 0.
    pub fn get(&self, index: usize) -> Option<&Arc<Alert>> {
        self.alerts.get(index)
    }

    /// The place of an alert.
    pub fn index_of(&self, alert: &Alert) -> Option<usize> {
        self.alerts.binary_search_by(|other| other.compare(alert)).ok()
    }

    /// How many there are of each severity, the gravest first; severities without alerts are left out.
    pub fn by_severity(&self) -> Vec<(Severity, usize)> {
        use Severity::{Critical, High, Informational, Low, Medium, Unknown};
        [Critical, High, Medium, Low, Informational, Unknown]
            .into_iter()
            .map(|severity| {
                (severity, self.alerts.iter().filter(|alert| alert.finding.severity == severity).count())
            })
            .filter(|(_, count)| *count > 0)
            .collect()
    }
}

/// Merges two lists that are in order.
fn merged(old: &[Arc<Alert>], new: Vec<Arc<Alert>>) -> Vec<Arc<Alert>> {
    let mut all = Vec::with_capacity(old.len() + new.len());
    let mut old = old.iter().peekable();
    for alert in new {
        while let Some(earlier) = old.next_if(|earlier| earlier.compare(&alert).is_lt()) {
            all.push(Arc::clone(earlier));
        }
        all.push(alert);
    }
    all.extend(old.cloned());
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use triagekit::Platform;

    fn alert(connection: u32, sequence: u64, id: &str, minute: u32) -> Alert {
        let row = format!(r#"{{"id":"{id}","@timestamp":"2026-11-21T08:{minute:02}:00Z","severity":3}}"#);
        Alert::read(ConnectionId(connection), Platform::Utmstack, sequence, row.as_bytes())
    }

    fn ids(queue: &Queue) -> Vec<&str> {
        queue.alerts().iter().map(|alert| alert.finding.uid.as_str()).collect()
    }

    #[test]
    fn pages_of_two_connections_make_one_order() {
        let mut queue = Queue::default();
        assert_eq!(queue.merge(vec![alert(1, 1, "a", 50), alert(1, 2, "b", 30)]), 2);
        assert_eq!(queue.merge(vec![alert(2, 3, "c", 40), alert(2, 4, "d", 55), alert(2, 5, "e", 10)]), 3);
        assert_eq!(ids(&queue), ["d", "a", "c", "b", "e"]);
        let places: Vec<_> = queue.alerts().iter().map(|alert| queue.index_of(alert)).collect();
        assert_eq!(places, (0..5).map(Some).collect::<Vec<_>>());
    }

    #[test]
    fn an_alert_that_comes_again_is_taken_once_for_each_connection() {
        let mut queue = Queue::default();
        queue.merge(vec![alert(1, 1, "a", 50)]);
        assert_eq!(queue.merge(vec![alert(1, 2, "a", 50), alert(2, 3, "a", 50)]), 1);
        assert_eq!(queue.len(), 2);
    }

    #[test]
    fn a_connection_that_is_removed_takes_its_alerts_along() {
        let mut queue = Queue::default();
        queue.merge(vec![alert(1, 1, "a", 50), alert(2, 2, "b", 40)]);
        queue.remove(ConnectionId(1));
        assert_eq!(ids(&queue), ["b"]);
        assert_eq!(queue.merge(vec![alert(1, 3, "a", 50)]), 1);
    }

    #[test]
    fn severities_are_counted_the_gravest_first() {
        let mut queue = Queue::default();
        queue.merge(vec![alert(1, 1, "a", 50), alert(1, 2, "b", 40)]);
        assert_eq!(queue.by_severity(), [(Severity::High, 2)]);
    }
}
