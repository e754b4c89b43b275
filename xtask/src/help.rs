//! `cargo xtask help`.

use crate::bench;
use crate::say;
use crate::test::Part;

pub(crate) fn print() {
    say::line(format_args!(
        "cargo xtask COMMAND

  demo [--listen HOST:PORT] [--alerts N] [-- SERVER-OPTIONS]
                      the console with alerts of both platforms at http://127.0.0.1:7700/, until Ctrl-C
  test [PART …] [--all] [--fail-fast]
                      everything that must hold, or some parts of it:
                      {parts}
                      --all adds what takes long: the packages as they are shipped
  lint                format, clippy for both targets, licences and sources
  build [npm|console|demo|all] [--release|--ci]
                      npm: target/npm/*.tgz (release unless --ci)
                      console: target/console/dist (ci unless --release)
                      demo: target/ci/triagekit-demo
  bench [NAME …]      measure beside a peer, write benches/results and docs/benchmarks.md:
                      {benches}
  setup               install what builds and tests need; every command does what it needs by itself
  doctor              what is installed, what is missing, what to do
  help                this text

Tools are kept in $XDG_CACHE_HOME/triagekit (~/.cache/triagekit). CHROMIUM and CHROMEDRIVER name a browser and its
driver that are not on PATH. The whole output of each step is kept in target/xtask/logs.",
        parts = Part::names(),
        benches = bench::names(),
    ));
}
