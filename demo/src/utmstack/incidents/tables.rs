//! The four tables of incidents.

use crate::utmstack::records::{Holds, Property, Table};

/// Incidents. What the database insists on, validation does not.
pub(crate) const INCIDENTS: Table = Table {
    path: "/api/utm-incidents",
    name: "incident",
    entity: "utmIncident",
    resource: "UtmIncidentResource",
    properties: &[
        Property::new("incidentName", "incident_name", Holds::Text).most(250),
        Property::new("incidentDescription", "incident_description", Holds::Text).most(2_000),
        Property::new("incidentStatus", "incident_status", Holds::Text),
        Property::new("incidentAssignedTo", "incident_assigned_to", Holds::Text),
        Property::new("incidentSeverity", "incident_severity", Holds::Long),
        Property::new("incidentCreatedDate", "incident_created_date", Holds::Instant),
        Property::new("incidentSolution", "incident_solution", Holds::Text),
    ],
};

/// Which alert is in which incident, with a copy of its name, status and severity.
pub(crate) const LINKS: Table = Table {
    path: "/api/utm-incident-alerts",
    name: "incident_alert",
    entity: "utmIncidentAlert",
    resource: "UtmIncidentAlertResource",
    properties: &[
        Property::required("incidentId", "incident_id", Holds::Long),
        Property::required("alertId", "alert_id", Holds::Text),
        Property::required("alertName", "alert_name", Holds::Text),
        Property::required("alertStatus", "alert_status", Holds::Long),
        Property::required("alertSeverity", "alert_severity", Holds::Long),
    ],
};

/// What people write under an incident.
pub(crate) const NOTES: Table = Table {
    path: "/api/utm-incident-notes",
    name: "incident_note",
    entity: "utmIncidentNote",
    resource: "UtmIncidentNoteResource",
    properties: &[
        Property::required("incidentId", "incident_id", Holds::Long),
        Property::required("noteText", "note_text", Holds::Text).most(1_000),
        Property::new("noteSendDate", "note_send_date", Holds::Instant),
        Property::new("noteSendBy", "note_send_by", Holds::Text),
    ],
};

/// What happened to an incident.
pub(crate) const HISTORIES: Table = Table {
    path: "/api/utm-incident-histories",
    name: "incident_history",
    entity: "utmIncidentHistory",
    resource: "UtmIncidentHistoryResource",
    properties: &[
        Property::required("incidentId", "incident_id", Holds::Long),
        Property::required("actionDate", "action_date", Holds::Instant),
        Property::required("actionType", "action_type", Holds::Text),
        Property::required("actionCreatedBy", "action_created_by", Holds::Text),
        Property::required("action", "action", Holds::Text),
        Property::new("actionDetail", "action_detail", Holds::Text),
    ],
};
