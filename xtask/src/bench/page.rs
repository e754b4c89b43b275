//! `docs/benchmarks.md`, made from every file in `benches/results/`.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use super::report::Report;
use super::{results, table};
use crate::error::Error;
use crate::fingerprint::files_below;
use crate::repo::Repo;

const HEAD: &str = "# Benchmarks

Written by `cargo xtask bench NAME` from `benches/results/*.json`; do not edit by hand.

A value is the median of several runs, with the smallest and the largest of them in brackets. Both sides run in turns on
the same machine. *Ratio* says how many times better ours is: above 1 it is the faster or the smaller one.
";

/// Writes the page anew and gives its path.
pub(super) fn refresh(repo: &Repo) -> Result<PathBuf, Error> {
    let mut reports = Vec::new();
    for path in files_below(&results(repo), &[])? {
        if path.extension().is_some_and(|extension| extension == "json") {
            let text = fs::read(&path).map_err(Error::file("read", &path))?;
            reports.push(serde_json::from_slice(&text).map_err(|error| Error::Content {
                path,
                expected: "a result as `cargo xtask bench` writes it",
                found: error.to_string(),
            })?);
        }
    }
    let path = repo.root().join("docs/benchmarks.md");
    fs::write(&path, render(&reports)).map_err(Error::file("write", &path))?;
    Ok(path)
}

fn render(reports: &[Report]) -> String {
    let mut text = HEAD.to_owned();
    for report in reports {
        let versions: Vec<String> =
            report.versions.iter().map(|(name, version)| format!("{name} {version}")).collect();
        let _ = write!(
            text,
            "\n## {}\n\n{}\n\n{}\n{}, on {}, with {}.\n",
            report.name,
            report.about,
            table::markdown(&report.rows),
            report.date,
            report.machine,
            versions.join(", ")
        );
    }
    text
}

#[cfg(test)]
mod tests {
    use super::render;
    use crate::bench::report::{Better, Question, Report};

    #[test]
    fn the_page_has_a_section_a_bench_with_its_day_machine_and_versions() {
        let question =
            Question { bench: "size", what: "module", unit: "bytes", better: Better::Lower, target: None };
        let text = render(&[Report {
            name: "size".to_owned(),
            about: "How large it is.".to_owned(),
            date: "2026-11-21".to_owned(),
            machine: "2 cores".to_owned(),
            versions: [("node".to_owned(), "20.20.2".to_owned())].into(),
            rows: vec![question.answer(&[5.0], None).unwrap()],
        }]);
        for part in [
            "## size",
            "How large it is.",
            "| module | 5 bytes |",
            "2026-11-21, on 2 cores, with node 20.20.2.",
        ] {
            assert!(text.contains(part), "{part} in:\n{text}");
        }
    }
}
