//! SQL's `LIKE` as Uptycs's database has it, as functions: SQLite's own folds the case of ASCII letters only,
//! and always.

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;

/// Registers `like_same_case(value, pattern)` and `like_any_case(value, pattern)`.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    for (name, any_case) in [("like_same_case", false), ("like_any_case", true)] {
        connection.create_scalar_function(name, 2, flags, move |context| {
            let (value, pattern): (Option<String>, String) = (context.get(0)?, context.get(1)?);
            Ok(value.map(|value| {
                if any_case {
                    is_like(&value.to_lowercase(), &pattern.to_lowercase())
                } else {
                    is_like(&value, &pattern)
                }
            }))
        })?;
    }
    Ok(())
}

/// `%` stands for any text, `_` for any letter, a backslash makes the next letter itself.
fn is_like(value: &str, pattern: &str) -> bool {
    let value: Vec<char> = value.chars().collect();
    let pattern = tokens(pattern);
    // Where to go back to: the last `%`, and how much of the value it has taken.
    let (mut at, mut next, mut back) = (0, 0, None);
    while at < value.len() {
        match pattern.get(next) {
            Some(Token::Any) => {
                back = Some((next, at));
                next += 1;
            }
            Some(Token::One) => (at, next) = (at + 1, next + 1),
            Some(Token::Letter(letter)) if value.get(at) == Some(letter) => (at, next) = (at + 1, next + 1),
            _ => match back {
                Some((any, taken)) => {
                    back = Some((any, taken + 1));
                    (at, next) = (taken + 1, any + 1);
                }
                None => return false,
            },
        }
    }
    pattern.iter().skip(next).all(|token| *token == Token::Any)
}

#[derive(Debug, PartialEq, Eq)]
enum Token {
    Any,
    One,
    Letter(char),
}

fn tokens(pattern: &str) -> Vec<Token> {
    let mut letters = pattern.chars();
    let mut tokens = Vec::new();
    while let Some(letter) = letters.next() {
        tokens.push(match letter {
            '%' => Token::Any,
            '_' => Token::One,
            '\\' => Token::Letter(letters.next().unwrap_or('\\')),
            other => Token::Letter(other),
        });
    }
    tokens
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_have_placeholders_for_texts_and_letters() {
        for (value, pattern) in [
            ("web-01", "web%"),
            ("web-01", "%01"),
            ("web-01", "%b-0%"),
            ("web-01", "we_-01"),
            ("", "%"),
            ("aXbXc", "%X%X%"),
            ("100%", "100\\%"),
            ("aab", "%ab"),
        ] {
            assert!(is_like(value, pattern), "{value} like {pattern}");
        }
        for (value, pattern) in [("web-01", "web"), ("web-01", "Web%"), ("100x", "100\\%"), ("", "_")] {
            assert!(!is_like(value, pattern), "{value} like {pattern}");
        }
    }
}
