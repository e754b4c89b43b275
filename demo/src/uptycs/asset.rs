//! The asset of Uptycs (docs/uptycs.md, "Models").

use serde::Serialize;
use serde_json::{Value, json};

use crate::data::{Host, Scenario};
use crate::instant::{DAY, HOUR, UtcInstant};
use crate::random::Random;

/// One row of `/assets`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
#[allow(clippy::struct_field_names, reason = "the names are the vendor's")]
pub(crate) struct Asset<'a> {
    pub(crate) id: &'a str,
    customer_id: &'a str,
    pub(crate) host_name: &'a str,
    pub(crate) description: Option<&'a str>,
    pub(crate) location: &'static str,
    pub(crate) latitude: f64,
    pub(crate) longitude: f64,
    pub(crate) gateway: String,
    pub(crate) city_id: Option<String>,
    pub(crate) cpu_brand: &'static str,
    pub(crate) hardware_model: &'static str,
    pub(crate) hardware_serial: String,
    pub(crate) hardware_vendor: &'static str,
    pub(crate) cores: u32,
    pub(crate) logical_cores: u32,
    pub(crate) memory_mb: u32,
    pub(crate) os: &'static str,
    pub(crate) os_version: &'static str,
    pub(crate) os_flavor: &'static str,
    pub(crate) os_key: String,
    os_display: String,
    arch: &'static str,
    platform: &'static str,
    pub(crate) osquery_version: &'static str,
    agent_type: &'static str,
    agentless: bool,
    resource_type: &'static str,
    pub(crate) status: &'static str,
    pub(crate) live: bool,
    disabled: bool,
    quarantined_status: Option<bool>,
    created_at: String,
    updated_at: String,
    deleted_at: Option<String>,
    last_enrolled_at: String,
    last_activity_at: String,
    pub(crate) object_group_id: &'a str,
    interfaces: Value,
    asset_capabilities: Value,
    tags: Vec<String>,
    links: Value,
    #[serde(skip)]
    pub(crate) times: AssetTimes,
}

/// The instants of an asset.
#[derive(Debug)]
pub(crate) struct AssetTimes {
    pub(crate) created: UtcInstant,
    pub(crate) updated: UtcInstant,
    pub(crate) enrolled: UtcInstant,
    pub(crate) active: UtcInstant,
}

impl<'a> Asset<'a> {
    /// The row of a host as it stands at `end`.
    pub(crate) fn new(scenario: &'a Scenario, random: &mut Random, host: &'a Host, end: UtcInstant) -> Self {
        let live = !random.one_in(5);
        let active = if live { end } else { end.plus(-random.millis_below(60 * DAY)) };
        let enrolled = active.plus(-DAY - random.millis_below(200 * DAY));
        let created = enrolled.plus(-random.millis_below(300 * DAY));
        let times = AssetTimes {
            created,
            updated: active,
            enrolled,
            active: active.plus(-random.millis_below(HOUR)),
        };
        let (location, latitude, longitude) = location(host.site);
        let cores = random.pick(&[2_u32, 4, 8, 16]).copied().unwrap_or(4);
        Self {
            id: &host.asset_id,
            customer_id: &scenario.customer_id,
            host_name: &host.name,
            description: random.one_in(4).then_some("Handed over by the service desk"),
            location,
            latitude,
            longitude,
            gateway: format!("192.0.2.{}", 1 + random.below(250)),
            city_id: None,
            cpu_brand: "Example Silicon 7 @ 3.20GHz",
            hardware_model: random.word(&["Latitude 7440", "ProLiant DL360", "VMware20,1", "Mac14,9"]),
            hardware_serial: random.letters(b"ABCDEFGHJKLMNPQRSTUVWXYZ0123456789", 10),
            hardware_vendor: random.word(&["Dell Inc.", "HPE", "VMware, Inc.", "Apple Inc."]),
            cores,
            logical_cores: cores * 2,
            memory_mb: cores * 4_096,
            os: host.system.os,
            os_version: host.system.version,
            os_flavor: host.system.flavor,
            os_key: format!("{}_{}", host.system.flavor, host.system.version),
            os_display: format!("{} {}", host.system.os, host.system.version),
            arch: if host.system.flavor == "darwin" { "arm64" } else { "x86_64" },
            platform: host.system.platform,
            osquery_version: random.word(&["5.0.1.16-Uptycs", "5.3.0.11-Uptycs", "5.12.2.4-Uptycs"]),
            agent_type: "asset",
            agentless: false,
            resource_type: "asset",
            status: "active",
            live,
            disabled: false,
            quarantined_status: None,
            created_at: times.created.iso(),
            updated_at: times.updated.iso(),
            deleted_at: None,
            last_enrolled_at: times.enrolled.iso(),
            last_activity_at: times.active.iso(),
            object_group_id: &scenario.object_group_id,
            interfaces: json!([{
                "name": "eth0", "mac": host.mac, "ip": host.ip, "mask": "255.255.255.0", "isPrimary": true,
            }]),
            asset_capabilities: json!([{ "name": "realtime", "status": "enabled" }]),
            tags: vec!["all".to_owned(), "asset-group=assets".to_owned(), format!("site={}", host.site)],
            links: json!([{
                "rel": "self",
                "title": "Asset information",
                "href": format!("/api/customers/{}/assets/{}", scenario.customer_id, host.asset_id),
            }, {
                "rel": "parent",
                "title": "Customer information",
                "href": format!("/api/customers/{}", scenario.customer_id),
            }]),
            times,
        }
    }
}

fn location(site: &str) -> (&'static str, f64, f64) {
    match site {
        "fra" => ("Frankfurt am Main, Germany", 50.11, 8.68),
        "nyc" => ("New York, United States", 40.71, -74.0),
        "gru" => ("São Paulo, Brazil", -23.55, -46.63),
        "tyo" => ("東京, Japan", 35.68, 139.69),
        "ber" => ("Berlin, Germany", 52.52, 13.4),
        _ => ("Boston, United States", 42.36, -71.06),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_of_an_asset_are_texts_and_its_instants_are_in_order() {
        let scenario = Scenario::of_seed(1);
        let end = UtcInstant::from_millis(2_000_000_000_000);
        let asset = Asset::new(&scenario, &mut Random::stream(1, "test"), &scenario.hosts[9], end);
        assert!(asset.times.created <= asset.times.enrolled && asset.times.enrolled < asset.times.active);
        let row = serde_json::to_value(&asset).unwrap();
        assert_eq!(row["tags"][0], "all");
        assert_eq!(row["hostName"], scenario.hosts[9].name.as_str());
    }
}
