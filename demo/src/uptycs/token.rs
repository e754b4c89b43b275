//! Tokens that clients mint themselves: JWT with HS256 (docs/uptycs.md, "Authentication and base URL").
//!
//! They are read as plain JSON, because real clients send `exp` with a fraction, `iat` as a text or not at all,
//! and the fields of the header in any order.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;

use crate::config::TokenPolicy;
use crate::instant::UtcInstant;
use crate::uptycs::key_file::KeyFile;

/// Whether a token is good, or why not.
pub(crate) fn verify(
    token: &str,
    key_file: &KeyFile,
    policy: TokenPolicy,
    now: UtcInstant,
) -> Result<(), &'static str> {
    let mut parts = token.split('.');
    let (Some(head), Some(body), Some(signature), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err("jwt malformed");
    };
    let header = part(head).ok_or("invalid token")?;
    if header.get("alg").and_then(Value::as_str) != Some("HS256") {
        return Err("invalid algorithm");
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "invalid signature")?;
    let mut mac =
        Hmac::<Sha256>::new_from_slice(key_file.secret.as_bytes()).map_err(|_| "invalid signature")?;
    mac.update(head.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    mac.verify_slice(&signature).map_err(|_| "invalid signature")?;
    let claims = part(body).ok_or("invalid token")?;
    if claims.get("iss").and_then(Value::as_str) != Some(key_file.key.as_str()) {
        return Err("unknown key");
    }
    match claims.get("exp") {
        None if policy == TokenPolicy::Lax => Ok(()),
        None => Err("exp is required"),
        Some(exp) => match exp.as_f64() {
            None => Err("invalid exp value"),
            Some(exp) if is_over(exp, now) => Err("jwt expired"),
            Some(_) => Ok(()),
        },
    }
}

/// Whether so many seconds since 1970, with a fraction, lie in the past.
fn is_over(exp: f64, now: UtcInstant) -> bool {
    let now = std::time::Duration::from_millis(u64::try_from(now.millis()).unwrap_or(0));
    exp <= now.as_secs_f64()
}

fn part(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()?;
    value.is_object().then_some(value)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::data::Scenario;

    const NOW: UtcInstant = UtcInstant::from_millis(1_700_000_000_000);

    fn key_file() -> KeyFile {
        KeyFile::new(1, &Scenario::of_seed(1), "http://127.0.0.1:1")
    }

    fn token(header: &Value, claims: &Value, secret: &str) -> String {
        let signed = format!(
            "{}.{}",
            URL_SAFE_NO_PAD.encode(header.to_string()),
            URL_SAFE_NO_PAD.encode(claims.to_string())
        );
        let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(signed.as_bytes());
        format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))
    }

    fn check(claims: &Value, policy: TokenPolicy) -> Result<(), &'static str> {
        let file = key_file();
        let mut claims = claims.clone();
        claims["iss"] = json!(file.key);
        verify(&token(&json!({ "alg": "HS256", "typ": "JWT" }), &claims, &file.secret), &file, policy, NOW)
    }

    #[test]
    fn what_real_clients_send_is_accepted() {
        for claims in [
            json!({ "exp": 1_700_000_060 }),
            json!({ "exp": 1_700_000_060.123_456 }),
            json!({ "exp": 1_700_086_400, "iat": "2026-11-21T19:37:46.39Z" }),
            json!({ "exp": 1_700_000_060, "iat": 1_700_000_000, "roleId": "x", "securityZoneId": "y" }),
        ] {
            assert_eq!(check(&claims, TokenPolicy::Strict), Ok(()), "{claims}");
        }
    }

    #[test]
    fn a_token_without_end_is_accepted_only_when_asked_for() {
        assert_eq!(check(&json!({}), TokenPolicy::Strict), Err("exp is required"));
        assert_eq!(check(&json!({}), TokenPolicy::Lax), Ok(()));
    }

    #[test]
    fn expired_and_unreadable_ends_are_refused() {
        assert_eq!(check(&json!({ "exp": 1_700_000_000 }), TokenPolicy::Lax), Err("jwt expired"));
        assert_eq!(check(&json!({ "exp": "tomorrow" }), TokenPolicy::Lax), Err("invalid exp value"));
    }

    #[test]
    fn forged_tokens_are_refused() {
        let file = key_file();
        let claims = json!({ "iss": file.key, "exp": 1_700_000_060 });
        let hs256 = json!({ "alg": "HS256" });
        let verify = |token: &str| verify(token, &file, TokenPolicy::Strict, NOW);
        assert_eq!(verify(&token(&hs256, &claims, "another secret")), Err("invalid signature"));
        assert_eq!(
            verify(&token(&json!({ "alg": "none" }), &claims, &file.secret)),
            Err("invalid algorithm")
        );
        assert_eq!(
            verify(&token(&json!({ "alg": "HS512" }), &claims, &file.secret)),
            Err("invalid algorithm")
        );
        assert_eq!(verify("a.b"), Err("jwt malformed"));
        let stranger = json!({ "iss": "SOMEBODY", "exp": 1_700_000_060 });
        assert_eq!(verify(&token(&hs256, &stranger, &file.secret)), Err("unknown key"));
    }
}
