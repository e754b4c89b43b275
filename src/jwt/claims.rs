use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What an Uptycs token states (docs/uptycs.md, 2).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claims {
    /// `iss`: the API key's public half.
    pub issuer: String,
    /// `iat`, to the second.
    pub issued_at: Timestamp,
    /// `exp`, to the second.
    pub expires_at: Timestamp,
    /// `roleId`: the role to act in, where the user has several; seen in clients since 2025.
    pub role_id: Option<String>,
    /// `securityZoneId`: the zone to act in; seen in clients since 2025.
    pub security_zone_id: Option<String>,
}

/// The claims that the JWT library does not carry by itself.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Issuer {
    pub(super) iss: String,
    #[serde(rename = "roleId", default, skip_serializing_if = "Option::is_none")]
    pub(super) role_id: Option<String>,
    #[serde(rename = "securityZoneId", default, skip_serializing_if = "Option::is_none")]
    pub(super) security_zone_id: Option<String>,
}

impl Issuer {
    pub(super) fn of(claims: &Claims) -> Self {
        Self {
            iss: claims.issuer.clone(),
            role_id: claims.role_id.clone(),
            security_zone_id: claims.security_zone_id.clone(),
        }
    }
}
