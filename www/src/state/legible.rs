use alloc::borrow::Cow;

/// Text of others as it may stand in a line: what would reorder, hide or break the line is shown as a mark.
///
/// A file name such as `invoice(U+202E)fdp.exe` reads `invoiceexe.pdf` on the screen otherwise.
pub fn legible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_deceptive) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '\t' | '\n' | '\r' => shown.push(' '),
            deceptive if is_deceptive(deceptive) => {
                shown.extend(format!("⟨U+{:04X}⟩", u32::from(deceptive)).chars());
            }
            plain => shown.push(plain),
        }
    }
    Cow::Owned(shown)
}

/// Controls, marks of writing direction, and characters without width; not the joiners that scripts and emoji need.
pub(super) fn is_deceptive(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{061c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reversed_name_is_shown_for_what_it_is() {
        assert_eq!(legible("invoice\u{202e}fdp.exe"), "invoice⟨U+202E⟩fdp.exe");
        assert_eq!(legible("a\nb\u{0}"), "a b⟨U+0000⟩");
    }

    #[test]
    fn ordinary_text_of_any_script_is_left_alone() {
        for text in ["<b>x</b>", "naïve 日本語 שלום 👩🏽\u{200d}💻", "C:\\Windows"] {
            assert!(matches!(legible(text), Cow::Borrowed(shown) if shown == text), "{text}");
        }
    }
}
