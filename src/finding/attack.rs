use core::fmt;

/// A technique of MITRE ATT&CK, such as T1059 or its sub-technique T1059.001.
///
/// ```
/// use triagekit::finding::Technique;
///
/// let technique = Technique::find("https://attack.mitre.org/techniques/T1059/001/").unwrap();
/// assert_eq!(technique.to_string(), "T1059.001");
/// assert_eq!(technique.parent(), "T1059");
/// assert_eq!(Technique::find("TA0002"), None);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Technique {
    number: String,
    sub: Option<String>,
}

impl Technique {
    /// Finds the first technique that a text names: by itself, in a sentence, or in an address.
    pub fn find(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        (0..bytes.len()).find_map(|start| {
            let is_start = start == 0 || !bytes.get(start - 1).is_some_and(u8::is_ascii_alphanumeric);
            if !is_start || !bytes.get(start).is_some_and(|byte| byte.eq_ignore_ascii_case(&b't')) {
                return None;
            }
            let number = digits(bytes, start + 1, 4)?;
            let sub = match bytes.get(start + 5) {
                Some(b'.' | b'/') => digits(bytes, start + 6, 3),
                _ => None,
            };
            Some(Self { number, sub })
        })
    }

    /// The technique itself, without the sub-technique.
    pub fn parent(&self) -> String {
        format!("T{}", self.number)
    }

    /// Whether it is a sub-technique.
    pub fn is_sub_technique(&self) -> bool {
        self.sub.is_some()
    }

    /// Where it is described.
    pub fn url(&self) -> String {
        let sub = self.sub.as_ref().map_or(String::new(), |sub| format!("/{sub}"));
        format!("https://attack.mitre.org/techniques/T{}{sub}", self.number)
    }
}

/// Exactly `count` digits from `start` on.
fn digits(bytes: &[u8], start: usize, count: usize) -> Option<String> {
    let found = bytes.get(start..start + count)?;
    let ends = !bytes.get(start + count).is_some_and(u8::is_ascii_alphanumeric);
    (ends && found.iter().all(u8::is_ascii_digit)).then(|| String::from_utf8_lossy(found).into_owned())
}

impl fmt::Display for Technique {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "T{}", self.number)?;
        self.sub.as_ref().map_or(Ok(()), |sub| write!(f, ".{sub}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn techniques_are_found_in_what_the_vendors_write() {
        for (text, expected) in [
            ("T1110", Some("T1110")),
            ("t1003.001 - LSASS Memory", Some("T1003.001")),
            ("Credential Access (T1003)", Some("T1003")),
            ("ATTACK.T1059.001", Some("T1059.001")),
            ("https://attack.mitre.org/techniques/T1110/", Some("T1110")),
            ("T11100", None),
            ("AT1110", None),
            ("T111", None),
            ("", None),
        ] {
            assert_eq!(Technique::find(text).map(|found| found.to_string()).as_deref(), expected, "{text}");
        }
    }
}
