use super::claims::{Claims, Issuer};
use super::hs256::{Hs256, Key};
use crate::secret::Secret;
use crate::time::Timestamp;
use jwt_compact::{AlgorithmExt, UntrustedToken};

/// Why a token is not accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TokenError {
    /// It is not three parts of base64url with a header and claims inside.
    #[error("The text is not a JSON Web Token: three parts of base64url joined by dots are expected.")]
    Malformed,
    /// It is signed otherwise than with HMAC-SHA256.
    #[error("The token is not signed with HS256, the one algorithm that is accepted here.")]
    Algorithm,
    /// The signature does not fit the secret.
    #[error(
        "The token's signature does not fit the secret. It was made with another one, or changed on its way."
    )]
    Signature,
    /// Its time is over, or it has none.
    #[error("The token's time is over, or it states none. Make a new one.")]
    Expired,
}

/// Checks a token's signature and time, and gives its claims.
///
/// # Errors
///
/// [`TokenError`] says what is wrong with it; the token itself is never part of the error.
pub fn verify(token: &str, secret: &Secret, now: Timestamp) -> Result<Claims, TokenError> {
    let untrusted = UntrustedToken::new(token).map_err(|_| TokenError::Malformed)?;
    if untrusted.algorithm() != "HS256" {
        return Err(TokenError::Algorithm);
    }
    let key = Key::new(secret.expose().as_bytes());
    let token = Hs256.validator::<Issuer>(&key).validate(&untrusted).map_err(|error| match error {
        jwt_compact::ValidationError::MalformedClaims(_) => TokenError::Malformed,
        _ => TokenError::Signature,
    })?;
    let claims = token.claims();
    let seconds = |date: chrono::DateTime<chrono::Utc>| Timestamp::from_unix_seconds(date.timestamp());
    let expires_at = claims.expiration.map(seconds).filter(|at| now < *at).ok_or(TokenError::Expired)?;
    Ok(Claims {
        issuer: claims.custom.iss.clone(),
        issued_at: claims.issued_at.map_or(Timestamp::default(), seconds),
        expires_at,
        role_id: claims.custom.role_id.clone(),
        security_zone_id: claims.custom.security_zone_id.clone(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    /// RFC 7515, appendix A.1: the token and its key.
    const RFC_TOKEN: &str = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    const RFC_KEY: &str =
        "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

    #[test]
    fn the_token_of_rfc_7515_a_1_carries_the_right_signature() {
        // The key is random bytes, which a `Secret` (text) cannot hold: checked one level below.
        let key = Key::new(&URL_SAFE_NO_PAD.decode(RFC_KEY).expect("base64url"));
        let untrusted = UntrustedToken::new(RFC_TOKEN).expect("well formed");
        let token = Hs256.validator::<Issuer>(&key).validate(&untrusted).expect("signature fits");
        assert_eq!(token.claims().custom.iss, "joe");
        assert_eq!(token.claims().expiration.map(|at| at.timestamp()), Some(1_300_819_380));
    }

    #[test]
    fn a_changed_token_an_old_token_and_a_foreign_algorithm_are_told_apart() {
        let secret = Secret::new("fixture/secret+of+64+characters+that+signs+nothing+but+tests/0123");
        let token = include_str!("fixtures/pyjwt.txt").trim();
        let before = Timestamp::from_unix_seconds(1_769_797_500);
        assert!(verify(token, &secret, before).is_ok());
        assert_eq!(
            verify(token, &secret, Timestamp::from_unix_seconds(1_769_797_712)),
            Err(TokenError::Expired)
        );
        assert_eq!(verify(token, &Secret::new("another"), before), Err(TokenError::Signature));
        assert_eq!(verify("a.b", &secret, before), Err(TokenError::Malformed));
        let (head, rest) = token.split_once('.').expect("a dot");
        let none = URL_SAFE_NO_PAD.encode(r#"{"alg":"none","typ":"JWT"}"#);
        assert_ne!(head, none);
        assert_eq!(verify(&format!("{none}.{rest}"), &secret, before), Err(TokenError::Algorithm));
    }
}
