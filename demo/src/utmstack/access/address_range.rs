//! Addresses from which an API key may be used: `192.0.2.1`, `10.0.0.0/8`.

use std::net::IpAddr;

/// Whether an address lies in a range; a range that cannot be read holds none.
pub(crate) fn contains(range: &str, address: IpAddr) -> bool {
    let (network, length) = match range.split_once('/') {
        Some((network, length)) => (network, length.trim().parse().ok()),
        None => (range, Some(128)),
    };
    let (Ok(network), Some(length)) = (network.trim().parse::<IpAddr>(), length) else { return false };
    match (network, address) {
        (IpAddr::V4(network), IpAddr::V4(address)) => {
            first_bits(u128::from(network.to_bits()), 32, length)
                == first_bits(u128::from(address.to_bits()), 32, length)
        }
        (IpAddr::V6(network), IpAddr::V6(address)) => {
            first_bits(network.to_bits(), 128, length) == first_bits(address.to_bits(), 128, length)
        }
        _ => false,
    }
}

fn first_bits(bits: u128, width: u32, length: u32) -> u128 {
    bits.checked_shr(width.saturating_sub(length)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_ranges_are_told_apart() {
        let inside = |range: &str, address: &str| contains(range, address.parse().unwrap());
        assert!(inside("10.0.0.0/8", "10.9.8.7") && !inside("10.0.0.0/8", "11.0.0.1"));
        assert!(inside("192.0.2.1", "192.0.2.1") && !inside("192.0.2.1", "192.0.2.2"));
        assert!(inside("0.0.0.0/0", "192.0.2.1") && !inside("0.0.0.0/0", "::1"));
        assert!(inside("2001:db8::/32", "2001:db8::1") && !inside("nonsense", "::1"));
    }
}
