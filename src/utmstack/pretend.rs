//! A server as docs/utmstack.md describes it, small enough for unit tests: it answers calls, without any traffic.

use super::dialect::Dialect;
use crate::error::{Error, Refusal, RefusalKind};
use crate::http::{Headers, Response};
use crate::machine::{Call, Intent, Payload, Procedure};
use crate::platform::Platform;
use crate::time::Timestamp;
use serde_json::{Value, json};

/// What the server holds.
#[derive(Debug)]
pub(super) struct Pretend {
    pub(super) dialect: Dialect,
    pub(super) alerts: Vec<Value>,
    pub(super) incidents: Vec<Value>,
    /// Pairs of incident and alert.
    pub(super) links: Vec<(u64, String)>,
    /// The paths that were called, with their query.
    pub(super) calls: Vec<String>,
    /// Fails the next call whose path ends so, with that status; a status of 0 loses the answer after the work is done.
    pub(super) fault: Option<(&'static str, u16)>,
}

impl Pretend {
    /// Holds open alerts of these ids.
    pub(super) fn new(dialect: Dialect, ids: &[&str]) -> Self {
        let alerts = ids.iter().map(|id| {
            let mut alert = json!({"id": id, "name": format!("Alert {id}"), "status": 2, "statusLabel": "Open",
                "severity": 3, "statusObservation": "", "tags": null, "notes": ""});
            if dialect.is_real() {
                alert["isIncident"] = json!(false);
            }
            alert
        });
        let alerts = alerts.collect();
        Self { dialect, alerts, incidents: Vec::new(), links: Vec::new(), calls: Vec::new(), fault: None }
    }

    pub(super) fn alert(&mut self, id: &str) -> &mut Value {
        self.alerts.iter_mut().find(|alert| alert["id"] == id).expect("an alert")
    }

    /// Answers a call.
    pub(super) fn answer(&mut self, call: &Call) -> Result<Response, Error> {
        let query: Vec<String> = call.query.iter().map(|(name, value)| format!("{name}={value}")).collect();
        self.calls.push(format!("{} {}?{}", call.method, call.path, query.join("&")));
        let fault = self.fault.take_if(|(path, _)| call.path.ends_with(*path)).map(|(_, status)| status);
        if let Some(status) = fault.filter(|status| *status > 0) {
            return Err(refused(status));
        }
        let (status, body) = self.work(call);
        if fault.is_some() {
            let failure = crate::http::Failure::Interrupted("reset".to_owned());
            return Err(Error::Transport { platform: Platform::Utmstack, host: "siem".to_owned(), failure });
        }
        if !(200..300).contains(&status) {
            return Err(refused(status));
        }
        Ok(Response { status, headers: Headers::default(), body: body.into_bytes() })
    }

