//! Faults by a seed: one request in ten meets one. Each vendor has a plan of its own, so that what is asked of
//! the one does not change what befalls the other; the same seed and the same requests meet the same faults.

use std::sync::{Mutex, PoisonError};

use crate::config::Faults;
use crate::fault::{Close, Fault, Lost};
use crate::random::Random;
use crate::request_log::Vendor;

/// How many requests meet one fault.
const ONE_IN: u64 = 10;
/// Long enough for an impatient client to give up, short enough for a test to wait for.
const STALL_MS: u64 = 2_000;
/// The kinds of `flaky`.
const FLAKY: u64 = 8;
/// The kinds of `hostile`: those of `flaky` and these.
const HOSTILE: u64 = FLAKY + 3;

/// What befalls the requests to come.
#[derive(Debug)]
pub(crate) struct FaultPlan {
    faults: Faults,
    utmstack: Mutex<Random>,
    uptycs: Mutex<Random>,
}

impl FaultPlan {
    /// The plan of a seed.
    pub(crate) fn new(faults: Faults, seed: u64) -> Self {
        let stream =
            |vendor: Vendor| Mutex::new(Random::stream(seed, &format!("faults of {}", vendor.name())));
        Self { faults, utmstack: stream(Vendor::UtmStack), uptycs: stream(Vendor::Uptycs) }
    }

    /// What the next request to a vendor meets.
    pub(crate) fn next(&self, vendor: Vendor) -> Option<Fault> {
        let kinds = match self.faults {
            Faults::None => return None,
            Faults::Flaky => FLAKY,
            Faults::Hostile => HOSTILE,
        };
        let stream = match vendor {
            Vendor::UtmStack => &self.utmstack,
            Vendor::Uptycs => &self.uptycs,
        };
        let mut random = stream.lock().unwrap_or_else(PoisonError::into_inner);
        // Both numbers are drawn for every request, so that one more kind moves no fault to another request.
        let (is_met, kind) = (random.one_in(ONE_IN), random.below(kinds));
        is_met.then(|| fault(kind, vendor))
    }
}

fn fault(kind: u64, vendor: Vendor) -> Fault {
    let none = Fault::default();
    match kind {
        0 => Fault { status: Some(429), retry_after: Some("1".to_owned()), ..none },
        1 => Fault { status: Some(429), ..none },
        2 => Fault { status: Some(500), ..none },
        3 => Fault { html: true, ..none },
        4 => Fault { close: Some(Close::Before), ..none },
        5 => Fault { close: Some(Close::Middle), ..none },
        6 => Fault { truncate: true, ..none },
        7 => Fault { stall_ms: Some(STALL_MS), ..none },
        8 => Fault { content_type: Some("text/html".to_owned()), ..none },
        // Uptycs's secret is in the user's key file: a new one would lock the client out for good.
        9 if vendor == Vendor::UtmStack => Fault { lost: Some(Lost::Secret), ..none },
        _ => Fault { lost: Some(Lost::Token), ..none },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn met(faults: Faults, seed: u64, vendor: Vendor) -> Vec<Option<Fault>> {
        let plan = FaultPlan::new(faults, seed);
        (0..2_000).map(|_| plan.next(vendor)).collect()
    }

    #[test]
    fn the_same_seed_and_requests_meet_the_same_faults_and_another_seed_others() {
        for faults in [Faults::Flaky, Faults::Hostile] {
            assert_eq!(met(faults, 7, Vendor::Uptycs), met(faults, 7, Vendor::Uptycs));
            assert_ne!(met(faults, 7, Vendor::Uptycs), met(faults, 8, Vendor::Uptycs));
        }
    }

    #[test]
    fn requests_to_one_vendor_do_not_change_what_befalls_the_other() {
        let plan = FaultPlan::new(Faults::Flaky, 7);
        let mixed: Vec<_> = (0..2_000)
            .map(|_| {
                plan.next(Vendor::UtmStack);
                plan.next(Vendor::Uptycs)
            })
            .collect();
        assert_eq!(mixed, met(Faults::Flaky, 7, Vendor::Uptycs));
    }

    #[test]
    fn one_request_in_ten_meets_a_fault_and_every_kind_occurs() {
        for (faults, kinds) in [(Faults::Flaky, FLAKY), (Faults::Hostile, HOSTILE)] {
            let met = met(faults, 3, Vendor::UtmStack);
            let faulty: Vec<&Fault> = met.iter().flatten().collect();
            assert!((150..250).contains(&faulty.len()), "{}", faulty.len());
            for kind in 0..kinds {
                assert!(faulty.contains(&&fault(kind, Vendor::UtmStack)), "{faults:?} {kind}");
            }
        }
    }

    #[test]
    fn nothing_befalls_anybody_unless_it_is_asked_for() {
        assert!(met(Faults::None, 7, Vendor::Uptycs).iter().all(Option::is_none));
    }
}
