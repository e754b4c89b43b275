use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::Call;
use crate::platform::Platform;
use serde_json::Value;
use std::collections::HashMap;

const DOING: &str = "reading which alerts belong to which incident";
const SIZE: usize = 2_000;
/// How many ids fit into a query without making the address too long.
const FEW: usize = 50;

/// Reads which incidents alerts are linked to, page after page.
///
/// The server's own list is the truth here: an alert may be linked there and not be stamped.
#[derive(Debug)]
pub(super) struct Links {
    of: Of,
    page: usize,
    /// The incident of each alert.
    pub(super) found: HashMap<String, u64>,
    is_finished: bool,
}

#[derive(Debug)]
enum Of {
    Incident(u64),
    Alerts(Vec<String>),
}

impl Links {
    /// Those of one incident.
    pub(super) fn of_incident(id: u64) -> Self {
        Self { of: Of::Incident(id), page: 0, found: HashMap::new(), is_finished: false }
    }

    /// Those of some alerts. That servers select by alert is not attested, so all that comes is looked at.
    pub(super) fn of_alerts(ids: &[String]) -> Self {
        Self { of: Of::Alerts(ids.to_vec()), page: 0, found: HashMap::new(), is_finished: false }
    }

    /// The next call; nothing when all is read.
    pub(super) fn call(&self) -> Option<Call> {
        let call = Call::get("/api/utm-incident-alerts", DOING);
        let call = match &self.of {
            _ if self.is_finished => return None,
            Of::Incident(id) => call.with("incidentId.equals", id.to_string()),
            Of::Alerts(ids) if ids.len() <= FEW => call.with("alertId.in", ids.join(",")),
            Of::Alerts(_) => call,
        };
        Some(call.with("page", self.page.to_string()).with("size", SIZE.to_string()))
    }

    pub(super) fn answered(&mut self, response: &Response) -> Result<(), Error> {
        let rows: Vec<Value> = serde_json::from_slice(&response.body).map_err(|cause| {
            Unexpected::body(Platform::Utmstack, DOING, response, "a JSON array of links", &cause)
        })?;
        for row in &rows {
            let (Some(alert), Some(incident)) = (row["alertId"].as_str(), row["incidentId"].as_u64()) else {
                continue;
            };
            let is_wanted = match &self.of {
                Of::Incident(id) => *id == incident,
                Of::Alerts(ids) => ids.iter().any(|id| id == alert),
            };
            if is_wanted {
                self.found.insert(alert.to_owned(), incident);
            }
        }
        self.page += 1;
        let has_all = matches!(&self.of, Of::Alerts(ids) if ids.len() == self.found.len());
        self.is_finished = rows.len() < SIZE || has_all;
        Ok(())
    }
}
