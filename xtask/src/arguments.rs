//! The command line, parsed once.

use crate::build::{self, Profile, What};
use crate::demo;
use crate::error::Error;
use crate::test::{self, Part};

#[derive(Debug, PartialEq)]
pub(crate) enum Verb {
    Help,
    Setup,
    Build(build::Options),
    Demo(demo::Options),
    Test(test::Options),
    Lint,
    Bench(Vec<String>),
    Doctor,
}

const VERBS: &str = "one of setup, build, demo, test, lint, bench, doctor, help";

/// Reads the words after `cargo xtask`.
pub(crate) fn parse(words: impl IntoIterator<Item = String>) -> Result<Verb, Error> {
    let mut words = words.into_iter();
    let verb = words.next().unwrap_or_else(|| "help".to_owned());
    let rest: Vec<String> = words.collect();
    if verb != "demo" && rest.iter().any(|word| word == "--help" || word == "-h") {
        return Ok(Verb::Help);
    }
    match verb.as_str() {
        "help" | "--help" | "-h" => Ok(Verb::Help),
        "setup" => without_arguments(Verb::Setup, &rest),
        "build" => parse_build(&rest),
        "demo" => parse_demo(rest),
        "test" => parse_test(&rest),
        "lint" => without_arguments(Verb::Lint, &rest),
        "bench" => Ok(Verb::Bench(rest)),
        "doctor" => without_arguments(Verb::Doctor, &rest),
        _ => Err(usage(&verb, VERBS)),
    }
}

fn parse_build(rest: &[String]) -> Result<Verb, Error> {
    let mut options = build::Options::default();
    for word in rest {
        match word.as_str() {
            "--release" => options.profile = Some(Profile::Release),
            "--ci" => options.profile = Some(Profile::Ci),
            "all" => options.what = What::ALL.to_vec(),
            name => options.what.push(What::named(name).ok_or_else(|| {
                usage(name, "a thing to build: npm, console, demo or all, with --release or --ci")
            })?),
        }
    }
    if options.what.is_empty() {
        options.what = What::ALL.to_vec();
    }
    Ok(Verb::Build(options))
}

fn parse_demo(rest: Vec<String>) -> Result<Verb, Error> {
    let mut options = demo::Options::default();
    let mut words = rest.into_iter();
    while let Some(word) = words.next() {
        let (name, inline) = match word.split_once('=') {
            Some((name, value)) => (name.to_owned(), Some(value.to_owned())),
            None => (word, None),
        };
        match name.as_str() {
            "--help" | "-h" => return Ok(Verb::Help),
            "--listen" => options.listen = value_of(&name, inline, &mut words)?,
            "--alerts" => {
                let text = value_of(&name, inline, &mut words)?;
                options.alerts =
                    text.parse().map_err(|_| usage(&text, "a number of alerts, such as 20000"))?;
            }
            "--" => options.passed_on.extend(words.by_ref()),
            _ => {
                return Err(usage(
                    &name,
                    "an option of demo: --listen HOST:PORT, --alerts N, or -- with options of the server after it",
                ));
            }
        }
    }
    Ok(Verb::Demo(options))
}

fn parse_test(rest: &[String]) -> Result<Verb, Error> {
    let mut options = test::Options::default();
    for word in rest {
        match word.as_str() {
            "--all" => options.is_all = true,
            "--fail-fast" => options.is_fail_fast = true,
            name => options.parts.push(Part::named(name).ok_or_else(|| {
                usage(name, &format!("a part of test: {}, or --all, --fail-fast", Part::names()))
            })?),
        }
    }
    Ok(Verb::Test(options))
}

fn without_arguments(verb: Verb, rest: &[String]) -> Result<Verb, Error> {
    match rest.first() {
        None => Ok(verb),
        Some(word) => Err(usage(word, "an argument of this command: it takes none")),
    }
}

fn value_of(
    name: &str,
    inline: Option<String>,
    words: &mut impl Iterator<Item = String>,
) -> Result<String, Error> {
    inline.or_else(|| words.next()).ok_or_else(|| usage(name, "complete: a value must follow it"))
}

fn usage(given: &str, expected: &str) -> Error {
    Error::Usage { given: given.to_owned(), expected: expected.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::{Verb, parse};
    use crate::build::{Profile, What};
    use crate::test::Part;

    fn parsed(line: &str) -> Result<Verb, String> {
        parse(line.split_whitespace().map(str::to_owned)).map_err(|error| error.to_string())
    }

    #[test]
    fn no_words_and_help_anywhere_show_the_help() {
        for line in ["", "help", "--help", "build --help", "test -h", "demo --help"] {
            assert_eq!(parsed(line), Ok(Verb::Help), "{line}");
        }
    }

    #[test]
    fn build_without_a_name_builds_everything() {
        let Ok(Verb::Build(options)) = parsed("build") else { panic!("expected build") };
        assert_eq!(options.what, What::ALL);
        assert_eq!(options.profile, None);
        let Ok(Verb::Build(options)) = parsed("build npm --release") else { panic!("expected build") };
        assert_eq!((options.what, options.profile), (vec![What::Npm], Some(Profile::Release)));
    }

    #[test]
    fn demo_passes_what_follows_two_dashes_to_the_server() {
        let Ok(Verb::Demo(options)) = parsed("demo --alerts=7 --listen 127.0.0.1:0 -- --seed 3 --help")
        else {
            panic!("expected demo")
        };
        assert_eq!((options.alerts, options.listen.as_str()), (7, "127.0.0.1:0"));
        assert_eq!(options.passed_on, ["--seed", "3", "--help"]);
    }

    #[test]
    fn test_takes_parts_in_any_order_and_its_flags() {
        let Ok(Verb::Test(options)) = parsed("test native --fail-fast fmt") else { panic!("expected test") };
        assert_eq!(options.parts, [Part::Native, Part::Fmt]);
        assert!(options.is_fail_fast && !options.is_all);
    }

    #[test]
    fn a_word_that_is_not_known_is_named_with_what_was_expected() {
        for (line, said) in [
            ("bild", "one of setup"),
            ("build wasm", "npm, console, demo"),
            ("test unit", "fmt, clippy, deny"),
            ("demo --alerts", "a value must follow"),
            ("demo --alerts many", "a number of alerts"),
            ("lint src", "it takes none"),
        ] {
            let error = parsed(line).unwrap_err();
            assert!(error.contains(said), "{line}: {error}");
        }
    }
}
