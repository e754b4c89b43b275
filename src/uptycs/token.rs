use super::access::UptycsAccess;
use super::client::Client;
use super::resource::resource_path;
use crate::error::Error;
use crate::secret::Secret;
use crate::time::Timestamp;
use core::time::Duration;

/// What stands in place of a token that is not to be seen.
const MASK: &str = "eyJ…";

/// A command line that reads a resource with a token, as the vendor's article shows it (docs/uptycs.md, 7).
///
/// It is shown masked; the whole line is a secret, since whoever has it has the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CurlLine {
    /// The line with a mask for the token: for screens and logs.
    pub masked: String,
    /// The line as it runs.
    pub revealed: Secret,
    /// The token alone.
    pub token: Secret,
    /// When the token ends, by the clock that `now` was read from.
    pub expires_at: Timestamp,
}

impl Client {
    /// Makes a token that is good from `now` for `lifetime`, for use in other tools (docs/uptycs.md, 2; attested).
    ///
    /// The vendor advises 300 s at the most, and more for large queries.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a lifetime of nothing, or one that no calendar holds.
    ///
    /// ```
    /// use core::time::Duration;
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    /// use triagekit::Timestamp;
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let token = client.token(Timestamp::from_unix_seconds(1_769_797_412), Duration::from_secs(300)).unwrap();
    /// assert_eq!(token.expose().split('.').count(), 3);
    /// ```
    pub fn token(&self, now: Timestamp, lifetime: Duration) -> Result<Secret, Error> {
        UptycsAccess::new(self.key_file().clone()).token(now, lifetime)
    }

    /// Makes a token and the `curl` line that reads a resource with it, as the article's helper script prints them.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a lifetime of nothing, or a name that is none (see [`list`](Client::list)).
    ///
    /// ```
    /// use core::time::Duration;
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    /// use triagekit::Timestamp;
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// let client = Client::new(key, RetryPolicy::default());
    /// let line = client.curl_line(Timestamp::from_unix_seconds(0), Duration::from_secs(300), "assets").unwrap();
    /// assert_eq!(
    ///     line.masked,
    ///     "curl -sH 'Authorization: Bearer eyJ…' 'https://acme.uptycs.io/public/api/customers/c/assets'"
    /// );
    /// ```
    pub fn curl_line(&self, now: Timestamp, lifetime: Duration, name: &str) -> Result<CurlLine, Error> {
        let path = resource_path(name)?;
        let token = self.token(now, lifetime)?;
        let root = self.key_file().root();
        // Neither a token nor an address holds a quote, so that nothing can end the quotes of a shell.
        let line = |token: &str| format!("curl -sH 'Authorization: Bearer {token}' '{root}{path}'");
        Ok(CurlLine {
            masked: line(MASK),
            revealed: Secret::new(line(token.expose())),
            token,
            expires_at: now.after(lifetime),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::retry::RetryPolicy;
    use crate::uptycs::KeyFile;

    #[test]
    fn the_line_is_masked_wherever_it_is_shown() {
        let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#);
        let client = Client::new(key.expect("a key"), RetryPolicy::default());
        let line = client.curl_line(Timestamp::default(), Duration::from_secs(60), "alerts").expect("a line");
        assert!(line.revealed.expose().contains(line.token.expose()));
        let shown = format!("{line:?}");
        let signature = line.token.expose().rsplit('.').next().expect("three parts").to_owned();
        assert!(!shown.contains(&signature) && shown.contains(MASK), "{shown}");
        assert_eq!(line.expires_at, Timestamp::from_unix_seconds(60));
    }

    #[test]
    fn a_token_needs_some_time_to_live() {
        let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#);
        let client = Client::new(key.expect("a key"), RetryPolicy::default());
        assert!(client.curl_line(Timestamp::default(), Duration::ZERO, "alerts").is_err());
    }
}
