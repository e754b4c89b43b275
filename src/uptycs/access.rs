use super::key_file::KeyFile;
use super::words::words;
use crate::base_url::BaseUrl;
use crate::error::{Error, Refusal, RefusalKind};
use crate::http::Response;
use crate::jwt::{Claims, Signer};
use crate::machine::{Authority, Authorization, Call, Moment};
use crate::platform::Platform;
use crate::retry::retry_after;
use crate::secret::Secret;
use crate::time::Timestamp;
use core::time::Duration;

/// How long a token is good for: what the vendor advises at the most (docs/uptycs.md, 2).
pub const DEFAULT_TOKEN_LIFETIME: Duration = Duration::from_secs(300);

/// A token with less than this left is not sent any more.
const MARGIN: Duration = Duration::from_secs(60);
/// Clocks that differ by less are taken to agree.
const TOLERATED_SKEW_MS: i64 = 15_000;

/// The credentials of an Uptycs connection: mints a token when one is needed, since there is no sign-in.
#[derive(Debug)]
pub struct UptycsAccess {
    key: KeyFile,
    signer: Signer,
    token: Option<Token>,
    generation: u64,
    /// How far the server's clock is ahead of ours, in milliseconds, once it has told us.
    skew: i64,
}

#[derive(Debug)]
struct Token {
    header: Secret,
    expires_at: Timestamp,
}

impl UptycsAccess {
    /// Takes a key into use.
    pub fn new(key: KeyFile) -> Self {
        let signer = Signer::new(key.secret());
        Self { key, signer, token: None, generation: 0, skew: 0 }
    }

    /// Makes a token that is good from `now` for `lifetime`.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a lifetime of nothing, or one that no calendar holds.
    pub fn token(&self, now: Timestamp, lifetime: Duration) -> Result<Secret, Error> {
        if lifetime < Duration::from_secs(1) {
            return Err(Error::InvalidArgument(
                "A token's time to live is at least one second. Give seconds, such as 300.".to_owned(),
            ));
        }
        let issued_at = Timestamp::from_unix_millis(now.unix_millis().saturating_add(self.skew));
        let claims = Claims {
            issuer: self.key.key().to_owned(),
            issued_at,
            expires_at: issued_at.after(lifetime),
            role_id: self.key.role_id().map(str::to_owned),
            security_zone_id: self.key.security_zone_id().map(str::to_owned),
        };
        self.signer.sign(&claims).map(Secret::new)
    }
}

impl Authority for UptycsAccess {
    fn platform(&self) -> Platform {
        Platform::Uptycs
    }

    fn root(&self) -> &BaseUrl {
        self.key.root()
    }

    fn authorize(&mut self, moment: Moment) -> Result<Authorization, Error> {
        let is_fresh = |token: &Token| moment.now.until(token.expires_at) > MARGIN;
        if !self.token.as_ref().is_some_and(is_fresh) {
            let token = self.token(moment.now, DEFAULT_TOKEN_LIFETIME)?;
            self.generation += 1;
            self.token = Some(Token {
                header: Secret::new(format!("Bearer {}", token.expose())),
                expires_at: moment.now.after(DEFAULT_TOKEN_LIFETIME),
            });
        }
        let Some(token) = &self.token else { return Ok(Authorization::Busy) };
        Ok(Authorization::Ready {
            name: "authorization",
            value: token.header.clone(),
            generation: self.generation,
        })
    }

    fn signed_in(&mut self, _response: &Response, _moment: Moment) -> Result<(), Error> {
        Err(Error::Misuse("Uptycs has no sign-in to receive an answer to."))
    }

    fn sign_in_ended(&mut self) {}

    /// Learns by how much the platform's clock differs from ours, so that the next token is good by its clock. What
    /// came through a cache is no news of its clock.
    fn heard(&mut self, response: &Response, now: Timestamp) {
        let server = response.headers.get("date").and_then(Timestamp::parse_http_date);
        let Some(server) = server.filter(|_| response.headers.get("age").is_none()) else { return };
        let skew = server.unix_millis().saturating_sub(now.unix_millis());
        self.skew = if skew.abs() > TOLERATED_SKEW_MS { skew } else { 0 };
    }

    fn rejected(&mut self, generation: u64, _response: &Response, _now: Timestamp) -> bool {
        if generation == self.generation {
            self.token = None;
        }
        true
    }

