//! Samples of one quantity, and the runner that takes them in turns with the peer's.

use serde::{Deserialize, Serialize};

use crate::error::Error;

/// The middle of several runs and how far they lay apart.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub(crate) median: f64,
    /// The smallest and the largest run.
    pub(crate) spread: [f64; 2],
}

impl Summary {
    /// `None` without a finite sample.
    pub(crate) fn of(samples: &[f64]) -> Option<Self> {
        let mut sorted: Vec<f64> = samples.iter().copied().filter(|sample| sample.is_finite()).collect();
        sorted.sort_by(f64::total_cmp);
        let (low, high) = (*sorted.first()?, *sorted.last()?);
        let upper = *sorted.get(sorted.len() / 2)?;
        let lower = *sorted.get((sorted.len() - 1) / 2)?;
        Some(Self { median: f64::midpoint(lower, upper), spread: [low, high] })
    }
}

/// Samples of both sides, in the order in which they were taken.
#[derive(Debug, Default)]
pub(crate) struct Pair {
    pub(crate) ours: Vec<f64>,
    pub(crate) peer: Vec<f64>,
}

/// Runs both sides in turns, so that a machine that slows down or speeds up does so for both; the side that
/// begins changes with every round. One run of each before the first round is thrown away.
pub(crate) fn interleaved(
    rounds: u32,
    mut ours: impl FnMut() -> Result<f64, Error>,
    mut peer: impl FnMut() -> Result<f64, Error>,
) -> Result<Pair, Error> {
    ours()?;
    peer()?;
    let mut pair = Pair::default();
    for round in 0..rounds {
        if round % 2 == 0 {
            pair.ours.push(ours()?);
            pair.peer.push(peer()?);
        } else {
            pair.peer.push(peer()?);
            pair.ours.push(ours()?);
        }
    }
    Ok(pair)
}

#[cfg(test)]
mod tests {
    use super::{Summary, interleaved};
    use std::cell::RefCell;

    #[test]
    fn the_median_is_the_middle_run_or_the_mean_of_the_two_in_the_middle() {
        let odd = Summary::of(&[9.0, 1.0, 4.0]).unwrap();
        assert_eq!((odd.median.to_string(), odd.spread), ("4".to_owned(), [1.0, 9.0]));
        let even = Summary::of(&[1.0, 2.0, 4.0, 100.0]).unwrap();
        assert_eq!((even.median.to_string(), even.spread), ("3".to_owned(), [1.0, 100.0]));
    }

    #[test]
    fn what_is_no_number_does_not_count() {
        assert_eq!(Summary::of(&[f64::NAN, 2.0, f64::INFINITY]), Summary::of(&[2.0]));
        assert_eq!(Summary::of(&[f64::NAN]), None);
        assert_eq!(Summary::of(&[]), None);
    }

    #[test]
    fn sides_take_turns_in_beginning_and_the_first_run_of_each_is_thrown_away() {
        let order = RefCell::new(String::new());
        let side = |name: char| {
            let order = &order;
            move || {
                order.borrow_mut().push(name);
                Ok(1.0)
            }
        };
        let pair = interleaved(3, side('o'), side('p')).unwrap();
        assert_eq!(*order.borrow(), "op".to_owned() + "op" + "po" + "op");
        assert_eq!((pair.ours.len(), pair.peer.len()), (3, 3));
    }
}
