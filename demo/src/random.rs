//! A small deterministic source of random numbers: the same seed gives the same data everywhere.

use std::fmt::Write as _;

/// A stream of random numbers that depends on nothing but its seed and its name.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: u64,
}

impl Random {
    /// Starts the stream `name` of a seed. Streams of different names do not disturb one another, so that
    /// one more host does not change every alert.
    pub(crate) fn stream(seed: u64, name: &str) -> Self {
        let mut state = seed ^ 0xcbf2_9ce4_8422_2325;
        for byte in name.bytes() {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        let mut random = Self { state };
        random.next();
        random
    }

    /// The next 64 bits (the generator `SplitMix64`).
    pub(crate) fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// A number from 0 up to, but without, `bound`; 0 when `bound` is 0.
    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }

    /// [`Random::below`] for instants and durations.
    pub(crate) fn millis_below(&mut self, bound: i64) -> i64 {
        let bound = u64::try_from(bound).unwrap_or(0);
        i64::try_from(self.below(bound)).unwrap_or(0)
    }

    /// [`Random::below`] for positions in a list.
    pub(crate) fn index(&mut self, length: usize) -> usize {
        let bound = u64::try_from(length).unwrap_or(0);
        usize::try_from(self.below(bound)).unwrap_or(0)
    }

    /// Whether an event with one chance in `chances` happens.
    pub(crate) fn one_in(&mut self, chances: u64) -> bool {
        self.below(chances) == 0
    }

    /// One of the choices, each as likely as the others.
    pub(crate) fn pick<'a, T>(&mut self, choices: &'a [T]) -> Option<&'a T> {
        let index = self.index(choices.len());
        choices.get(index)
    }

    /// One of the words; the empty word when there is none.
    pub(crate) fn word<'a>(&mut self, words: &[&'a str]) -> &'a str {
        self.pick(words).copied().unwrap_or_default()
    }

    /// A version 4 UUID.
    pub(crate) fn uuid(&mut self) -> String {
        let high = (self.next() & 0xffff_ffff_ffff_0fff) | 0x4000;
        let low = (self.next() & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000;
        let mut text = String::with_capacity(36);
        // Writing to a String cannot fail.
        let _ = write!(
            text,
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        );
        text
    }

    /// A word of `length` letters out of an alphabet of ASCII characters.
    pub(crate) fn letters(&mut self, alphabet: &[u8], length: usize) -> String {
        (0..length).map(|_| char::from(self.pick(alphabet).copied().unwrap_or(b'0'))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_name_give_the_same_numbers() {
        let (mut one, mut other) = (Random::stream(7, "hosts"), Random::stream(7, "hosts"));
        assert_eq!([one.next(), one.next()], [other.next(), other.next()]);
    }

    #[test]
    fn streams_of_other_names_and_seeds_differ() {
        let first = Random::stream(7, "hosts").next();
        assert_ne!(first, Random::stream(7, "rules").next());
        assert_ne!(first, Random::stream(8, "hosts").next());
    }

    #[test]
    fn a_uuid_has_the_form_of_version_four() {
        let uuid = Random::stream(1, "ids").uuid();
        assert_eq!(uuid.len(), 36);
        assert_eq!(uuid.chars().nth(14), Some('4'));
        assert!(matches!(uuid.chars().nth(19), Some('8' | '9' | 'a' | 'b')));
    }

    #[test]
    fn nothing_is_below_nothing() {
        assert_eq!(Random::stream(1, "x").below(0), 0);
        assert_eq!(Random::stream(1, "x").pick::<u8>(&[]), None);
    }
}
