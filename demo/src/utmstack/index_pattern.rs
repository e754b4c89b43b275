//! Index patterns. UTMStack 10 keeps one index a day: `alert-2026.01.31`.

/// Which of the alerts a pattern reaches, as a condition in SQL with its one parameter.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Every alert.
    All,
    /// The alerts of the indexes whose name matches this GLOB.
    Some(String),
}

/// The name of the index that an alert of `alert.at` lies in, in SQL.
pub(crate) const INDEX_OF_ALERT: &str = "strftime('alert-%Y.%m.%d', alert.at / 1000, 'unixepoch')";

/// What a pattern reaches. Only `*` is special.
pub(crate) fn reach(pattern: &str) -> Reach {
    if pattern == "*"
        || pattern == "_all"
        || (pattern.ends_with('*') && "alert-".starts_with(pattern.trim_end_matches('*')))
    {
        return Reach::All;
    }
    let glob: String = pattern
        .chars()
        .map(|letter| match letter {
            '?' => "[?]".to_owned(),
            '[' => "[[]".to_owned(),
            other => other.to_string(),
        })
        .collect();
    Reach::Some(glob)
}

/// Whether a pattern names one index: then it has to exist.
pub(crate) fn is_concrete(pattern: &str) -> bool {
    !pattern.contains('*') && pattern != "_all"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_reach_all_some_or_no_alerts() {
        for pattern in ["*", "alert-*", "alert*", "al*"] {
            assert_eq!(reach(pattern), Reach::All, "{pattern}");
        }
        assert_eq!(reach("alert-2026.01.*"), Reach::Some("alert-2026.01.*".into()));
        assert_eq!(reach("log-*"), Reach::Some("log-*".into()));
        assert!(is_concrete("alert-2026.01.31") && !is_concrete("alert-*"));
    }
}
