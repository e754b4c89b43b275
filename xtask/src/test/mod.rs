//! `cargo xtask test [--all] [--fail-fast] [PART …]`: everything that must hold, a step at a time.
//!
//! A step that fails does not keep later ones from running, so that one run shows all that is wrong.

mod browser;
mod clippy;
mod count;
mod deny;
mod fmt;
mod native;
mod npm;
mod strangers;
mod summary;
mod types;
mod wasm;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::repo::Repo;
use crate::say;

#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    /// Empty: all of them.
    pub(crate) parts: Vec<Part>,
    pub(crate) is_all: bool,
    pub(crate) is_fail_fast: bool,
}

/// A named group of steps that can be run alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Fmt,
    Clippy,
    Deny,
    Native,
    Wasm,
    Npm,
    Types,
    Browser,
    Strangers,
}

impl Part {
    const ALL: [Self; 9] = [
        Self::Fmt,
        Self::Clippy,
        Self::Deny,
        Self::Native,
        Self::Wasm,
        Self::Npm,
        Self::Types,
        Self::Browser,
        Self::Strangers,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Deny => "deny",
            Self::Native => "native",
            Self::Wasm => "wasm",
            Self::Npm => "npm",
            Self::Types => "types",
            Self::Browser => "browser",
            Self::Strangers => "strangers",
        }
    }

    fn steps(self) -> &'static [Step] {
        match self {
            Self::Fmt => &fmt::STEPS,
            Self::Clippy => &clippy::STEPS,
            Self::Deny => &deny::STEPS,
            Self::Native => &native::STEPS,
            Self::Wasm => &wasm::STEPS,
            Self::Npm => &npm::STEPS,
            Self::Types => &types::STEPS,
            Self::Browser => &browser::STEPS,
            Self::Strangers => &strangers::STEPS,
        }
    }

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.name() == name)
    }

    /// All names, for help and for errors.
    pub(crate) fn names() -> String {
        Self::ALL.map(Self::name).join(", ")
    }
}

/// Something that passes or fails.
#[derive(Debug)]
struct Step {
    name: &'static str,
    run: fn(&Repo) -> Result<Outcome, Error>,
    /// Takes long: only with `--all`.
    is_for_all: bool,
}

impl Step {
    const fn new(name: &'static str, run: fn(&Repo) -> Result<Outcome, Error>) -> Self {
        Self { name, run, is_for_all: false }
    }

    const fn for_all(name: &'static str, run: fn(&Repo) -> Result<Outcome, Error>) -> Self {
        Self { name, run, is_for_all: true }
    }
}

/// How a step that did not fail ended.
#[derive(Debug, PartialEq)]
enum Outcome {
    /// The lint or check found nothing.
    Clean,
    /// This many tests passed; never zero.
    Tests(u64),
    /// There was nothing to run. Said aloud, so that an empty suite is not taken for a green one.
    Skipped(String),
}

impl Outcome {
    fn tests(count: u64, why_none: &str) -> Self {
        if count == 0 { Self::Skipped(why_none.to_owned()) } else { Self::Tests(count) }
    }
}

/// A step that has been run.
#[derive(Debug)]
struct Finished {
    name: &'static str,
    took: Duration,
    outcome: Result<Outcome, Error>,
}

pub(crate) fn run(repo: &Repo, options: &Options) -> ExitCode {
    let mut finished = Vec::new();
    let steps = Part::ALL
        .into_iter()
        .filter(|part| options.parts.is_empty() || options.parts.contains(part))
        .flat_map(Part::steps)
        .filter(|step| options.is_all || !step.is_for_all);
    for step in steps {
        say::heading(step.name);
        let started = Instant::now();
        let outcome = (step.run)(repo);
        match &outcome {
            Err(error) => say::error(error),
            Ok(Outcome::Skipped(why)) => say::line(format_args!("  SKIPPED: {why}")),
            Ok(Outcome::Clean | Outcome::Tests(_)) => {}
        }
        let is_failure = outcome.is_err();
        finished.push(Finished { name: step.name, took: started.elapsed(), outcome });
        if is_failure && options.is_fail_fast {
            break;
        }
    }
    say::line(summary::table(&finished));
    say::line(summary::closing_line(&finished));
    let is_good = finished.iter().all(|step| step.outcome.is_ok());
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

#[cfg(test)]
mod tests {
    use super::{Outcome, Part};

    #[test]
    fn every_part_has_a_name_of_its_own_and_at_least_one_step() {
        for part in Part::ALL {
            assert_eq!(Part::named(part.name()), Some(part));
            assert!(!part.steps().is_empty());
        }
        assert_eq!(Part::named("unit"), None);
    }

    #[test]
    fn a_suite_without_a_test_is_skipped_and_not_passed() {
        assert_eq!(Outcome::tests(0, "no tests yet"), Outcome::Skipped("no tests yet".to_owned()));
        assert_eq!(Outcome::tests(3, "no tests yet"), Outcome::Tests(3));
    }
}
