use core::fmt;

/// Names whose values are credentials: never printed.
const CREDENTIALS: [&str; 4] = ["authorization", "utm-api-key", "cookie", "set-cookie"];

/// Header fields in the order they were added; names compare without regard to case.
///
/// ```
/// use triagekit::http::Headers;
///
/// let mut headers = Headers::default();
/// headers.append("X-Total-Count", "42");
/// assert_eq!(headers.get("x-total-count"), Some("42"));
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(Vec<(String, String)>);

impl Headers {
    /// Adds a field behind those that are there.
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.0.push((name.into(), value.into()));
    }

    /// The value of the first field of that name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(field, _)| field.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// All fields, as name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.iter().map(|(name, value)| {
                let hidden = CREDENTIALS.iter().any(|credential| name.eq_ignore_ascii_case(credential));
                (name, if hidden { "…" } else { value })
            }))
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn credentials_are_not_printed() {
        let mut headers = Headers::default();
        headers.append("authorization", "Bearer abc");
        headers.append("Utm-Api-Key", "def");
        headers.append("accept", "application/json");
        let printed = format!("{headers:?}");
        assert!(!printed.contains("abc") && !printed.contains("def"), "{printed}");
        assert!(printed.contains("application/json"), "{printed}");
    }
}
