use core::ops::Range;

/// A piece of SQL text, as far as finding the tables needs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: Kind,
    /// Its place in the text.
    pub(super) bytes: Range<usize>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Kind {
    /// A bare or quoted name or keyword; its value without quotes.
    Word(String),
    /// `:name`
    Parameter(String),
    /// A literal.
    Literal,
    /// Any other single character.
    Mark(char),
}

impl Token {
    /// Whether it is that keyword, in any case.
    pub(super) fn is_word(&self, keyword: &str) -> bool {
        matches!(&self.kind, Kind::Word(word) if word.eq_ignore_ascii_case(keyword))
    }

    pub(super) fn is_mark(&self, mark: char) -> bool {
        self.kind == Kind::Mark(mark)
    }
}

/// Splits SQL into tokens; comments and space are left out, and what is not closed runs to the end.
pub(super) fn tokens(sql: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut characters = sql.char_indices().peekable();
    while let Some((start, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let kind = match character {
            _ if character.is_whitespace() => continue,
            '-' if next == Some('-') => {
                while characters.next_if(|(_, c)| *c != '\n').is_some() {}
                continue;
            }
            '/' if next == Some('*') => {
                characters.next();
                let mut last = ' ';
                for (_, c) in characters.by_ref() {
                    if last == '*' && c == '/' {
                        break;
                    }
                    last = c;
                }
                continue;
            }
            '\'' | '"' => {
                let mut value = String::new();
                while let Some((_, c)) = characters.next() {
                    if c == character && characters.next_if(|(_, after)| *after == character).is_none() {
                        break;
                    }
                    value.push(c);
                }
                if character == '"' { Kind::Word(value) } else { Kind::Literal }
            }
            ':' if next.is_some_and(|c| c.is_ascii_alphabetic()) => Kind::Parameter(word(&mut characters)),
            _ if character.is_alphabetic() || character == '_' => {
                let rest = word(&mut characters);
                Kind::Word(format!("{character}{rest}"))
            }
            _ if character.is_ascii_digit() => {
                while characters.next_if(|(_, c)| c.is_ascii_alphanumeric() || *c == '.').is_some() {}
                Kind::Literal
            }
            _ => Kind::Mark(character),
        };
        let end = characters.peek().map_or(sql.len(), |(end, _)| *end);
        tokens.push(Token { kind, bytes: start..end });
    }
    tokens
}

fn word(characters: &mut core::iter::Peekable<core::str::CharIndices<'_>>) -> String {
    let mut word = String::new();
    while let Some((_, c)) = characters.next_if(|(_, c)| c.is_alphanumeric() || *c == '_') {
        word.push(c);
    }
    word
}
