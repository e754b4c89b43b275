//! Counts what has been asked, by vendor and route.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

/// The two vendors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Vendor {
    /// `/api`.
    UtmStack,
    /// `/public/api`.
    Uptycs,
}

impl Vendor {
    /// Its name in `/_demo`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::UtmStack => "utmstack",
            Self::Uptycs => "uptycs",
        }
    }

    /// The vendor that a path belongs to.
    pub(crate) fn of_path(path: &str) -> Option<Self> {
        let starts = |prefix: &str| {
            path.get(..prefix.len()).is_some_and(|start| start.eq_ignore_ascii_case(prefix))
                && matches!(path.as_bytes().get(prefix.len()), None | Some(b'/'))
        };
        // Spring's paths care for case, Uptycs's do not.
        if path == "/api" || path.starts_with("/api/") {
            Some(Self::UtmStack)
        } else if starts("/public/api") {
            Some(Self::Uptycs)
        } else {
            None
        }
    }
}

/// The counts.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    counts: Mutex<BTreeMap<(Vendor, String), u64>>,
}

impl RequestLog {
    /// Counts a request.
    pub(crate) fn count(&self, vendor: Vendor, method: &str, path: &str) {
        let route = format!("{method} {}", route(vendor, path));
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((vendor, route)).or_insert(0) += 1;
    }

    /// The counts of a vendor by route, such as `GET /alerts/{id}`.
    pub(crate) fn of(&self, vendor: Vendor) -> BTreeMap<String, u64> {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        counts
            .iter()
            .filter(|((of, _), _)| *of == vendor)
            .map(|((_, route), &count)| (route.clone(), count))
            .collect()
    }
}

/// The path with ids replaced; of Uptycs only what follows the customer.
fn route(vendor: Vendor, path: &str) -> String {
    let skipped = if vendor == Vendor::Uptycs { 4 } else { 0 };
    path.split('/')
        .filter(|segment| !segment.is_empty())
        .skip(skipped)
        .map(|segment| if is_id(segment) { "/{id}".to_owned() } else { format!("/{segment}") })
        .collect()
}

fn is_id(segment: &str) -> bool {
    let is_uuid = segment.len() == 36 && segment.bytes().filter(|&byte| byte == b'-').count() == 4;
    is_uuid || segment.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_belong_to_vendors() {
        assert_eq!(Vendor::of_path("/api/ping"), Some(Vendor::UtmStack));
        assert_eq!(Vendor::of_path("/PUBLIC/Api/version"), Some(Vendor::Uptycs));
        assert_eq!(Vendor::of_path("/_demo/ids"), None);
        assert_eq!(Vendor::of_path("/apis"), None);
    }

    #[test]
    fn routes_are_counted_without_their_ids() {
        let log = RequestLog::default();
        for id in ["0f1e2d3c-0000-4000-8000-000000000001", "0f1e2d3c-0000-4000-8000-000000000002"] {
            log.count(Vendor::Uptycs, "GET", &format!("/public/api/customers/{id}/alerts/{id}"));
        }
        assert_eq!(log.of(Vendor::Uptycs)["GET /alerts/{id}"], 2);
        assert!(log.of(Vendor::UtmStack).is_empty());
    }
}
