//! `demo/README.md` names all there is.

const README: &str = include_str!("../../README.md");

/// What stands between quotes after each `before` in a source.
fn quoted_after<'a>(source: &'a str, before: &str) -> Vec<&'a str> {
    source.split(before).skip(1).filter_map(|rest| rest.split('"').nth(1)).collect()
}

#[test]
fn it_names_every_path_of_utmstack_and_of_the_control() {
    for router in [include_str!("../../src/utmstack/router.rs"), include_str!("../../src/control/router.rs")]
    {
        let paths = quoted_after(router, ".route(");
        assert!(paths.len() > 5, "{paths:?}");
        for path in paths {
            let is_named = README.contains(&format!("{path}`")) || README.contains(&format!("{path}?"));
            assert!(is_named, "{path} is not in demo/README.md");
        }
    }
}

#[test]
fn it_names_every_flag() {
    let help =
        std::process::Command::new(env!("CARGO_BIN_EXE_triagekit-demo")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let flags: Vec<&str> = help
        .split_whitespace()
        .filter(|word| word.starts_with("--") && word.len() > 2 && !["--help", "--version"].contains(word))
        .collect();
    assert!(flags.len() > 15, "{flags:?}");
    for flag in flags {
        let flag = flag.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
        assert!(README.contains(&format!("`{flag}")), "{flag} is not in demo/README.md");
    }
}

#[test]
fn it_names_every_field_of_a_fault() {
    for field in ["status", "retryAfter", "html", "close", "truncate", "stallMs", "contentType", "lost"] {
        assert!(README.contains(&format!("\"{field}\"")), "{field} is not in demo/README.md");
    }
}
