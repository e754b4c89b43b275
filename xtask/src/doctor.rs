//! `cargo xtask doctor`: what is there, what is missing, and what to do about it. Changes nothing.

use std::process::ExitCode;

use crate::repo::Repo;
use crate::say;
use crate::tools::{Check, c_compiler, cargo_tool, chromedriver, chromium, node, node_packages, rust};

pub(crate) fn run(repo: &Repo) -> ExitCode {
    let mut checks = vec![
        rust::check(),
        rust::check_component("rustfmt"),
        rust::check_component("clippy"),
        rust::check_wasm_target(),
        c_compiler::check(),
        node::check(),
        node::check_npm(),
        node_packages::check(repo),
    ];
    checks.extend(cargo_tool::ALL.iter().map(|tool| tool.check(repo)));
    checks.extend([chromium::check(), chromedriver::check()]);

    say::line("");
    for check in &checks {
        say::line(report(check));
    }
    let missing = checks.iter().filter(|check| !check.is_good).count();
    if missing == 0 {
        say::line("\neverything is there");
        ExitCode::SUCCESS
    } else {
        say::line(format_args!("\n{missing} missing; `cargo xtask setup` installs what it can"));
        ExitCode::FAILURE
    }
}

fn report(check: &Check) -> String {
    let mark = if check.is_good { "ok     " } else { "MISSING" };
    let found = match &check.found {
        Some(found) => found.to_string(),
        None => "not found".to_owned(),
    };
    if check.is_good {
        format!("  {mark}  {:<18} {found}", check.name)
    } else {
        format!(
            "  {mark}  {:<18} {found}; expected {}\n             {}",
            check.name, check.expected, check.remedy
        )
    }
}

#[cfg(test)]
mod tests {
    use super::report;
    use crate::tools::{Check, Found};

    #[test]
    fn what_is_missing_is_reported_with_what_was_expected_and_what_to_do() {
        let check = Check {
            name: "node",
            expected: "20.11 or newer".to_owned(),
            found: Some(Found { version: "18.0.0".to_owned(), place: "/usr/bin/node".into() }),
            is_good: false,
            remedy: "install Node.js 20".to_owned(),
        };
        let text = report(&check);
        for part in
            ["MISSING", "node", "18.0.0 at /usr/bin/node", "expected 20.11 or newer", "install Node.js 20"]
        {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
