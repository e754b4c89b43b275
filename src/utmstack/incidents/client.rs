use super::change::{IncidentChange, StatusFlow};
use super::finish::FinishFlow;
use super::incident::{Incident, IncidentNote, IncidentStatus, IncidentUser};
use super::open::{IncidentTarget, OpenFlow};
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine};
use crate::retry::Safety;
use crate::time::Timestamp;
use crate::utmstack::ask::Ask;
use crate::utmstack::client::Client;
use crate::utmstack::listing::Listing;
use crate::utmstack::spoken::Spoken;
use crate::utmstack::text;
use serde_json::json;

/// Which incidents are listed; what is not given does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct IncidentQuery {
    /// The name contains this.
    pub name: Option<String>,
    /// One of these.
    pub statuses: Vec<IncidentStatus>,
    /// The severity, 1 to 3.
    pub severity: Option<u64>,
    /// Made at this instant or later.
    pub since: Option<Timestamp>,
    /// Made at this instant or earlier.
    pub until: Option<Timestamp>,
    /// How many to give at the most.
    pub limit: Option<u64>,
}

const NAME: &str = "incident management";

impl Client {
    /// Makes an incident of alerts, or adds alerts to one, and stamps the alerts: what people mean by "convert to
    /// incident". The alerts are looked at first, so that one which belongs to another incident, or does not exist, is
    /// named before anything is made. If the answer to the creation is lost, the incident is looked for instead of made
    /// again.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.7 and 5.4).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for no ids, more than 2,000, or a name that servers refuse. The machine ends with
    /// [`Error::Unsupported`] where the documented version is to add to an incident.
    pub fn open_incident(
        &self,
        target: &IncidentTarget,
        alert_ids: &[String],
        now: Timestamp,
    ) -> Result<Machine<Spoken<OpenFlow>>, Error> {
        let (target, ids) = (target.clone(), alert_ids.to_vec());
        self.spoken(move |dialect| OpenFlow::new(dialect, &target, &ids, now))
    }

    /// Looks which alerts of an incident do not say that they belong to it; changes nothing.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn check_incident(&self, id: u64) -> Result<Machine<Spoken<FinishFlow>>, Error> {
        self.real(NAME, move |dialect| Ok(FinishFlow::new(dialect, id, false)))
    }

    /// Finishes a conversion that stopped half-way: stamps the alerts of an incident that do not say so yet.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.7 and 5.4). Done twice, it changes nothing the second time.
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn finish_incident(&self, id: u64) -> Result<Machine<Spoken<FinishFlow>>, Error> {
        self.real(NAME, move |dialect| Ok(FinishFlow::new(dialect, id, true)))
    }

    /// Lists incidents, newest first.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn incidents(&self, query: &IncidentQuery) -> Result<Machine<Spoken<Listing>>, Error> {
        let query = query.clone();
        self.real(NAME, move |_| {
            let mut call = Call::get("/api/utm-incidents", "listing incidents");
            if let Some(name) = &query.name {
                call = call.with("incidentName.contains", name.as_str());
            }
            if !query.statuses.is_empty() {
                let words: Vec<&str> = query.statuses.iter().map(|status| status.word()).collect();
                call = call.with("incidentStatus.in", words.join(","));
            }
            if let Some(severity) = query.severity {
                call = call.with("incidentSeverity.equals", severity.to_string());
            }
            if let Some(since) = query.since {
                call = call.with("incidentCreatedDate.greaterThanOrEqual", since.to_string());
            }
            if let Some(until) = query.until {
                call = call.with("incidentCreatedDate.lessThanOrEqual", until.to_string());
            }
            Ok(Listing::new(call.with("sort", "id,desc"), query.limit))
        })
    }

    /// Reads one incident.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version, and with 404 for an unknown id.
    pub fn incident(&self, id: u64) -> Result<Machine<Spoken<Ask<Incident>>>, Error> {
        self.real(NAME, move |_| {
            let call = Call::get(format!("/api/utm-incidents/{id}"), "reading an incident");
            Ok(Ask::json(call, "an incident"))
        })
    }

    /// Changes an incident's status and, with it, that of its alerts.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4). The record is read before and after.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for the status Merged, which only servers set. [`Error::Unsupported`], here or from the
    /// machine, for a solution that cannot be stored.
    pub fn update_incident(
        &self,
        id: u64,
        change: &IncidentChange,
    ) -> Result<Machine<Spoken<StatusFlow>>, Error> {
        if change.status == IncidentStatus::Merged {
            return Err(Error::InvalidArgument("Only the server merges incidents.".to_owned()));
        }
        let change = change.clone();
        self.real(NAME, move |dialect| {
            text::check_observation(dialect, change.solution.as_deref().unwrap_or_default())?;
            Ok(StatusFlow::new(id, &change))
        })
    }

    /// Lists the alerts that are linked to an incident, as the server's own list has them.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn incident_alerts(&self, id: u64) -> Result<Machine<Spoken<Listing>>, Error> {
        self.of_incident("/api/utm-incident-alerts", "listing the alerts of an incident", id)
    }

    /// Lists the notes on an incident.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn incident_notes(&self, id: u64) -> Result<Machine<Spoken<Listing>>, Error> {
        self.of_incident("/api/utm-incident-notes", "listing the notes on an incident", id)
    }

    /// Lists what was done with an incident.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn incident_history(&self, id: u64) -> Result<Machine<Spoken<Listing>>, Error> {
        self.of_incident("/api/utm-incident-histories", "listing the history of an incident", id)
    }

    /// Writes a note on an incident, 1 to 1,000 characters. It is not repeated when its answer is lost, since a second
    /// one would be a second note.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a note that is empty or too long.
    pub fn add_incident_note(
        &self,
        id: u64,
        note: &str,
    ) -> Result<Machine<Spoken<Ask<IncidentNote>>>, Error> {
        if note.trim().is_empty() || note.chars().count() > 1_000 {
            return Err(Error::InvalidArgument("A note of 1 to 1,000 characters is expected.".to_owned()));
        }
        let note = note.to_owned();
        self.real(NAME, move |_| {
            let doing = "writing a note on an incident";
            let call = Call::write(Method::Post, "/api/utm-incident-notes", Safety::UnsafeWrite, doing);
            Ok(Ask::json(call.with_json(json!({ "incidentId": id, "noteText": note })), "the note"))
        })
    }

    /// Lists who incidents are given to.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn incident_users(&self) -> Result<Machine<Spoken<Ask<Vec<IncidentUser>>>>, Error> {
        self.real(NAME, |_| {
            let call = Call::get("/api/utm-incidents/users-assigned", "listing who incidents are given to");
            Ok(Ask::json(call, "a JSON array of users"))
        })
    }

    fn of_incident(
        &self,
        path: &'static str,
        doing: &'static str,
        id: u64,
    ) -> Result<Machine<Spoken<Listing>>, Error> {
        self.real(NAME, move |_| {
            let call =
                Call::get(path, doing).with("incidentId.equals", id.to_string()).with("sort", "id,asc");
            Ok(Listing::new(call, None))
        })
    }
}
