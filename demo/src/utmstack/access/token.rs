//! UTMStack's tokens: JWT with HS512, made and read by the server itself (docs/utmstack.md, 2.2).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha512;

use crate::instant::UtcInstant;

/// What a token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Claims {
    /// The login.
    pub(crate) sub: String,
    /// The roles, separated by commas.
    pub(crate) auth: String,
    /// Whether the second factor has been given, or none is asked for.
    pub(crate) authenticated: bool,
    /// The end of its life in seconds since 1970.
    pub(crate) exp: i64,
}

impl Claims {
    /// Signs these claims.
    pub(crate) fn sign(&self, secret: &[u8]) -> String {
        let claims = json!({ "sub": self.sub, "auth": self.auth, "authenticated": self.authenticated, "exp": self.exp });
        let head = URL_SAFE_NO_PAD.encode(r#"{"alg":"HS512"}"#);
        let body = URL_SAFE_NO_PAD.encode(claims.to_string());
        let signature = mac(secret, &head, &body).map(|mac| mac.finalize().into_bytes());
        format!("{head}.{body}.{}", URL_SAFE_NO_PAD.encode(signature.unwrap_or_default()))
    }

    /// Reads a token; `None` when it is malformed, forged, of another algorithm, or expired.
    pub(crate) fn verify(token: &str, secret: &[u8], now: UtcInstant) -> Option<Self> {
        let mut parts = token.split('.');
        let (head, body, signature) = (parts.next()?, parts.next()?, parts.next()?);
        if parts.next().is_some() || part(head)?.get("alg")? != "HS512" {
            return None;
        }
        mac(secret, head, body)?.verify_slice(&URL_SAFE_NO_PAD.decode(signature).ok()?).ok()?;
        let claims = part(body)?;
        let claims = Self {
            sub: claims.get("sub")?.as_str()?.to_owned(),
            auth: claims.get("auth")?.as_str()?.to_owned(),
            authenticated: claims.get("authenticated").and_then(Value::as_bool).unwrap_or(false),
            exp: claims.get("exp")?.as_i64()?,
        };
        (claims.exp > now.millis() / 1_000).then_some(claims)
    }
}

fn part(text: &str) -> Option<Value> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

fn mac(secret: &[u8], head: &str, body: &str) -> Option<Hmac<Sha512>> {
    let mut mac = Hmac::<Sha512>::new_from_slice(secret).ok()?;
    mac.update(head.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    Some(mac)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: UtcInstant = UtcInstant::from_millis(1_700_000_000_000);

    fn claims() -> Claims {
        Claims {
            sub: "admin".into(),
            auth: "ROLE_ADMIN,ROLE_USER".into(),
            authenticated: true,
            exp: 1_700_000_100,
        }
    }

    #[test]
    fn a_token_is_read_back() {
        let token = claims().sign(b"secret");
        assert_eq!(Claims::verify(&token, b"secret", NOW), Some(claims()));
    }

    #[test]
    fn a_token_of_another_secret_or_an_expired_one_is_refused() {
        let token = claims().sign(b"secret");
        assert_eq!(Claims::verify(&token, b"other", NOW), None);
        assert_eq!(Claims::verify(&token, b"secret", NOW.plus(100_000)), None);
    }

    #[test]
    fn a_token_without_algorithm_is_refused() {
        let token = claims().sign(b"secret");
        let body = token.split('.').nth(1).unwrap();
        let none = format!("{}.{body}.", URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#));
        assert_eq!(Claims::verify(&none, b"secret", NOW), None);
        assert_eq!(Claims::verify("not a token", b"secret", NOW), None);
    }
}
