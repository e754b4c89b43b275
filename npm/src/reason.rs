use triagekit::http::Failure;

/// Why an attempt brought no response, in the driver's word and the transport's words.
pub(crate) fn reason(kind: &str, words: String) -> Option<Failure> {
    match kind {
        "unreachable" => Some(Failure::Unreachable(words)),
        "interrupted" => Some(Failure::Interrupted(words)),
        "timedOut" => Some(Failure::TimedOut),
        "cancelled" => Some(Failure::Cancelled),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_transport_are_kept() {
        assert_eq!(reason("unreachable", "refused".into()), Some(Failure::Unreachable("refused".into())));
        assert_eq!(reason("tired", String::new()), None);
    }
}
