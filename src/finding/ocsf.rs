use super::attack::Technique;
use super::keys::ip_key;
use super::record::{Finding, Party};
use super::status::Status;
use super::verdict::Verdict;
use crate::platform::Platform;
use crate::time::Timestamp;
use serde_json::{Map, Value, json};

/// The version of OCSF that is written.
const VERSION: &str = "1.5.0";
const CLASS: u32 = 2004;

/// Where a finding was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Origin<'a> {
    /// The connection's name, as its user calls it.
    pub connection: &'a str,
    /// The address at which the record can be seen again, where there is one.
    pub url: Option<&'a str>,
}

/// Writes a finding as an OCSF Detection Finding (class 2004, version 1.5.0, with the incident profile).
///
/// `raw` is the vendor's record, which is kept whole in `raw_data`. `time` is the creation; a record without a readable
/// instant gets 0, since the attribute is required.
///
/// ```
/// use triagekit::finding::{from_uptycs, to_ocsf, Origin};
///
/// let raw = r#"{"id":"a","severity":"high","status":"open","createdAt":"2026-11-21T08:00:00.000Z"}"#;
/// let finding = from_uptycs(raw.as_bytes()).unwrap();
/// let ocsf = to_ocsf(&finding, raw, Origin { connection: "prod", url: None });
/// assert_eq!((ocsf["class_uid"].as_u64(), ocsf["severity_id"].as_u64()), (Some(2004), Some(4)));
/// assert_eq!(ocsf["raw_data"].as_str(), Some(raw));
/// ```
pub fn to_ocsf(finding: &Finding, raw: &str, origin: Origin<'_>) -> Value {
    let activity = match finding.status {
        Status::Unknown | Status::New => (1, "Create"),
        Status::InProgress => (2, "Update"),
        Status::Suppressed | Status::Resolved => (3, "Close"),
    };
    let mut record = object(json!({
        "activity_id": activity.0,
        "activity_name": activity.1,
        "category_uid": 2,
        "category_name": "Findings",
        "class_uid": CLASS,
        "class_name": "Detection Finding",
        "type_uid": CLASS * 100 + activity.0,
        "type_name": format!("Detection Finding: {}", activity.1),
        "is_alert": true,
        "message": finding.title,
        "severity_id": finding.severity.id(),
        "severity": finding.severity.word(),
        "status_id": finding.status.id(),
        "status": finding.status.word(),
        "time": millis(finding.time).unwrap_or(0),
        "metadata": metadata(finding, origin),
        "finding_info": finding_info(finding, origin),
        "raw_data": raw,
        "raw_data_size": raw.len(),
    }));
    put(&mut record, "start_time", millis(finding.started));
    put(&mut record, "verdict_id", finding.verdict.map(Verdict::id));
    put(&mut record, "verdict", finding.verdict.map(Verdict::word));
    put(&mut record, "comment", finding.note.as_deref());
    put(&mut record, "src_url", origin.url);
    put(&mut record, "assignee", finding.assignee.as_ref().map(|name| json!({ "name": name })));
    put(&mut record, "device", device(finding));
    put(&mut record, "evidences", evidence(finding).map(|evidence| json!([evidence])));
    if !finding.observables.is_empty() {
        let observables = finding.observables.iter().map(|observable| {
            json!({
                "name": observable.name,
                "type_id": observable.kind.id(),
                "type": observable.kind.word(),
                "value": observable.value,
            })
        });
        put(&mut record, "observables", Some(observables.collect::<Vec<_>>()));
    }
    Value::Object(record)
}

fn metadata(finding: &Finding, origin: Origin<'_>) -> Value {
    let product = match finding.platform {
        Platform::Utmstack => json!({ "name": "UTMStack", "vendor_name": "UTMStack" }),
        Platform::Uptycs => json!({ "name": "Uptycs", "vendor_name": "Uptycs" }),
    };
    let mut metadata = object(json!({
        "version": VERSION,
        "product": product,
        "profiles": ["incident", "host"],
        "uid": finding.uid,
        "log_name": origin.connection,
    }));
    put(&mut metadata, "modified_time", millis(finding.updated));
    if !finding.tags.is_empty() {
        put(&mut metadata, "labels", Some(&finding.tags));
    }
    Value::Object(metadata)
}

fn finding_info(finding: &Finding, origin: Origin<'_>) -> Value {
    let mut info = object(json!({ "uid": finding.uid, "title": finding.title }));
    put(&mut info, "desc", finding.description.as_deref());
    put(&mut info, "created_time", millis(finding.time));
    put(&mut info, "modified_time", millis(finding.updated));
    put(&mut info, "first_seen_time", millis(finding.started));
    put(&mut info, "src_url", origin.url);
    // 1 is a rule.
    put(
        &mut info,
        "analytic",
        finding.rule.as_ref().map(|rule| json!({ "name": rule, "type_id": 1, "type": "Rule" })),
    );
    put(&mut info, "attacks", attack(finding).map(|attack| json!([attack])));
    Value::Object(info)
}

