//! What a bench leaves behind, as it is written to `benches/results/NAME.json`.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::samples::Summary;
use crate::error::Error;

/// All that is known about one run of a bench.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) name: String,
    pub(crate) about: String,
    /// The day, in UTC: `2026-11-21`.
    pub(crate) date: String,
    pub(crate) machine: String,
    pub(crate) versions: BTreeMap<String, String>,
    pub(crate) rows: Vec<Row>,
}

/// One quantity, on our side and on the peer's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Row {
    pub(crate) what: String,
    pub(crate) unit: String,
    /// The median of our runs.
    pub(crate) ours: f64,
    pub(crate) ours_spread: [f64; 2],
    /// The median of the peer's runs; absent when a quantity has a target but no peer.
    pub(crate) peer: Option<f64>,
    pub(crate) peer_spread: Option<[f64; 2]>,
    pub(crate) peer_name: Option<String>,
    /// How many times better ours is: above 1 it is the faster or the smaller one.
    pub(crate) ratio: Option<f64>,
    /// What we promise, in words: `at most 102400 bytes`, `ratio at least 1.5`.
    pub(crate) target: Option<String>,
    pub(crate) met: Option<bool>,
}

/// Which of two values is the better one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Better {
    Higher,
    Lower,
}

/// What we promise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Target {
    /// Our value stays within this.
    AtMost(f64),
    /// We are at least this many times as good as the peer.
    RatioAtLeast(f64),
}

/// What a row is about, before anything is measured.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Question {
    pub(crate) bench: &'static str,
    pub(crate) what: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) better: Better,
    pub(crate) target: Option<Target>,
}

impl Question {
    /// The row for our samples and, if there is one, the peer's name and samples.
    ///
    /// # Errors
    /// When a side has no finite sample.
    pub(crate) fn answer(self, ours: &[f64], peer: Option<(&str, &[f64])>) -> Result<Row, Error> {
        let nothing = || Error::NothingMeasured { bench: self.bench, what: self.what.to_owned() };
        let ours = Summary::of(ours).ok_or_else(nothing)?;
        let peer = match peer {
            Some((name, samples)) => Some((name.to_owned(), Summary::of(samples).ok_or_else(nothing)?)),
            None => None,
        };
        let ratio = peer.as_ref().map(|(_, peer)| match self.better {
            Better::Higher => ours.median / peer.median,
            Better::Lower => peer.median / ours.median,
        });
        let (target, met) = match self.target {
            Some(Target::AtMost(most)) => {
                (Some(format!("at most {most} {}", self.unit)), Some(ours.median <= most))
            }
            Some(Target::RatioAtLeast(least)) => {
                (Some(format!("ratio at least {least}")), ratio.map(|ratio| ratio >= least))
            }
            None => (None, None),
        };
        Ok(Row {
            what: self.what.to_owned(),
            unit: self.unit.to_owned(),
            ours: rounded(ours.median),
            ours_spread: ours.spread.map(rounded),
            peer: peer.as_ref().map(|(_, peer)| rounded(peer.median)),
            peer_spread: peer.as_ref().map(|(_, peer)| peer.spread.map(rounded)),
            peer_name: peer.map(|(name, _)| name),
            ratio: ratio.map(rounded),
            target,
            met,
        })
    }
}

/// Three decimals below a thousand, none above: more digits say nothing about a measurement.
fn rounded(value: f64) -> f64 {
    if value.abs() < 1000.0 { (value * 1000.0).round() / 1000.0 } else { value.round() }
}

#[cfg(test)]
mod tests {
    use super::{Better, Question, Report, Row, Target};

    fn ask(better: Better, target: Option<Target>) -> Question {
        Question { bench: "b", what: "w", unit: "ms", better, target }
    }

    fn row(question: Question, ours: &[f64], peer: &[f64]) -> Row {
        question.answer(ours, Some(("peer 1.0", peer))).unwrap()
    }

    #[test]
    fn the_ratio_is_above_one_when_ours_is_better_whichever_way_better_lies() {
        let faster = row(ask(Better::Higher, None), &[300.0], &[200.0]);
        assert_eq!((faster.ratio, faster.met), (Some(1.5), None));
        let shorter = row(ask(Better::Lower, None), &[2.0], &[3.0]);
        assert_eq!(shorter.ratio, Some(1.5));
    }

    #[test]
    fn targets_are_met_or_missed_by_the_medians() {
        let most = ask(Better::Lower, Some(Target::AtMost(2.5)));
        assert_eq!(most.answer(&[1.0, 2.0, 9.0], None).unwrap().met, Some(true));
        assert_eq!(most.answer(&[3.0], None).unwrap().met, Some(false));
        let ratio = ask(Better::Higher, Some(Target::RatioAtLeast(1.5)));
        assert_eq!(row(ratio, &[3.0], &[2.0]).met, Some(true));
        assert_eq!(row(ratio, &[2.9], &[2.0]).met, Some(false));
    }

    #[test]
    fn a_side_without_a_sample_is_an_error_that_names_the_row() {
        let error = ask(Better::Lower, None).answer(&[], None).unwrap_err().to_string();
        assert!(error.contains("bench `b`") && error.contains("`w`"), "{error}");
    }

    #[test]
    fn a_report_comes_back_from_json_as_it_was() {
        let report = Report {
            name: "n".to_owned(),
            about: "a".to_owned(),
            date: "2026-11-21".to_owned(),
            machine: "m".to_owned(),
            versions: [("node".to_owned(), "20.20.2".to_owned())].into(),
            rows: vec![row(
                ask(Better::Higher, Some(Target::RatioAtLeast(1.5))),
                &[1234.567, 1.0, 9999.0],
                &[2.0],
            )],
        };
        let text = serde_json::to_string(&report).unwrap();
        for key in
            ["what", "ours", "peer", "peer_name", "ratio", "target", "met", "ours_spread", "peer_spread"]
        {
            assert!(text.contains(&format!("\"{key}\":")), "{key}");
        }
        assert_eq!(serde_json::from_str::<Report>(&text).unwrap(), report);
    }
}
