//! The demo server itself: what tests and benchmarks rest on must not be what they measure.

use serde::Deserialize;

use super::report::{Better, Question, Row, Target};
use super::{Bench, Measured};
use crate::build::{self, Profile};
use crate::error::Error;
use crate::repo::Repo;
use crate::say;
use crate::tools::node;

pub(super) const BENCH: Bench = Bench {
    name: "demo",
    about: "The demo server's own time and memory with 330,000 alerts of Uptycs and 100,000 documents of UTMStack 11: \
            until it answers, at its peak, and for pages of 10,000 alerts by its `Server-Timing`.",
    run,
};

const ROUNDS: u32 = 3;
const UPTYCS_ALERTS: &str = "330000";
const UTMSTACK_ALERTS: &str = "100000";

/// One start of the server, as `benches/demo.mjs` prints it.
#[derive(Debug, Deserialize)]
struct Round {
    /// Seconds until it answers.
    generated: f64,
    /// Megabytes; not every system tells.
    peak: Option<f64>,
    /// Milliseconds.
    first: f64,
    later: Vec<f64>,
}

fn run(repo: &Repo) -> Result<Measured, Error> {
    let program = build::demo::build(repo, Profile::Release)?;
    let script = repo.root().join("benches/demo.mjs");
    say::line(format_args!("  {ROUNDS} rounds, one server a round"));
    let mut rounds: Vec<Round> = Vec::new();
    for _ in 0..ROUNDS {
        let text = node::ensure()?
            .arg(&script)
            .args([UPTYCS_ALERTS, UTMSTACK_ALERTS, "v11"])
            .env("TRIAGEKIT_DEMO", &program)
            .step(repo, "start the demo server and read pages")?;
        let round = text.lines().next_back().unwrap_or_default();
        rounds.push(serde_json::from_str(round).map_err(|error| Error::Content {
            path: script.clone(),
            expected: "one JSON object on standard output",
            found: error.to_string(),
        })?);
    }
    Ok(Measured { rows: rows(&rounds)?, versions: Vec::new() })
}

fn rows(rounds: &[Round]) -> Result<Vec<Row>, Error> {
    let row = |what: &'static str, unit: &'static str, most: f64, samples: Vec<f64>| {
        let target = Some(Target::AtMost(most));
        Question { bench: BENCH.name, what, unit, better: Better::Lower, target }.answer(&samples, None)
    };
    let peaks: Vec<f64> = rounds.iter().filter_map(|round| round.peak).collect();
    let mut rows = vec![row(
        "start with 330,000 + 100,000 alerts",
        "s",
        60.0,
        rounds.iter().map(|round| round.generated).collect(),
    )?];
    if !peaks.is_empty() {
        rows.push(row("memory at its peak", "MB", 2_000.0, peaks)?);
    }
    rows.push(row(
        "first page of 10,000 alerts",
        "ms",
        40.0,
        rounds.iter().map(|round| round.first).collect(),
    )?);
    rows.push(row(
        "later pages of 10,000 alerts",
        "ms",
        40.0,
        rounds.iter().flat_map(|round| round.later.iter().copied()).collect(),
    )?);
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::{Round, rows};

    #[test]
    fn what_the_script_prints_becomes_rows_with_targets() {
        let text = r#"{"generated":12.5,"peak":900.1,"first":31.0,"later":[11.0,12.0]}"#;
        let rounds = [serde_json::from_str::<Round>(text).unwrap()];
        let rows = rows(&rounds).unwrap();
        assert_eq!(rows.len(), 4);
        assert!(rows.iter().all(|row| row.met == Some(true)));
    }

    #[test]
    fn a_system_that_does_not_tell_the_memory_has_no_row_for_it() {
        let text = r#"{"generated":12.5,"peak":null,"first":31.0,"later":[11.0]}"#;
        let rounds = [serde_json::from_str::<Round>(text).unwrap()];
        assert_eq!(rows(&rounds).unwrap().len(), 3);
    }
}
