/// Names, last part of the path, of fields that are no text (docs/utmstack.md, 4.2 and 4.3). They have no `.keyword`.
const NO_TEXT: [&str; 37] = [
    "@timestamp",
    "TagRulesApplied",
    "accuracy",
    "accuracyRadius",
    "asn",
    "assetGroupId",
    "availability",
    "bytesReceived",
    "bytesSent",
    "confidentiality",
    "connections",
    "coordinates",
    "deviceTime",
    "docsCount",
    "impactScore",
    "integrity",
    "isAnonymousProxy",
    "isIncident",
    "isSatelliteProvider",
    "keyword",
    "latitude",
    "logDate",
    "longitude",
    "packagesReceived",
    "packagesSent",
    "port",
    "severity",
    "sizeInBytes",
    "status",
    "tagRulesApplied",
    "timestamp",
    "totalCpuUnits",
    "totalMem",
    "totalSpace",
    "usedCpuPercent",
    "usedMemPercent",
    "usedPercent",
];

/// The twin of a field by which servers compare, sort and count whole values.
///
/// Text has one, `.keyword`; numbers, instants and booleans need none. The documented version knows no twins.
pub(in crate::utmstack) fn exact_field(field: &str, is_real: bool) -> String {
    let plain = field.strip_suffix(".keyword").unwrap_or(field);
    if !is_real {
        return plain.to_owned();
    }
    let last = field.rsplit('.').next().unwrap_or(field);
    if NO_TEXT.contains(&last) { field.to_owned() } else { format!("{field}.keyword") }
}

/// An order as people write it, `name,asc`, for the field that can be ordered by.
pub(in crate::utmstack) fn sort_order(order: &str, is_real: bool) -> String {
    match order.split_once(',') {
        Some((field, direction)) => format!("{},{}", exact_field(field.trim(), is_real), direction.trim()),
        None => exact_field(order.trim(), is_real),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_ordered_by_its_twin_and_nothing_else_is() {
        for (order, real, documented) in [
            ("name,asc", "name.keyword,asc", "name,asc"),
            ("name.keyword,desc", "name.keyword,desc", "name,desc"),
            ("@timestamp,desc", "@timestamp,desc", "@timestamp,desc"),
            ("severity", "severity", "severity"),
            ("target.port, asc", "target.port,asc", "target.port,asc"),
            ("adversary.ip,asc", "adversary.ip.keyword,asc", "adversary.ip,asc"),
        ] {
            assert_eq!(sort_order(order, true), real);
            assert_eq!(sort_order(order, false), documented);
        }
    }
}
