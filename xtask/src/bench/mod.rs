//! `cargo xtask bench [NAME …]`: our side beside a peer's, in interleaved runs.
//!
//! A bench is one file here with a `BENCH` of its own, named in [`ALL`]. It gives rows; the rest (table,
//! `benches/results/NAME.json`, `docs/benchmarks.md`) is done for it.

mod core;
mod date;
mod demo;
mod machine;
mod page;
mod report;
mod samples;
mod sign;
mod size;
mod table;

use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use crate::error::Error;
use crate::repo::Repo;
use crate::say;
use report::{Report, Row};

/// Something that can be measured by name.
#[derive(Debug)]
struct Bench {
    name: &'static str,
    /// One sentence: what is measured, and against whom.
    about: &'static str,
    run: fn(&Repo) -> Result<Measured, Error>,
}

/// What a bench gives.
#[derive(Debug)]
struct Measured {
    rows: Vec<Row>,
    /// Versions of what was measured besides our own and the machine's, such as the peer's.
    versions: Vec<(String, String)>,
}

/// Every bench there is.
const ALL: [&Bench; 4] = [&core::BENCH, &demo::BENCH, &sign::BENCH, &size::BENCH];

/// All names, for help and for errors.
pub(crate) fn names() -> String {
    ALL.map(|bench| bench.name).join(", ")
}

/// Measures what is named; without a name, tells what can be.
pub(crate) fn run(repo: &Repo, given: &[String]) -> Result<ExitCode, Error> {
    let chosen = given.iter().map(|name| named(name)).collect::<Result<Vec<_>, _>>()?;
    if chosen.is_empty() {
        say::line("benches: cargo xtask bench NAME");
        for bench in ALL {
            say::line(format_args!("  {:<8}  {}", bench.name, bench.about));
        }
        return Ok(ExitCode::SUCCESS);
    }
    let mut is_all_met = true;
    for bench in chosen {
        say::heading(format_args!("bench {}", bench.name));
        let measured = (bench.run)(repo)?;
        let report = Report {
            name: bench.name.to_owned(),
            about: bench.about.to_owned(),
            date: date::today(),
            machine: machine::describe(),
            versions: machine::versions().into_iter().chain(measured.versions).collect(),
            rows: measured.rows,
        };
        say::line("");
        say::line(table::text(&report.rows));
        let path = write(repo, &report)?;
        say::line(format_args!("  → {}", repo.relative(&path).display()));
        is_all_met &= report.rows.iter().all(|row| row.met != Some(false));
    }
    let page = page::refresh(repo)?;
    say::line(format_args!("  → {}", repo.relative(&page).display()));
    Ok(if is_all_met { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn named(name: &str) -> Result<&'static Bench, Error> {
    ALL.into_iter()
        .find(|bench| bench.name == name)
        .ok_or_else(|| Error::Usage { given: name.to_owned(), expected: format!("a bench: {}", names()) })
}

fn results(repo: &Repo) -> PathBuf {
    repo.root().join("benches").join("results")
}

fn write(repo: &Repo, report: &Report) -> Result<PathBuf, Error> {
    let folder = results(repo);
    fs::create_dir_all(&folder).map_err(Error::file("create", &folder))?;
    let path = folder.join(format!("{}.json", report.name));
    let text = serde_json::to_string_pretty(report)?;
    fs::write(&path, format!("{text}\n")).map_err(Error::file("write", &path))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::{ALL, named};

    #[test]
    fn every_bench_is_found_by_its_name_and_an_unknown_one_is_answered_with_all_names() {
        for bench in ALL {
            assert_eq!(named(bench.name).unwrap().name, bench.name);
        }
        let error = named("speed").unwrap_err().to_string();
        assert!(error.contains("`speed`") && error.contains(ALL[0].name), "{error}");
    }
}
