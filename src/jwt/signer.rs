use super::claims::{Claims, Issuer};
use super::hs256::{Hs256, Key};
use crate::error::Error;
use crate::secret::Secret;
use chrono::DateTime;
use jwt_compact::{AlgorithmExt, Header};

/// Signs tokens with one secret, synchronously and without a clock of its own.
///
/// The secret's bytes are used as they stand: Uptycs secrets look like base64 but are not decoded (docs/uptycs.md, 1).
///
/// ```
/// use core::time::Duration;
/// use triagekit::jwt::{Claims, Signer, verify};
/// use triagekit::{Secret, Timestamp};
///
/// let secret = Secret::new("a secret of at least thirty-two bytes");
/// let now = Timestamp::from_unix_seconds(1_769_797_412);
/// let expires_at = now.after(Duration::from_secs(300));
/// let claims = Claims { issuer: "KEY".into(), issued_at: now, expires_at, ..Claims::default() };
/// let token = Signer::new(&secret).sign(&claims).unwrap();
/// assert_eq!(verify(&token, &secret, now).unwrap(), claims);
/// ```
#[derive(Debug, Clone)]
pub struct Signer(Key);

impl Signer {
    /// Prepares a secret for signing.
    pub fn new(secret: &Secret) -> Self {
        Self(Key::new(secret.expose().as_bytes()))
    }

    /// Makes a token: header `{"alg":"HS256","typ":"JWT"}`, claims `exp`, `iat` and `iss`, times in whole seconds.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a time that no calendar holds.
    pub fn sign(&self, claims: &Claims) -> Result<String, Error> {
        let date = |seconds| {
            DateTime::from_timestamp(seconds, 0).ok_or_else(|| {
                Error::InvalidArgument(
                    "A token's time to live is out of range. Give seconds, such as 300.".to_owned(),
                )
            })
        };
        let mut body = jwt_compact::Claims::new(Issuer::of(claims));
        body.issued_at = Some(date(claims.issued_at.unix_seconds())?);
        body.expiration = Some(date(claims.expires_at.unix_seconds())?);
        Hs256.token(&Header::empty().with_token_type("JWT"), &body, &self.0).map_err(|_| {
            Error::InvalidArgument(
                "The key cannot be written into a token. It is text of letters and digits.".to_owned(),
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    #[test]
    fn a_token_equals_the_one_that_an_independent_library_makes() {
        // Made by PyJWT 2.10 with these claims, in this order, and the secret's text as the key.
        let fixture = include_str!("fixtures/pyjwt.txt").trim();
        let claims = Claims {
            issuer: "TRIAGEKITFIXTUREKEY0000000000001".to_owned(),
            issued_at: Timestamp::from_unix_seconds(1_769_797_412),
            expires_at: Timestamp::from_unix_seconds(1_769_797_712),
            ..Claims::default()
        };
        let secret = Secret::new("fixture/secret+of+64+characters+that+signs+nothing+but+tests/0123");
        assert_eq!(Signer::new(&secret).sign(&claims).expect("signs"), fixture);
    }

    #[test]
    fn role_and_zone_come_back_as_they_were_stated() {
        let claims = Claims {
            issuer: "K".to_owned(),
            expires_at: Timestamp::from_unix_seconds(60),
            role_id: Some("role".to_owned()),
            security_zone_id: Some("zone".to_owned()),
            ..Claims::default()
        };
        let secret = Secret::new("secret");
        let token = Signer::new(&secret).sign(&claims).expect("signs");
        assert_eq!(crate::jwt::verify(&token, &secret, Timestamp::default()), Ok(claims));
    }
}
