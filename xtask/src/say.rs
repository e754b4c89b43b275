//! What `xtask` tells the person in front of it: a line a step, with the time it took.

use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

/// Prints one line. A closed pipe (`| head`) is no reason to stop working.
pub(crate) fn line(text: impl Display) {
    let mut out = io::stdout().lock();
    let _ = writeln!(out, "{text}");
    let _ = out.flush();
}

/// Opens a group of steps.
pub(crate) fn heading(text: impl Display) {
    line(format_args!("\n{text}"));
}

/// Announces a step that may take long; [`done`] or [`failed`] ends its line.
pub(crate) fn begin(text: impl Display) {
    let mut out = io::stdout().lock();
    let _ = write!(out, "  {text} … ");
    let _ = out.flush();
}

/// Ends the line of a step that went well.
pub(crate) fn done(took: Duration) {
    line(seconds(took));
}

/// Ends the line of a step that failed.
pub(crate) fn failed(took: Duration) {
    line(format_args!("{} after {}", strong("FAILED"), seconds(took)));
}

/// A step that had nothing to do.
pub(crate) fn unchanged(text: impl Display) {
    line(format_args!("  {text} … unchanged"));
}

/// Something to know that is no failure.
pub(crate) fn note(text: impl Display) {
    line(format_args!("  note: {text}"));
}

/// What stops the command.
pub(crate) fn error(error: &dyn Display) {
    line(format_args!("\n{}: {error}", strong("error")));
}

/// The whole output of a step that failed.
pub(crate) fn output_of(log: &Path) {
    match std::fs::read(log) {
        Ok(bytes) => {
            line("  ┌── output");
            for text in String::from_utf8_lossy(&bytes).lines() {
                line(format_args!("  │ {text}"));
            }
            line("  └──");
        }
        Err(source) => note(format_args!("its output could not be read from {}: {source}", log.display())),
    }
}

/// `3.2 s`, or `4 min 05 s` from two minutes on.
pub(crate) fn seconds(took: Duration) -> String {
    let whole = took.as_secs();
    if whole < 120 {
        format!("{:.1} s", took.as_secs_f64())
    } else {
        format!("{} min {:02} s", whole / 60, whole % 60)
    }
}

fn strong(text: &str) -> String {
    if io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none() {
        format!("\u{1b}[1;31m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::seconds;
    use std::time::Duration;

    #[test]
    fn times_read_in_the_unit_a_person_would_use() {
        assert_eq!(seconds(Duration::from_millis(3_240)), "3.2 s");
        assert_eq!(seconds(Duration::from_secs(119)), "119.0 s");
        assert_eq!(seconds(Duration::from_secs(245)), "4 min 05 s");
    }
}
