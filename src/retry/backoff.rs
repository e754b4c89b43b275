use core::time::Duration;

/// A pause anywhere between nothing and `base · 2^retries`, at most `cap`: full jitter, which spreads many clients
/// best over the time in which a server recovers.
pub(super) fn full_jitter(base: Duration, cap: Duration, retries: u32, entropy: u64) -> Duration {
    let ceiling = base.saturating_mul(2_u32.saturating_pow(retries.min(20))).min(cap);
    let span = u64::try_from(ceiling.as_millis()).unwrap_or(u64::MAX).saturating_add(1);
    Duration::from_millis(entropy % span)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_stay_below_the_cap() {
        let base = Duration::from_millis(500);
        let cap = Duration::from_secs(8);
        for (retries, ceiling) in [(0, 500), (1, 1_000), (4, 8_000), (30, 8_000)] {
            for entropy in 0..20_000_u64 {
                assert!(full_jitter(base, cap, retries, entropy) <= Duration::from_millis(ceiling));
            }
            assert_eq!(full_jitter(base, cap, retries, ceiling), Duration::from_millis(ceiling));
        }
    }
}
