//! The events within an alert of UTMStack 11, and the two ends of what they tell of (docs/utmstack.md, 4.3).

use serde::Serialize;
use serde_json::{Value, json};

use crate::data::{Host, Occurrence, Outsider, Rule};
use crate::random::Random;

/// What was logged.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Event {
    id: String,
    #[serde(rename = "@timestamp")]
    timestamp: String,
    device_time: String,
    data_type: &'static str,
    data_source: String,
    tenant_id: &'static str,
    tenant_name: &'static str,
    raw: String,
    log: Value,
    origin: Side,
    target: Side,
    protocol: &'static str,
    action: &'static str,
    action_result: &'static str,
    severity: &'static str,
}

impl Event {
    /// An event of a rule, seconds before its alert.
    pub(crate) fn new(
        random: &mut Random,
        rule: &Rule,
        occurrence: Occurrence,
        origin: &Side,
        target: &Side,
    ) -> Self {
        let at = occurrence.at.plus(-random.millis_below(60_000)).iso();
        let number = 1_000 + random.below(9_000);
        let message = format!("{} from {} on {}", rule.technique.seen, origin.ip, target.host);
        Self {
            id: random.uuid(),
            device_time: at.clone(),
            data_type: rule.data_type,
            data_source: target.host.clone(),
            tenant_id: "ce66672c-e36d-4761-a8c8-90058fee1a24",
            tenant_name: "Default",
            raw: format!("<134>1 {at} {} agent[{number}]: {message} user={}", target.host, target.user),
            log: json!({ "message": message, "eventCode": number, "channel": "Security" }),
            origin: origin.clone(),
            target: target.clone(),
            protocol: rule.protocol,
            action: "login",
            action_result: random.word(&["success", "failure", "denied"]),
            severity: random.word(&["low", "medium", "high"]),
            timestamp: at,
        }
    }

    /// Puts a hostile text where the raw line stood.
    pub(crate) fn deface(&mut self, text: String) {
        self.raw = text;
    }
}

/// One end. What is empty is left out.
#[derive(Debug, Clone, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Side {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) ip: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) host: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) user: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    port: Option<u64>,
    #[serde(skip_serializing_if = "String::is_empty")]
    mac: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    geolocation: Option<Geolocation>,
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) process: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    command: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    sha256: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    operating_system: String,
}

/// Where an address seems to be.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct Geolocation {
    country: &'static str,
    country_code: &'static str,
    city: &'static str,
    latitude: f64,
    longitude: f64,
    asn: u32,
    aso: &'static str,
    accuracy: u32,
}

impl Side {
    /// The end that is outside.
    pub(crate) fn outside(random: &mut Random, outsider: &Outsider) -> Self {
        let [latitude, longitude] = outsider.coordinates;
        Self {
            ip: outsider.ip.clone(),
            user: random.word(&["", "", "admin", "root", "test", "guest"]).to_owned(),
            port: Some(1_024 + random.below(64_000)),
            geolocation: Some(Geolocation {
                country: outsider.country,
                country_code: outsider.country_code,
                city: outsider.city,
                latitude,
                longitude,
                asn: outsider.asn,
                aso: outsider.organisation,
                accuracy: 20,
            }),
            ..Self::default()
        }
    }

    /// The end that is a host of the company.
    pub(crate) fn inside(random: &mut Random, host: &Host) -> Self {
        Self {
            ip: host.ip.clone(),
            host: host.name.clone(),
            user: random.word(&host.users).to_owned(),
            port: random.pick(&[22, 80, 443, 445, 3_389, 5_432, 8_443]).copied(),
            mac: host.mac.clone(),
            process: random.word(&["", "sshd", "lsass.exe", "powershell.exe", "nginx"]).to_owned(),
            operating_system: host.system.os.to_owned(),
            ..Self::default()
        }
    }
}
