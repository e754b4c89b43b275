//! The API key file, as a user downloads it (docs/uptycs.md, "API key file").

use serde::Serialize;

use crate::data::Scenario;
use crate::random::Random;

/// The vendor's fields, and one of this project's: `baseUrl`, where this demo listens.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct KeyFile {
    /// The issuer of tokens.
    pub(crate) key: String,
    /// What tokens are signed with: these very bytes, never decoded.
    pub(crate) secret: String,
    /// The customer, part of every path.
    pub(crate) customer_id: String,
    domain: &'static str,
    domain_suffix: &'static str,
    id: String,
    /// The user whose key it is.
    pub(crate) user_id: String,
    active: bool,
    is_internal: bool,
    expiry: Option<String>,
    created_at: &'static str,
    updated_at: &'static str,
    base_url: String,
}

impl KeyFile {
    /// The key file of a seed for a server at `base_url`.
    pub(crate) fn new(seed: u64, scenario: &Scenario, base_url: &str) -> Self {
        let mut random = Random::stream(seed, "key file");
        Self {
            key: random.letters(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", 32),
            secret: random.letters(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/", 64),
            customer_id: scenario.customer_id.clone(),
            domain: "demo",
            domain_suffix: ".uptycs.io",
            id: random.uuid(),
            user_id: random.uuid(),
            active: true,
            is_internal: false,
            expiry: None,
            created_at: "2025-01-15T09:00:00.000Z",
            updated_at: "2025-01-15T09:00:00.000Z",
            base_url: base_url.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_file_has_the_vendors_fields_and_ours() {
        let file = KeyFile::new(1, &Scenario::of_seed(1), "http://127.0.0.1:7700");
        let json = serde_json::to_value(&file).unwrap();
        assert_eq!((file.key.len(), file.secret.len()), (32, 64));
        assert_eq!(json["domainSuffix"], ".uptycs.io");
        assert_eq!(json["baseUrl"], "http://127.0.0.1:7700");
        assert!(json["expiry"].is_null() && json["customerId"].is_string());
    }

    #[test]
    fn another_seed_has_another_secret() {
        let secret = |seed| KeyFile::new(seed, &Scenario::of_seed(seed), "").secret;
        assert_eq!(secret(1), secret(1));
        assert_ne!(secret(1), secret(2));
    }
}
