//! What a measurement was taken on: enough to compare, nothing that names the machine.

use std::fs;
use std::thread;

use crate::run::Run;
use crate::tools::{node, rust};

/// `AMD EPYC 7B13, 2 cores, 24 GiB, linux x86_64`.
pub(super) fn describe() -> String {
    let cores = thread::available_parallelism().map_or(1, usize::from);
    let words = [
        field("/proc/cpuinfo", "model name"),
        Some(format!("{cores} cores")),
        field("/proc/meminfo", "MemTotal").as_deref().and_then(gibibytes),
        Some(format!("{} {}", std::env::consts::OS, std::env::consts::ARCH)),
    ];
    words.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Versions that every result names: ours, the compiler's and Node's.
pub(super) fn versions() -> Vec<(String, String)> {
    let mut versions = vec![("triagekit".to_owned(), env!("CARGO_PKG_VERSION").to_owned())];
    for check in [rust::check(), node::check()] {
        versions.extend(check.found.map(|found| (check.name.to_owned(), found.version)));
    }
    versions.extend(
        Run::new("git")
            .args(["rev-parse", "--short=12", "HEAD"])
            .first_line()
            .map(|id| ("commit".to_owned(), id)),
    );
    versions
}

fn field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    value_of(&text, name)
}

fn value_of(text: &str, name: &str) -> Option<String> {
    text.lines()
        .filter_map(|line| line.split_once(':'))
        .find(|(key, _)| key.trim() == name)
        .map(|(_, value)| value.trim().to_owned())
}

fn gibibytes(kilobytes: &str) -> Option<String> {
    let kilobytes: u64 = kilobytes.split_whitespace().next()?.parse().ok()?;
    Some(format!("{} GiB", (kilobytes + 524_288) / 1_048_576))
}

#[cfg(test)]
mod tests {
    use super::{gibibytes, value_of};

    #[test]
    fn the_system_tells_its_processor_and_its_memory() {
        let text = "processor\t: 0\nmodel name\t: Some CPU @ 3 GHz\n";
        assert_eq!(value_of(text, "model name").as_deref(), Some("Some CPU @ 3 GHz"));
        assert_eq!(value_of(text, "cache"), None);
        assert_eq!(gibibytes("24576000 kB").as_deref(), Some("23 GiB"));
        assert_eq!(gibibytes("much"), None);
    }
}
