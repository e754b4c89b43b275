//! What can go wrong with a request to a vendor.

use serde::{Deserialize, Serialize};

/// What a request meets. Several fields may be set: a stall comes first, then the rest.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Fault {
    /// The request is not carried out; the answer has this status and the vendor's words.
    pub(crate) status: Option<u16>,
    /// The value of `Retry-After` beside the status.
    pub(crate) retry_after: Option<String>,
    /// A page of the proxy in front instead of JSON; 502 unless a status is set.
    #[serde(default)]
    pub(crate) html: bool,
    /// The connection is closed.
    pub(crate) close: Option<Close>,
    /// The request is carried out, but its JSON ends in the middle.
    #[serde(default)]
    pub(crate) truncate: bool,
    /// How long nothing happens before anything does, in milliseconds.
    pub(crate) stall_ms: Option<u64>,
    /// The request is carried out, but its answer claims to be of this content type.
    pub(crate) content_type: Option<String>,
    /// What keeps UTMStack or Uptycs from knowing the caller again.
    pub(crate) lost: Option<Lost>,
}

/// What a vendor no longer accepts from a request on. The request itself is carried out after that.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Lost {
    /// The token of this request: it and all later ones with the same token are answered with 401.
    Token,
    /// All tokens of UTMStack: it draws a new signing secret, as it does when it restarts.
    Secret,
}

/// When the connection is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Close {
    /// Before the request is carried out.
    Before,
    /// After it has been carried out, in the middle of the body.
    Middle,
    /// After it has been carried out, before any of the answer.
    After,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_that_does_not_exist_cannot_be_ordered() {
        assert!(serde_json::from_str::<Fault>(r#"{"explode":true}"#).is_err());
        assert!(serde_json::from_str::<Fault>(r#"{"close":"never"}"#).is_err());
    }

    #[test]
    fn a_fault_is_read_back_as_it_was_written() {
        let fault = Fault { status: Some(429), retry_after: Some("1".to_owned()), ..Fault::default() };
        let text = serde_json::to_string(&fault).unwrap();
        assert_eq!(serde_json::from_str::<Fault>(&text).unwrap(), fault);
    }
}
