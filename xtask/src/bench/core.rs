//! The core by itself, natively: signing and splitting pages, beside what the libraries give out of the box.

use super::report::{Better, Question, Target};
use super::samples::interleaved;
use super::{Bench, Measured};
use crate::error::Error;
use crate::repo::Repo;
use crate::run::Run;
use crate::say;

pub(super) const BENCH: Bench = Bench {
    name: "core",
    about: "Natively: tokens beside jwt-compact's own HS256, a page of 10,000 rows beside `serde_json::Value`.",
    run,
};

const ROUNDS: u32 = 9;
const PEERS: [(&str, &str, &str); 2] = [
    ("sign", "tokens signed", "jwt-compact 0.8 Hs256"),
    ("split", "pages of 10,000 rows split", "serde_json::Value"),
];

fn run(repo: &Repo) -> Result<Measured, Error> {
    Run::cargo()
        .args(["build", "--package", "triagekit-bench", "--release"])
        .step(repo, "cargo build triagekit-bench (release)")?;
    let program = repo.target().join("release").join(format!("bench-core{}", std::env::consts::EXE_SUFFIX));
    say::line(format_args!("  {ROUNDS} rounds, one process a run"));
    let mut rows = Vec::new();
    for (name, what, peer) in PEERS {
        let sample = |side: &str| -> Result<f64, Error> {
            let text = Run::new(&program).args([name, side]).step(repo, &format!("{name} {side}"))?;
            text.trim().parse().map_err(|_| Error::Content {
                path: program.clone(),
                expected: "one number on standard output",
                found: text,
            })
        };
        let pair = interleaved(ROUNDS, || sample("ours"), || sample("peer"))?;
        let target = Some(Target::RatioAtLeast(1.0));
        let question = Question { bench: BENCH.name, what, unit: "a second", better: Better::Higher, target };
        rows.push(question.answer(&pair.ours, Some((peer, &pair.peer)))?);
    }
    Ok(Measured { rows, versions: vec![("jwt-compact".to_owned(), "0.8".to_owned())] })
}