fn attack(finding: &Finding) -> Option<Value> {
    let mut attack = Map::new();
    put(&mut attack, "tactic", finding.tactic.as_ref().map(|tactic| json!({ "name": tactic })));
    if let Some(technique) = &finding.technique {
        let parent = Technique::find(&technique.parent()).map(|parent| parent.url());
        put(&mut attack, "technique", Some(json!({ "uid": technique.parent(), "src_url": parent })));
        if technique.is_sub_technique() {
            let sub = json!({ "uid": technique.to_string(), "src_url": technique.url() });
            put(&mut attack, "sub_technique", Some(sub));
        }
    }
    (!attack.is_empty()).then_some(Value::Object(attack))
}

/// The machine concerned; `type_id` 0 says that its kind is not known.
fn device(finding: &Finding) -> Option<Value> {
    let mut device = Map::new();
    put(&mut device, "hostname", finding.host.as_deref());
    put(&mut device, "uid", finding.asset.as_deref());
    put(&mut device, "ip", finding.target.ip.as_deref().and_then(ip_key));
    if device.is_empty() {
        return None;
    }
    put(&mut device, "type_id", Some(0));
    Some(Value::Object(device))
}

/// Who did what to whom, as far as the record says.
fn evidence(finding: &Finding) -> Option<Value> {
    let mut evidence = Map::new();
    put(&mut evidence, "src_endpoint", endpoint(&finding.adversary));
    put(&mut evidence, "dst_endpoint", endpoint(&finding.target));
    let user = finding.target.user.as_ref().or(finding.adversary.user.as_ref());
    put(&mut evidence, "user", user.map(|name| json!({ "name": name })));
    (!evidence.is_empty()).then_some(Value::Object(evidence))
}

fn endpoint(party: &Party) -> Option<Value> {
    let mut endpoint = Map::new();
    put(&mut endpoint, "hostname", party.host.as_deref());
    put(&mut endpoint, "ip", party.ip.as_deref().and_then(ip_key));
    (!endpoint.is_empty()).then_some(Value::Object(endpoint))
}

fn millis(at: Option<Timestamp>) -> Option<i64> {
    at.map(Timestamp::unix_millis)
}

/// Adds an attribute where there is a value for it.
fn put(record: &mut Map<String, Value>, name: &str, value: Option<impl serde::Serialize>) {
    if let Some(value) = value.and_then(|value| serde_json::to_value(value).ok()) {
        record.insert(name.to_owned(), value);
    }
}

fn object(value: Value) -> Map<String, Value> {
    match value {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{from_uptycs, from_utmstack};

    const ORIGIN: Origin<'_> = Origin { connection: "hq", url: None };

    #[test]
    fn status_and_activity_follow_the_same_table() {
        for (row, activity, status, verdict) in [
            (r#"{"status":2}"#, 1, 1, None),
            (r#"{"status":3}"#, 2, 2, None),
            (r#"{"status":5,"tags":["False Positive"]}"#, 3, 3, Some(1)),
            (r#"{"status":5,"tags":["Benign"]}"#, 3, 4, Some(5)),
        ] {
            let ocsf = to_ocsf(&from_utmstack(row.as_bytes()).expect("JSON"), row, ORIGIN);
            assert_eq!(ocsf["activity_id"], activity, "{row}");
            assert_eq!(ocsf["type_uid"], 200_400 + activity, "{row}");
            assert_eq!(ocsf["status_id"], status, "{row}");
            assert_eq!(ocsf["verdict_id"].as_u64(), verdict, "{row}");
        }
    }

    #[test]
    fn a_technique_and_its_sub_technique_are_told_apart() {
        let row = r#"{"alertTags":["T1059.001"],"severity":"high"}"#;
        let ocsf = to_ocsf(&from_uptycs(row.as_bytes()).expect("JSON"), row, ORIGIN);
        let attack = &ocsf["finding_info"]["attacks"][0];
        assert_eq!(attack["technique"]["uid"], "T1059");
        assert_eq!(attack["sub_technique"]["uid"], "T1059.001");
    }

    #[test]
    fn what_is_no_address_is_left_out_of_the_address_fields() {
        let row = r#"{"target":{"host":"h","ip":"<script>"},"adversary":{"ip":"203.0.113.9"}}"#;
        let ocsf = to_ocsf(&from_utmstack(row.as_bytes()).expect("JSON"), row, ORIGIN);
        assert_eq!(ocsf["evidences"][0]["dst_endpoint"], json!({"hostname": "h"}));
        assert_eq!(ocsf["evidences"][0]["src_endpoint"], json!({"ip": "203.0.113.9"}));
        assert_eq!(ocsf["observables"][1]["value"], "<script>", "the vendor's text stays in the observables");
    }
}