    fn explain(&self, call: &Call, response: &Response, now: Timestamp) -> Error {
        let kind = RefusalKind::of_status(response.status);
        let hint = (kind == RefusalKind::Unauthorized).then(|| {
            let clock = if self.skew == 0 {
                String::new()
            } else {
                format!(" Its clock is {} s away from this one.", self.skew.unsigned_abs() / 1000)
            };
            let warning = self.key.warning(now).map(|text| format!(" {text}")).unwrap_or_default();
            format!(
                "The key, its secret or the customer id is not accepted. Check that the key file belongs to {} and that \
                 the key is still active (Configuration, Users, your user, User API key).{warning}{clock}",
                self.root().host()
            )
        });
        Error::Refused(Refusal {
            platform: Platform::Uptycs,
            doing: call.doing,
            kind,
            status: response.status,
            said: words(&response.body),
            retry_after: retry_after(&response.headers, now),
            hint,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;
    use crate::jwt::verify;

    fn access() -> UptycsAccess {
        let key = r#"{"key":"K","secret":"SECRETSECRET","customerId":"c","domain":"acme"}"#;
        UptycsAccess::new(KeyFile::parse(key).expect("a key file"))
    }

    fn moment(seconds: i64) -> Moment {
        Moment { now: Timestamp::from_unix_seconds(seconds), entropy: 1 }
    }

    fn bearer(access: &mut UptycsAccess, seconds: i64) -> (String, u64) {
        match access.authorize(moment(seconds)).expect("mints") {
            Authorization::Ready { value, generation, .. } => {
                (value.expose().strip_prefix("Bearer ").expect("a bearer token").to_owned(), generation)
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_token_serves_until_its_last_minute() {
        let mut access = access();
        let (first, _) = bearer(&mut access, 1_000);
        assert_eq!(bearer(&mut access, 1_239).0, first);
        let (second, _) = bearer(&mut access, 1_240);
        assert_ne!(second, first);
    }

    #[test]
    fn a_server_with_another_clock_gets_tokens_by_its_clock() {
        let mut access = access();
        let (_, generation) = bearer(&mut access, 1_000);
        let mut headers = Headers::default();
        headers.append("Date", "Thu, 01 Jan 1970 00:21:40 GMT");
        let response = Response { status: 401, headers, body: Vec::new() };
        access.heard(&response, Timestamp::from_unix_seconds(1_000));
        assert!(access.rejected(generation, &response, Timestamp::from_unix_seconds(1_000)));
        let (token, _) = bearer(&mut access, 1_000);
        let claims =
            verify(&token, &Secret::new("SECRETSECRET"), Timestamp::from_unix_seconds(1_301)).expect("good");
        assert_eq!(claims.issued_at, Timestamp::from_unix_seconds(1_300));
    }

    #[test]
    fn a_success_teaches_the_clock_as_well_but_a_cached_one_does_not() {
        let mut access = access();
        let mut headers = Headers::default();
        headers.append("Date", "Thu, 01 Jan 1970 00:21:40 GMT");
        let fresh = Response { status: 200, headers: headers.clone(), body: Vec::new() };
        headers.append("Age", "300");
        let cached = Response { status: 200, headers, body: Vec::new() };
        access.heard(&cached, Timestamp::from_unix_seconds(1_000));
        assert_eq!(access.skew, 0);
        access.heard(&fresh, Timestamp::from_unix_seconds(1_000));
        assert_eq!(access.skew, 300_000);
        access.heard(&fresh, Timestamp::from_unix_seconds(1_299));
        assert_eq!(access.skew, 0, "the clock was set");
    }

    #[test]
    fn a_refused_key_that_its_own_file_calls_expired_is_named_so() {
        let key = r#"{"key":"K","secret":"s","customerId":"c","domain":"acme","expiry":"2026-01-01T00:00:00.000Z"}"#;
        let access = UptycsAccess::new(KeyFile::parse(key).expect("a key file"));
        let response = Response { status: 401, headers: Headers::default(), body: Vec::new() };
        let now = Timestamp::parse("2026-11-21T00:00:00Z").expect("an instant");
        let error = access.explain(&Call::get("/alerts", "listing alerts"), &response, now);
        assert!(error.to_string().contains("expired at 2026-01-01"), "{error}");
    }

    #[test]
    fn a_refusal_that_lasts_says_what_to_check_and_no_secret() {
        let body = br#"{"error":{"message":{"brief":"Unauthorized","detail":"Invalid token"}}}"#.to_vec();
        let response = Response { status: 401, headers: Headers::default(), body };
        let error =
            access().explain(&Call::get("/alerts", "listing alerts"), &response, Timestamp::default());
        let message = error.to_string();
        assert_eq!(error.code(), "unauthorized");
        assert!(message.contains("Invalid token") && message.contains("acme.uptycs.io"), "{message}");
        assert!(!message.contains("SECRET"), "{message}");
    }
}
