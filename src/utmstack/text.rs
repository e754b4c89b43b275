//! Which text the servers can store, and what to offer instead (docs/utmstack.md, 1.4 to 1.6).

use super::dialect::Dialect;
use crate::error::Error;

/// Refuses an observation that the server could not store.
pub(super) fn check_observation(dialect: Dialect, text: &str) -> Result<(), Error> {
    match text.chars().find(|character| dialect.is_real() && character.is_control()) {
        None => Ok(()),
        Some(character) => Err(unstorable(dialect, "an observation", character, text)),
    }
}

/// Refuses a tag that the server could not store.
pub(super) fn check_tag(dialect: Dialect, tag: &str) -> Result<(), Error> {
    if tag.trim().is_empty() {
        return Err(Error::InvalidArgument("A tag is expected; it is empty.".to_owned()));
    }
    let breaks = |character: &char| character.is_control() || matches!(character, '\'' | '\\');
    match tag.chars().find(|character| dialect.is_real() && breaks(character)) {
        None => Ok(()),
        Some(character) => Err(unstorable(dialect, "a tag", character, tag)),
    }
}

/// Refuses an incident's name that the server could not store.
pub(super) fn check_incident_name(name: &str) -> Result<(), Error> {
    if name.trim().is_empty() {
        return Err(Error::InvalidArgument("An incident needs a name; it is empty.".to_owned()));
    }
    if name.contains('"') {
        return Err(Error::InvalidArgument(
            "An incident's name cannot hold double quotes. Use single ones.".to_owned(),
        ));
    }
    Ok(())
}

fn unstorable(dialect: Dialect, what: &str, character: char, text: &str) -> Error {
    let shown = match character {
        '\n' | '\r' => "a line break".to_owned(),
        '\t' => "a tab".to_owned(),
        '\'' => "a single quote".to_owned(),
        '\\' => "a backslash".to_owned(),
        other => format!("the control character U+{:04X}", u32::from(other)),
    };
    let instead: String = text
        .split(|character: char| character.is_control())
        .filter(|line| !line.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .chars()
        .filter(|character| !matches!(character, '\'' | '\\') || what != "a tag")
        .take(120)
        .collect();
    Error::Unsupported(format!(
        "{dialect} cannot store {shown} in {what}: its own script would not compile. It could store: {instead}"
    ))
}

/// Whether a note is one line of printable ASCII, which every server stores.
pub(super) fn is_plain(note: &str) -> bool {
    note.chars().all(|character| character == ' ' || character.is_ascii_graphic())
}

/// The nearest text that every server stores: one line, ASCII. `None` where the text is that already.
///
/// Line breaks become ` | `, letters lose their marks, and what has no ASCII form is shown as its code point.
pub(super) fn plain_form(note: &str) -> Option<String> {
    if is_plain(note) {
        return None;
    }
    let lines: Vec<String> =
        note.lines().map(str::trim_end).filter(|line| !line.is_empty()).map(plain_line).collect();
    Some(lines.join(" | "))
}

fn plain_line(line: &str) -> String {
    let mut plain = String::with_capacity(line.len());
    for character in line.chars() {
        match character {
            ' '..='~' => plain.push(character),
            '\u{a0}' | '\u{2009}' | '\u{202f}' => plain.push(' '),
            other if other.is_control() => plain.push(' '),
            other => match near(other) {
                "" => plain.extend(format!("U+{:04X}", u32::from(other)).chars()),
                near => plain.push_str(near),
            },
        }
    }
    plain
}

/// What people write for a character where only ASCII is to be had.
const fn near(character: char) -> &'static str {
    match character {
        'À'..='Ã' | 'Å' => "A",
        'Ä' | 'Æ' => "Ae",
        'Ç' => "C",
        'È'..='Ë' => "E",
        'Ì'..='Ï' => "I",
        'Ñ' => "N",
        'Ò'..='Õ' | 'Ø' => "O",
        'Ö' => "Oe",
        'Ù'..='Û' => "U",
        'Ü' => "Ue",
        'Ý' => "Y",
        'ß' => "ss",
        'à'..='ã' | 'å' => "a",
        'ä' | 'æ' => "ae",
        'ç' => "c",
        'è'..='ë' => "e",
        'ì'..='ï' => "i",
        'ñ' => "n",
        'ò'..='õ' | 'ø' => "o",
        'ö' => "oe",
        'ù'..='û' => "u",
        'ü' => "ue",
        'ý' | 'ÿ' => "y",
        '‘' | '’' | '‚' | '´' => "'",
        '“' | '”' | '„' | '«' | '»' => "\"",
        '–' | '—' | '‑' => "-",
        '…' => "...",
        '•' | '·' => "*",
        '→' => "->",
        '←' => "<-",
        '≥' => ">=",
        '≤' => "<=",
        '€' => "EUR",
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_breaks_the_servers_script_is_refused_with_what_could_be_stored() {
        for dialect in [Dialect::V10, Dialect::V11] {
            let error = check_observation(dialect, "one\ntwo").expect_err("refused");
            assert!(
                error.to_string().contains("a line break") && error.to_string().ends_with("one two"),
                "{error}"
            );
            let error = check_tag(dialect, "O'Brien").expect_err("refused");
            assert!(
                error.to_string().contains("a single quote") && error.to_string().ends_with("OBrien"),
                "{error}"
            );
            assert_eq!(check_observation(dialect, "Проверено: \"ok\" \\ it's"), Ok(()));
        }
        assert_eq!(check_observation(Dialect::Documented, "one\ntwo"), Ok(()));
        assert!(check_tag(Dialect::Documented, " ").is_err());
        assert!(check_incident_name("a \"b\"").is_err() && check_incident_name(" ").is_err());
    }

    #[test]
    fn a_note_that_cannot_be_stored_has_a_plain_form() {
        assert_eq!(plain_form("Asked Jim, he's fine."), None);
        let plain = plain_form("Prüfung – „fertig“…\n\n\tnächste Zeile ☂").expect("a plain form");
        assert_eq!(plain, "Pruefung - \"fertig\"... |  naechste Zeile U+2602");
        assert!(is_plain(&plain));
    }
}
