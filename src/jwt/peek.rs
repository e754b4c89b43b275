use crate::time::Timestamp;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Number;

/// When a token of somebody else's ends, by its own unverified word: good for planning, never for trust.
///
/// Gives `None` for a token that does not say, or is no JSON Web Token.
///
/// ```
/// assert_eq!(triagekit::jwt::expiry_of("not a token"), None);
/// ```
pub fn expiry_of(token: &str) -> Option<Timestamp> {
    #[derive(Deserialize)]
    struct Expiry {
        exp: Number,
    }
    let claims = token.split('.').nth(1)?;
    let claims = URL_SAFE_NO_PAD.decode(claims.trim_end_matches('=')).ok()?;
    let Expiry { exp } = serde_json::from_slice(&claims).ok()?;
    // Some issuers write fractions; a whole second earlier is the safe side.
    let text = exp.to_string();
    let whole = text.split(['.', 'e', 'E']).next()?;
    whole.parse().ok().map(Timestamp::from_unix_seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_and_fractional_times_are_read() {
        for (claims, expected) in [
            (r#"{"exp":1769797712}"#, Some(1_769_797_712)),
            (r#"{"exp":1769797712.5}"#, Some(1_769_797_712)),
            ("{}", None),
        ] {
            let token = format!("e30.{}.x", URL_SAFE_NO_PAD.encode(claims));
            assert_eq!(expiry_of(&token).map(Timestamp::unix_seconds), expected, "{claims}");
        }
    }
}
