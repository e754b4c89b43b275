//! Where credentials may be sent.

use core::fmt;

/// Why an address is not one that credentials may be sent to.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BaseUrlError {
    /// It has no scheme, or one that is not HTTP.
    #[error(
        "The address {shown:?} is not an https:// address. Write it as https://host or https://host:port."
    )]
    Scheme {
        /// The address, without what may be a credential.
        shown: String,
    },
    /// It is `http:` to another machine.
    #[error(
        "The address {shown:?} is not encrypted: credentials are sent over http: only to this machine \
         (127.0.0.1, localhost, [::1]). Use https://."
    )]
    NotEncrypted {
        /// The address, without what may be a credential.
        shown: String,
    },
    /// It names a user or a password.
    #[error(
        "The address holds a user name or password. Write it without, and give them in their own fields."
    )]
    Credentials,
    /// Its host is not a host name, or its port not a port.
    #[error(
        "{shown:?} is not a host name with an optional port. Write it as host or host:port, such as siem.example.org:8443."
    )]
    Host {
        /// What was given as the host.
        shown: String,
    },
    /// It has a query, a fragment or a path that climbs.
    #[error(
        "The address {shown:?} has more behind the host than a plain path. Write it as https://host or https://host/path."
    )]
    Path {
        /// The address, without what may be a credential.
        shown: String,
    },
}

/// The root of an API: `https:` to anywhere, `http:` to this machine alone, no credentials, no query.
///
/// ```
/// use triagekit::BaseUrl;
///
/// assert_eq!(BaseUrl::parse("https://siem.example.org/").unwrap().as_str(), "https://siem.example.org");
/// assert!(BaseUrl::parse("http://127.0.0.1:7700").is_ok());
/// assert!(BaseUrl::parse("http://siem.example.org").is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct BaseUrl {
    text: String,
    host_start: usize,
    host_end: usize,
}

impl BaseUrl {
    /// Reads and checks an address.
    ///
    /// # Errors
    ///
    /// [`BaseUrlError`] says what is wrong with it and how it is written.
    pub fn parse(text: &str) -> Result<Self, BaseUrlError> {
        let text = text.trim();
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(BaseUrlError::Scheme { shown: shown(text) });
        };
        let scheme = scheme.to_ascii_lowercase();
        if scheme != "https" && scheme != "http" {
            return Err(BaseUrlError::Scheme { shown: shown(text) });
        }
        let (host, path) = match rest.split_once('/') {
            Some((host, path)) => (host, path.trim_end_matches('/')),
            None => (rest, ""),
        };
        if host.contains('@') {
            return Err(BaseUrlError::Credentials);
        }
        if !is_host(host) {
            return Err(BaseUrlError::Host { shown: shown(host) });
        }
        if !is_plain_path(path) {
            return Err(BaseUrlError::Path { shown: shown(text) });
        }
        if scheme == "http" && !is_loopback(host) {
            return Err(BaseUrlError::NotEncrypted { shown: shown(text) });
        }
        let host = host.to_ascii_lowercase();
        let host_start = scheme.len() + "://".len();
        let host_end = host_start + host.len();
        let separator = if path.is_empty() { "" } else { "/" };
        Ok(Self { text: format!("{scheme}://{host}{separator}{path}"), host_start, host_end })
    }

    /// Builds the `https:` address of a host with an optional port.
    ///
    /// # Errors
    ///
    /// [`BaseUrlError::Host`] when it is anything but host labels and a port.
    pub fn https(host: &str) -> Result<Self, BaseUrlError> {
        if is_host(host) {
            Self::parse(&format!("https://{host}"))
        } else {
            Err(BaseUrlError::Host { shown: shown(host) })
        }
    }

    /// The address, without a slash at its end.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Host and port.
    pub fn host(&self) -> &str {
        self.text.get(self.host_start..self.host_end).unwrap_or_default()
    }
}

impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// An address as an error may show it: cut before anything that could be a credential, and never long.
fn shown(text: &str) -> String {
    let end = text.find(['?', '#']).unwrap_or(text.len());
    let visible = text.get(..end).unwrap_or_default();
    let visible = visible.rsplit_once('@').map_or(visible, |(_, behind)| behind);
    visible.chars().filter(|character| !character.is_control()).take(80).collect()
}

/// Host labels of letters, digits and hyphens, or an address in brackets; an optional port.
fn is_host(text: &str) -> bool {
    if let Some(rest) = text.strip_prefix('[') {
        let Some((address, port)) = rest.split_once(']') else { return false };
        let is_address =
            address.contains(':') && address.chars().all(|c| c.is_ascii_hexdigit() || c == ':' || c == '.');
        return is_address && (port.is_empty() || port.strip_prefix(':').is_some_and(is_port));
    }
    let (name, port) = match text.split_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (text, None),
    };
    name.len() <= 253 && name.split('.').all(is_label) && port.is_none_or(is_port)
}

/// One label of a host name (RFC 1123; underscores occur in internal names).
fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

fn is_port(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit()) && text.parse::<u16>().is_ok_and(|port| port > 0)
}

/// A path of plain segments: nothing encoded, nothing that climbs.
fn is_plain_path(path: &str) -> bool {
    path.is_empty()
        || path.split('/').all(|segment| {
            !segment.is_empty()
                && segment != "."
                && segment != ".."
                && segment
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'))
        })
}

fn is_loopback(host: &str) -> bool {
    if let Some(rest) = host.strip_prefix('[') {
        return rest.split_once(']').is_some_and(|(address, _)| address == "::1");
    }
    let name = host.split_once(':').map_or(host, |(name, _)| name);
    name.eq_ignore_ascii_case("localhost")
        || name.parse::<core::net::Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn http_is_for_this_machine_alone() {
        for good in ["http://127.0.0.1:7700", "http://localhost", "http://[::1]:80", "HTTP://LOCALHOST:1/"] {
            assert!(BaseUrl::parse(good).is_ok(), "{good}");
        }
        for bad in
            ["http://10.0.0.1", "http://127.0.0.1.evil.com", "http://localhost.evil.com", "http://[::2]"]
        {
            assert!(matches!(BaseUrl::parse(bad), Err(BaseUrlError::NotEncrypted { .. })), "{bad}");
        }
    }

    #[test]
    fn nothing_but_host_port_and_a_plain_path_is_taken() {
        for bad in [
            "siem.example.org",
            "ftp://siem.example.org",
            "https://",
            "https://evil.com\\@good.com",
            "https://good.com?x=1",
            "https://good.com/#x",
            "https://good.com/a/../b",
            "https://good.com/%2e%2e",
            "https://good.com:0",
            "https://good.com:99999",
            "https://-bad.com",
            "https://a..b",
            "https://user:password@good.com",
        ] {
            assert!(BaseUrl::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(
            BaseUrl::parse(" https://Good.com/utm/ ").map(|url| url.to_string()),
            Ok("https://good.com/utm".into())
        );
    }

    #[test]
    fn a_password_in_an_address_is_not_repeated() {
        let error = BaseUrl::parse("https://admin:hunter2@good.com").expect_err("credentials");
        assert!(!error.to_string().contains("hunter2"), "{error}");
        let error = BaseUrl::parse("ftp://admin:hunter2@good.com?token=abc").expect_err("scheme");
        assert!(!error.to_string().contains("hunter2") && !error.to_string().contains("abc"), "{error}");
    }

    #[test]
    fn the_host_is_kept_with_its_port() {
        assert_eq!(BaseUrl::parse("https://good.com:8443/utm").expect("good").host(), "good.com:8443");
    }
}