    #[expect(clippy::too_many_lines, reason = "one arm for each path")]
    fn work(&mut self, call: &Call) -> (u16, String) {
        let body: Value = match &call.payload {
            Payload::Json(text) => serde_json::from_str(text).expect("JSON"),
            Payload::Other { bytes, .. } => Value::from(String::from_utf8_lossy(bytes).into_owned()),
            Payload::Empty => Value::Null,
        };
        let ids = |name: &str| -> Vec<String> {
            let list = body[name].as_array().cloned().unwrap_or_default();
            list.iter()
                .filter_map(|id| id.as_str().or_else(|| id["alertId"].as_str()))
                .map(str::to_owned)
                .collect()
        };
        let parameter = |name: &str| {
            call.query.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
        };
        let known = |ids: &[String], alerts: &[Value]| {
            ids.iter().all(|id| alerts.iter().any(|alert| alert["id"] == *id))
        };
        match call.path.as_str() {
            "/api/elasticsearch/search" => {
                let wanted = body[0]["value"].as_array().cloned().unwrap_or_default();
                let found: Vec<&Value> =
                    self.alerts.iter().filter(|alert| wanted.contains(&alert["id"])).collect();
                (200, json!(found).to_string())
            }
            "/api/utm-alerts/status" => {
                let text = body["statusObservation"].as_str();
                let is_documented = self.dialect == Dialect::Documented;
                if is_documented && !known(&ids("alertIds"), &self.alerts) {
                    return (404, String::new());
                }
                if !is_documented && text.is_none_or(|text| text.contains('\n')) {
                    return (500, String::new());
                }
                let adds = body["addFalsePositiveTag"] == true
                    && (is_documented || (self.dialect == Dialect::V11 && body["status"] == 5));
                for id in ids("alertIds") {
                    let Some(alert) = self.alerts.iter_mut().find(|alert| alert["id"] == id) else {
                        continue;
                    };
                    alert["status"] = body["status"].clone();
                    alert["statusObservation"] = json!(text);
                    if adds {
                        alert["tags"] = json!(["False positive"]);
                    }
                }
                (200, String::new())
            }
            "/api/utm-alerts/tags" => {
                for id in ids("alertIds") {
                    let Some(alert) = self.alerts.iter_mut().find(|alert| alert["id"] == id) else {
                        continue;
                    };
                    alert["tags"] = body["tags"].clone();
                }
                (200, String::new())
            }
            "/api/utm-alerts/notes" => {
                let note = body.as_str().expect("text").to_owned();
                if self.dialect.is_real() && !note.is_ascii() || self.dialect.is_real() && note.contains('\n')
                {
                    return (500, String::new());
                }
                let id = parameter("alertId");
                if let Some(alert) = self.alerts.iter_mut().find(|alert| alert["id"] == id) {
                    alert["notes"] = json!(note);
                }
                (200, String::new())
            }
            "/api/account" => (200, json!({"login": "ada"}).to_string()),
            "/api/utm-incidents" if call.method == crate::http::Method::Post => {
                self.link(None, &body, &ids("alertList"))
            }
            "/api/utm-incidents/add-alerts" => {
                self.link(body["incidentId"].as_u64(), &body, &ids("alertList"))
            }
            "/api/utm-incident-alerts" => {
                let of = parameter("incidentId.equals");
                let rows: Vec<Value> = self
                    .links
                    .iter()
                    .filter(|(incident, _)| of.is_empty() || incident.to_string() == of)
                    .map(|(incident, alert)| json!({"id": 1, "incidentId": incident, "alertId": alert}))
                    .collect();
                (200, if parameter("page") == "0" { json!(rows).to_string() } else { "[]".to_owned() })
            }
            "/api/utm-alerts/convert-to-incident" => {
                if self.dialect == Dialect::Documented {
                    if self.incidents.iter().any(|incident| incident["id"] == body["incidentId"]) {
                        return (400, String::new());
                    }
                    self.incidents
                        .push(json!({"id": body["incidentId"], "incidentName": body["incidentName"]}));
                    return (
                        200,
                        json!({"success": true, "alertsConverted": ids("eventIds").len()}).to_string(),
                    );
                }
                for id in ids("eventIds") {
                    let alert = self
                        .alerts
                        .iter_mut()
                        .find(|alert| alert["id"] == id && alert["isIncident"] == false);
                    let Some(alert) = alert else { continue };
                    alert["isIncident"] = json!(true);
                    let text = body["incidentId"].to_string();
                    alert["incidentDetail"] =
                        json!({"incidentId": text, "incidentName": body["incidentName"]});
                }
                (200, String::new())
            }
            path => {
                let id = path.strip_prefix("/api/utm-incidents/").and_then(|id| id.parse::<u64>().ok());
                let found = self.incidents.iter().find(|incident| incident["id"].as_u64() == id);
                found.map_or((404, String::new()), |incident| (200, incident.to_string()))
            }
        }
    }

    fn link(&mut self, incident: Option<u64>, body: &Value, ids: &[String]) -> (u16, String) {
        if ids.iter().any(|id| self.links.iter().any(|(_, linked)| linked == id)) {
            return (409, String::new());
        }
        let id = incident.unwrap_or_else(|| 1 + u64::try_from(self.incidents.len()).expect("few"));
        self.links.extend(ids.iter().map(|alert| (id, alert.clone())));
        if incident.is_none() {
            self.incidents
                .push(json!({"id": id, "incidentName": body["incidentName"], "incidentStatus": "OPEN"}));
        }
        let record = self.incidents.iter().find(|incident| incident["id"].as_u64() == Some(id));
        record.map_or((500, String::new()), |record| (200, record.to_string()))
    }
}

pub(super) fn refused(status: u16) -> Error {
    Error::Refused(Refusal {
        platform: Platform::Utmstack,
        doing: "trying",
        kind: RefusalKind::of_status(status),
        status,
        said: None,
        retry_after: None,
        hint: None,
    })
}

/// Makes one step of a procedure; gives its report when it ends.
pub(super) fn step<P: Procedure>(
    procedure: &mut P,
    server: &mut Pretend,
) -> Result<Option<P::Report>, Error> {
    let now = Timestamp::from_unix_seconds(1_795_295_555);
    match procedure.next(now)? {
        Intent::Call(call) => match server.answer(&call) {
            Ok(response) => procedure.answered(response, now)?,
            Err(error) => procedure.failed(error, now)?,
        },
        Intent::Wait(_) | Intent::Page(_) => {}
        Intent::Done(report) => return Ok(Some(report)),
    }
    Ok(None)
}

/// Runs a procedure to its end.
pub(super) fn run<P: Procedure>(procedure: &mut P, server: &mut Pretend) -> Result<P::Report, Error> {
    loop {
        if let Some(report) = step(procedure, server)? {
            return Ok(report);
        }
    }
}
