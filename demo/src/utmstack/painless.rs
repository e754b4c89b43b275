//! The scripts that UTMStack writes texts into, and what does not survive it (docs/utmstack.md, 1.4 to 1.6).

/// A text that was escaped as Java escapes. Painless knows `\"` and `\\` only; what became any other escape does
/// not compile. Letters beyond ASCII are turned back before an observation is sent, and are not for notes.
pub(crate) fn compile_escaped(text: &str, letters_are_turned_back: bool) -> Result<(), String> {
    let breaks = |letter: char| {
        letter.is_ascii_control() && letter != '\u{7f}' || !letters_are_turned_back && !letter.is_ascii()
    };
    match text.chars().find(|&letter| breaks(letter)) {
        Some(letter) => Err(format!(
            "compile error: The only valid escape sequences in strings starting with [\"] are [\\\\] and [\\\"] [{}]",
            letter.escape_default()
        )),
        None => Ok(()),
    }
}

/// A text that is pasted between single quotes as it is: a quote ends it early, and a backslash stands for the
/// character behind it, which has to be a backslash.
pub(crate) fn compile_pasted(text: &str) -> Result<String, String> {
    let unescaped = text.replace("\\\\", "\u{0}");
    if unescaped.contains(['\'', '\\']) {
        return Err("compile error: unexpected token in script".to_owned());
    }
    Ok(unescaped.replace('\u{0}', "\\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_characters_break_observations_and_letters_beyond_ascii_break_notes() {
        assert!(compile_escaped("quotes \" and \\ are fine, Грубый too", true).is_ok());
        for text in ["two\nlines", "a\ttab"] {
            assert!(compile_escaped(text, true).is_err(), "{text:?}");
        }
        assert!(compile_escaped("plain", false).is_ok() && compile_escaped("é", false).is_err());
    }

    #[test]
    fn quotes_break_tags() {
        assert_eq!(compile_pasted("VIP").unwrap(), "VIP");
        assert_eq!(compile_pasted("a\\\\b").unwrap(), "a\\b");
        assert!(compile_pasted("o'brien").is_err() && compile_pasted("a\\b").is_err());
    }
}
