//! Index patterns. There is one index a day: `alert-2026.01.31` in UTMStack 10. How UTMStack 11 writes the day is
//! not known for alerts; its log indexes are shown as `v11-log-2026-01-30` (docs/utmstack.md, 4.1).

use crate::config::Personality;

/// Which of the alerts a pattern reaches.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Every alert.
    All,
    /// The alerts of the indexes whose name matches this GLOB.
    Some(String),
}

/// The name of the index that an alert of `alert.at` lies in, in SQL.
pub(crate) const fn index_of_alert(personality: Personality) -> &'static str {
    match personality {
        Personality::V10 | Personality::Documented => {
            "strftime('alert-%Y.%m.%d', alert.at / 1000, 'unixepoch')"
        }
        Personality::V11 => "strftime('v11-alert-%Y-%m-%d', alert.at / 1000, 'unixepoch')",
    }
}

/// The pattern of all alerts.
pub(crate) const fn all_alerts(personality: Personality) -> &'static str {
    match personality {
        Personality::V10 | Personality::Documented => "alert-*",
        Personality::V11 => "v11-alert-*",
    }
}

/// What a pattern reaches. Only `*` is special.
pub(crate) fn reach(pattern: &str, personality: Personality) -> Reach {
    let prefix = all_alerts(personality).trim_end_matches('*');
    if pattern == "_all" || (pattern.ends_with('*') && prefix.starts_with(pattern.trim_end_matches('*'))) {
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
        for pattern in ["*", "alert-*", "alert*", "al*", "_all"] {
            assert_eq!(reach(pattern, Personality::V10), Reach::All, "{pattern}");
        }
        assert_eq!(reach("alert-2026.01.*", Personality::V10), Reach::Some("alert-2026.01.*".into()));
        assert_eq!(reach("log-*", Personality::V10), Reach::Some("log-*".into()));
        assert_eq!(reach("v11-alert-*", Personality::V11), Reach::All);
        assert_eq!(reach("alert-*", Personality::V11), Reach::Some("alert-*".into()));
        assert!(is_concrete("alert-2026.01.31") && !is_concrete("alert-*"));
    }
}
