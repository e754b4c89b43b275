//! Names in the form in which both platforms' records of one thing meet.

use core::net::{IpAddr, Ipv6Addr};

/// A machine's name as a key: the first label in lower case, since one platform gives `SRV-01.corp.example` and the
/// other `srv-01`; addresses stay whole. `None` for what names no machine.
///
/// ```
/// use triagekit::finding::host_key;
///
/// assert_eq!(host_key("SRV-01.corp.example."), host_key(" srv-01"));
/// assert_eq!(host_key("10.0.0.7").as_deref(), Some("10.0.0.7"));
/// assert_eq!(host_key("-"), None);
/// ```
pub fn host_key(name: &str) -> Option<String> {
    if let Some(address) = ip_key(name) {
        return Some(address);
    }
    let label = name.trim().split('.').next().unwrap_or_default().to_lowercase();
    Some(label).filter(|label| label.chars().any(char::is_alphanumeric))
}

/// A user's name as a key: lower case, without a Windows domain before it or a realm behind it. `None` for nobody.
///
/// ```
/// use triagekit::finding::user_key;
///
/// assert_eq!(user_key(r"CORP\SVC_Backup"), user_key("svc_backup@corp.example"));
/// assert_eq!(user_key(""), None);
/// ```
pub fn user_key(name: &str) -> Option<String> {
    let name = name.trim().rsplit(['\\', '/']).next().unwrap_or_default();
    let name = name.split('@').next().unwrap_or_default().to_lowercase();
    Some(name).filter(|name| name.chars().any(char::is_alphanumeric))
}

/// An address as a key: the one spelling of it (RFC 5952), IPv4 inside IPv6 as IPv4, without a zone. `None` for what
/// is no address.
///
/// ```
/// use triagekit::finding::ip_key;
///
/// assert_eq!(ip_key("2001:DB8:0:0::1").as_deref(), Some("2001:db8::1"));
/// assert_eq!(ip_key("::ffff:10.0.0.7").as_deref(), Some("10.0.0.7"));
/// assert_eq!(ip_key("srv-01"), None);
/// ```
pub fn ip_key(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches('[').trim_end_matches(']');
    let text = text.split('%').next().unwrap_or_default();
    match text.parse().ok()? {
        IpAddr::V4(address) => Some(address.to_string()),
        IpAddr::V6(address) => Some(mapped(address)),
    }
}

fn mapped(address: Ipv6Addr) -> String {
    address.to_ipv4_mapped().map_or_else(|| address.to_string(), |inner| inner.to_string())
}
