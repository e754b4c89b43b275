//! How large the npm package's module is on the wire.

use serde::Deserialize;

use super::report::{Better, Question, Row, Target};
use super::{Bench, Measured};
use crate::build::{self, Profile};
use crate::error::Error;
use crate::repo::Repo;
use crate::tools::node;

pub(super) const BENCH: Bench = Bench {
    name: "size",
    about: "Bytes of the npm package's WebAssembly module, as shipped; a promise to its users, without a peer.",
    run,
};

#[derive(Debug, Deserialize)]
struct Sizes {
    raw: f64,
    gzip: f64,
    brotli: f64,
}

fn run(repo: &Repo) -> Result<Measured, Error> {
    let lock = build::npm::lock(repo)?;
    build::npm::build(repo, &lock, Profile::Release)?;
    let module = repo.target().join("npm/bindgen/triagekit_bg.wasm");
    let text = node::ensure()?
        .arg(repo.root().join("benches/size.mjs"))
        .arg(&module)
        .step(repo, "compress the module")?;
    let sizes: Sizes = serde_json::from_str(&text).map_err(|error| Error::Content {
        path: module,
        expected: "sizes as JSON from benches/size.mjs",
        found: error.to_string(),
    })?;
    let rows = vec![
        row("module, brotli", sizes.brotli, Some(Target::AtMost(102_400.0)))?,
        row("module, gzip", sizes.gzip, None)?,
        row("module, as it is", sizes.raw, None)?,
    ];
    Ok(Measured { rows, versions: Vec::new() })
}

fn row(what: &'static str, bytes: f64, target: Option<Target>) -> Result<Row, Error> {
    Question { bench: BENCH.name, what, unit: "bytes", better: Better::Lower, target }.answer(&[bytes], None)
}
