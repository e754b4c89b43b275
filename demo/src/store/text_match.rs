//! How OpenSearch compares texts, as a function for SQL: `text_match(kind, value, query)`.

use rusqlite::functions::{Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Error};
use unicode_segmentation::UnicodeSegmentation as _;

/// Registers the function. `value` is a text, or a JSON array of which one element has to match, or NULL,
/// which never matches.
pub(crate) fn register(connection: &Connection) -> rusqlite::Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_scalar_function("text_match", 3, flags, |context| {
        let kind = Kind::of(text(context, 0)?)?;
        let query = text(context, 2)?;
        match context.get_raw(1) {
            ValueRef::Null => Ok(false),
            ValueRef::Integer(number) => Ok(kind.matches(&number.to_string(), query)),
            ValueRef::Real(number) => Ok(kind.matches(&number.to_string(), query)),
            ValueRef::Text(_) => Ok(any_element(kind, text(context, 1)?, query)),
            ValueRef::Blob(_) => Err(Error::UserFunctionError("text_match takes no blobs".into())),
        }
    })
}

/// The ways of comparing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `match_phrase` on an analysed field: the words of the query, in this order, somewhere in the value.
    Phrase,
    /// Equality on a `.keyword` field.
    Keyword,
    /// `terms` on an analysed field: some single word is the query, which is not analysed.
    Word,
    /// The query lies anywhere in the value, whatever the case, as the documentation's `CONTAINS` reads.
    Substring,
    /// `query_string` with `*word*`: every word of the query lies in some word of the value.
    Contains,
    /// The same on a `.keyword` field, where the whole value is one word.
    KeywordContains,
    /// `wildcard` `v*` on an analysed field: some single word begins so. Not analysed, so capitals never match.
    WordStarts,
    /// `wildcard` `*v` on an analysed field.
    WordEnds,
    /// `wildcard` `v*` on a `.keyword` field.
    Starts,
    /// `wildcard` `*v` on a `.keyword` field.
    Ends,
}

impl Kind {
    fn of(name: &str) -> rusqlite::Result<Self> {
        Ok(match name {
            "phrase" => Self::Phrase,
            "keyword" => Self::Keyword,
            "word" => Self::Word,
            "substring" => Self::Substring,
            "contains" => Self::Contains,
            "keyword_contains" => Self::KeywordContains,
            "word_starts" => Self::WordStarts,
            "word_ends" => Self::WordEnds,
            "starts" => Self::Starts,
            "ends" => Self::Ends,
            other => return Err(Error::UserFunctionError(format!("no way of comparing: {other}").into())),
        })
    }

    fn matches(self, value: &str, query: &str) -> bool {
        match self {
            Self::Phrase => has_phrase(&words(value), &words(query)),
            Self::Keyword => value == query,
            Self::Word => words(value).iter().any(|word| word == query),
            Self::Substring => value.to_lowercase().contains(&query.to_lowercase()),
            Self::Contains => {
                let words = words(value);
                terms(query).all(|term| words.iter().any(|word| word.contains(&term)))
            }
            Self::KeywordContains => {
                let whole = value.to_lowercase();
                terms(query).all(|term| whole.contains(&term))
            }
            Self::WordStarts => words(value).iter().any(|word| word.starts_with(query)),
            Self::WordEnds => words(value).iter().any(|word| word.ends_with(query)),
            Self::Starts => value.starts_with(query),
            Self::Ends => value.ends_with(query),
        }
    }
}

fn any_element(kind: Kind, value: &str, query: &str) -> bool {
    if value.starts_with('[')
        && let Ok(serde_json::Value::Array(elements)) = serde_json::from_str(value)
    {
        return elements.iter().any(|element| match element {
            serde_json::Value::String(element) => kind.matches(element, query),
            serde_json::Value::Null => false,
            other => kind.matches(&other.to_string(), query),
        });
    }
    kind.matches(value, query)
}

/// The standard analyser: words by the rules of Unicode, in lower case.
fn words(text: &str) -> Vec<String> {
    text.unicode_words().map(str::to_lowercase).collect()
}

/// The words of a query string; `<` and `>` cannot be escaped there and are dropped by the server.
fn terms(query: &str) -> impl Iterator<Item = String> {
    query.split_whitespace().map(|term| term.replace(['<', '>'], "").to_lowercase())
}

fn has_phrase(words: &[String], phrase: &[String]) -> bool {
    !phrase.is_empty() && words.windows(phrase.len()).any(|window| window == phrase)
}

fn text<'a>(context: &'a Context<'_>, index: usize) -> rusqlite::Result<&'a str> {
    context.get_raw(index).as_str().map_err(|error| Error::UserFunctionError(error.into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matches(kind: &str, value: &str, query: &str) -> bool {
        any_element(Kind::of(kind).unwrap(), value, query)
    }

    #[test]
    fn a_phrase_matches_whole_words_in_order_whatever_the_case() {
        assert!(matches("phrase", "Brute force on a login (Linux)", "FORCE on"));
        assert!(!matches("phrase", "Brute force on a login (Linux)", "on force"));
        assert!(!matches("phrase", "Brute force on a login (Linux)", "log"));
        assert!(!matches("phrase", "Brute force", ""));
    }

    #[test]
    fn addresses_and_host_names_with_dots_are_one_word() {
        assert!(matches("phrase", "from 203.0.113.9 twice", "203.0.113.9"));
        assert!(!matches("phrase", "from 203.0.113.9 twice", "203.0.113"));
    }

    #[test]
    fn a_keyword_matches_only_the_very_same_text() {
        assert!(matches("keyword", "False positive", "False positive"));
        assert!(!matches("keyword", "False positive", "false positive"));
    }

    #[test]
    fn one_element_of_an_array_is_enough() {
        assert!(matches("phrase", r#"["VIP","False positive"]"#, "false POSITIVE"));
        assert!(!matches("phrase", r#"["VIP False","positive"]"#, "false positive"));
        assert!(matches("keyword", r#"["VIP"]"#, "VIP"));
        assert!(matches("phrase", "[not json", "json"));
    }

    #[test]
    fn contains_looks_into_words() {
        assert!(matches("contains", "Brute force on a login", "ogi rut"));
        assert!(!matches("contains", "Brute force on a login", "ogi xyz"));
        assert!(
            matches("keyword_contains", "Brute force", "te fo")
                && !matches("keyword", "Brute force", "te fo")
        );
    }

    #[test]
    fn terms_on_analysed_fields_are_single_words_in_lower_case() {
        assert!(matches("word", "Brute force", "brute"));
        assert!(!matches("word", "Brute force", "Brute") && !matches("word", "Brute force", "brute force"));
        assert!(matches("substring", "Brute force", "TE FO"));
    }

    #[test]
    fn wildcards_on_analysed_fields_see_lower_case_words() {
        assert!(matches("word_starts", "Brute force", "brut"));
        assert!(!matches("word_starts", "Brute force", "Brut"));
        assert!(matches("starts", "Brute force", "Brut") && matches("ends", "Brute force", "force"));
    }
}
