//! What a run of tests closes with: a line a step, and the one line that machines read.

use std::fmt::Write;
use std::time::Duration;

use super::{Finished, Outcome};
use crate::say;

/// A table with a line a step, in the order of the run.
pub(super) fn table(finished: &[Finished]) -> String {
    let width = finished.iter().map(|step| step.name.len()).max().unwrap_or(0);
    let mut text = "\nsummary\n".to_owned();
    for step in finished {
        let (mark, detail) = match &step.outcome {
            Ok(Outcome::Clean) => ("passed ", String::new()),
            Ok(Outcome::Tests(count)) => {
                ("passed ", format!("{count} test{}", if *count == 1 { "" } else { "s" }))
            }
            Ok(Outcome::Skipped(why)) => ("skipped", why.clone()),
            Err(error) => ("FAILED ", error.in_short()),
        };
        let row = format!("  {mark}  {:<width$}  {:>12}  {detail}", step.name, say::seconds(step.took));
        let _ = writeln!(text, "{}", row.trim_end());
    }
    let total: Duration = finished.iter().map(|step| step.took).sum();
    let _ = writeln!(text, "  {:7}  {:<width$}  {:>12}", "", "in all", say::seconds(total));
    text
}

/// `N passed, N failed`, with `, N skipped` only when something was.
pub(super) fn closing_line(finished: &[Finished]) -> String {
    let failed = finished.iter().filter(|step| step.outcome.is_err()).count();
    let skipped = finished.iter().filter(|step| matches!(step.outcome, Ok(Outcome::Skipped(_)))).count();
    let passed = finished.len() - failed - skipped;
    if skipped == 0 {
        format!("{passed} passed, {failed} failed")
    } else {
        format!("{passed} passed, {failed} failed, {skipped} skipped")
    }
}

#[cfg(test)]
mod tests {
    use super::{closing_line, table};
    use crate::error::Error;
    use crate::test::{Finished, Outcome};
    use std::time::Duration;

    fn step(name: &'static str, outcome: Result<Outcome, Error>) -> Finished {
        Finished { name, took: Duration::from_secs(1), outcome }
    }

    fn failure() -> Error {
        Error::Usage { given: "x".to_owned(), expected: "y".to_owned() }
    }

    #[test]
    fn the_closing_line_counts_steps_and_names_skipped_ones_only_if_there_are_any() {
        let mut run = vec![step("fmt", Ok(Outcome::Clean)), step("native", Ok(Outcome::Tests(9)))];
        assert_eq!(closing_line(&run), "2 passed, 0 failed");
        run.push(step("wasm", Err(failure())));
        assert_eq!(closing_line(&run), "2 passed, 1 failed");
        run.push(step("browser", Ok(Outcome::Skipped("no tests yet".to_owned()))));
        assert_eq!(closing_line(&run), "2 passed, 1 failed, 1 skipped");
    }

    #[test]
    fn the_table_tells_of_each_step_how_it_ended_and_why() {
        let run = [
            step("native", Ok(Outcome::Tests(9))),
            step("wasm", Err(failure())),
            step("browser", Ok(Outcome::Skipped("no tests yet".to_owned()))),
        ];
        let text = table(&run);
        for part in [
            "passed   native",
            "9 tests",
            "FAILED   wasm",
            "`x` is not y",
            "skipped  browser",
            "no tests yet",
        ] {
            assert!(text.contains(part), "{part} in:\n{text}");
        }
        assert!(text.lines().last().unwrap().contains("in all"));
    }
}
