use super::legible::is_deceptive;

/// A piece of JSON text with its role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// What it is.
    pub kind: TokenKind,
    /// Its text.
    pub text: String,
}

/// What a piece of JSON text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The name of a member, with its quotes.
    Name,
    /// A string, with its quotes.
    Text,
    /// A number, `true`, `false` or `null`.
    Literal,
    /// Brackets, commas, colons, line breaks and indentation.
    Structure,
}

/// Lays out JSON text in lines, two spaces a level, token by token.
///
/// Names, strings and numbers keep the spelling that came, duplicates and long numbers included; characters that
/// would reorder or hide text are written as `\u` escapes, which mean the same.
pub fn pretty(json: &str) -> Vec<Token> {
    let mut layout = Layout::default();
    let mut rest = json.trim();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' => string_length(rest),
            '{' | '}' | '[' | ']' | ',' | ':' => 1,
            space if space.is_whitespace() => space.len_utf8(),
            _ => rest.find(['{', '}', '[', ']', ',', ':', '"', ' ', '\n', '\r', '\t']).unwrap_or(rest.len()),
        };
        let (token, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = behind.trim_start();
        layout.take(token, rest.starts_with(':'), rest.starts_with(['}', ']']));
    }
    layout.tokens
}

#[derive(Default)]
struct Layout {
    tokens: Vec<Token>,
    depth: usize,
    is_after_empty: bool,
}

impl Layout {
    fn take(&mut self, token: &str, is_name: bool, closes_next: bool) {
        match token {
            "{" | "[" if closes_next => {
                self.is_after_empty = true;
                self.structure(token);
            }
            "{" | "[" => {
                self.depth += 1;
                self.structure(token);
                self.new_line();
            }
            "}" | "]" => {
                if !core::mem::take(&mut self.is_after_empty) {
                    self.depth = self.depth.saturating_sub(1);
                    self.new_line();
                }
                self.structure(token);
            }
            "," => {
                self.structure(",");
                self.new_line();
            }
            ":" => self.structure(": "),
            text if text.starts_with('"') => {
                let kind = if is_name { TokenKind::Name } else { TokenKind::Text };
                self.tokens.push(Token { kind, text: escaped(text) });
            }
            literal => self.tokens.push(Token { kind: TokenKind::Literal, text: escaped(literal) }),
        }
    }

    fn structure(&mut self, text: &str) {
        match self.tokens.last_mut() {
            Some(last) if last.kind == TokenKind::Structure => last.text.push_str(text),
            _ => self.tokens.push(Token { kind: TokenKind::Structure, text: text.to_owned() }),
        }
    }

    fn new_line(&mut self) {
        self.structure(&format!("\n{}", "  ".repeat(self.depth)));
    }
}

/// The length of the string literal that `text` begins with, its quotes included.
fn string_length(text: &str) -> usize {
    let mut is_escaped = false;
    for (index, character) in text.char_indices().skip(1) {
        match character {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            '"' => return index + 1,
            _ => {}
        }
    }
    text.len()
}

fn escaped(text: &str) -> String {
    let mut units = [0; 2];
    text.chars().fold(String::with_capacity(text.len()), |mut shown, character| {
        if is_deceptive(character) {
            for unit in character.encode_utf16(&mut units) {
                shown.extend(format!("\\u{unit:04x}").chars());
            }
        } else {
            shown.push(character);
        }
        shown
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(json: &str) -> String {
        pretty(json).into_iter().map(|token| token.text).collect()
    }

    #[test]
    fn lines_and_levels_follow_the_structure() {
        assert_eq!(
            text(r#"{"a":[1,{"b":null}],"c":{},"d":[ ]}"#),
            "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": []\n}"
        );
    }

    #[test]
    fn what_came_keeps_its_spelling() {
        for odd in [r#""a \" } , b""#, "1.0e+400", "12345678901234567890", r#""\u00e9""#] {
            assert_eq!(text(odd), odd);
        }
        assert!(text(r#"{"a":1,"a":2}"#).contains("\"a\": 1,\n  \"a\": 2"));
    }

    #[test]
    fn names_and_strings_are_told_apart() {
        let kinds: Vec<_> = pretty(r#"{"a":"b"}"#).into_iter().map(|token| token.kind).collect();
        assert_eq!(
            kinds,
            [
                TokenKind::Structure,
                TokenKind::Name,
                TokenKind::Structure,
                TokenKind::Text,
                TokenKind::Structure
            ]
        );
    }

    #[test]
    fn text_that_would_turn_around_is_escaped() {
        assert_eq!(text("\"a\u{202e}b\""), r#""a\u202eb""#);
    }

    #[test]
    fn what_is_cut_ends_without_a_loop() {
        assert_eq!(text(r#"{"a":"b"#), "{\n  \"a\": \"b");
    }
}
