use crate::base_url::{BaseUrl, BaseUrlError};
use crate::secret::Secret;
use crate::time::Timestamp;
use serde_json::{Map, Value};

/// What key files of 2020 leave out.
const DEFAULT_SUFFIX: &str = ".uptycs.io";

/// Ends by which a domain shows that it is a whole host name already.
const VENDOR_SUFFIXES: [&str; 2] = [".uptycs.io", ".uptycs.net"];

/// Why a key file or key cannot be used.
///
/// No message holds the secret, nor any part of the file but the names of its fields and its domain.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum KeyFileError {
    /// It is no JSON, or only a part of it.
    #[error(
        "The key file is not complete JSON: it breaks off or goes wrong at line {line}, column {column}. \
         Use the file exactly as it was downloaded, or download it again."
    )]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// It is JSON, but no object.
    #[error(
        "The key file holds {came}, where an object with \"key\", \"secret\", \"customerId\" and \"domain\" is expected."
    )]
    NotAnObject {
        /// What kind of JSON it is.
        came: &'static str,
    },
    /// Fields are absent or empty.
    #[error(
        "The key file has no {}. Expected are \"key\", \"secret\", \"customerId\" and \"domain\". \
         The secret is shown only once: if it is lost, make a new key (Configuration, Users, your user, User API key).",
        fields.join(" and no ")
    )]
    MissingFields {
        /// The names of the fields.
        fields: Vec<&'static str>,
    },
    /// A field is not text.
    #[error(
        "The key file's \"{field}\" is {came}, where text is expected. Use the file exactly as it was downloaded."
    )]
    NotText {
        /// The field's name.
        field: &'static str,
        /// What kind of JSON it is.
        came: &'static str,
    },
    /// The domain is not a host.
    #[error(
        "The key file's domain does not name a host: {cause} A domain is one label such as \"acme\", \
         with the suffix \".uptycs.io\" in a field of its own. Nothing was sent anywhere."
    )]
    Domain {
        /// What is wrong with it.
        cause: BaseUrlError,
    },
    /// The customer's id is not one.
    #[error(
        "The key file's \"customerId\" is not an id: letters, digits and hyphens are expected, such as a UUID."
    )]
    CustomerId,
    /// The text typed as `key#secret` has no `#`, or nothing on one side of it.
    #[error("A key is typed as key#secret, with text on both sides of the #.")]
    NotKeyAndSecret,
}

/// An Uptycs API key with what it is for (docs/uptycs.md, 1). A parsed key file is valid.
///
/// ```
/// use triagekit::uptycs::KeyFile;
///
/// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme","domainSuffix":".uptycs.io"}"#).unwrap();
/// assert_eq!(key.root().as_str(), "https://acme.uptycs.io/public/api/customers/c");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyFile {
    key: String,
    secret: Secret,
    root: BaseUrl,
    is_active: Option<bool>,
    expires_at: Option<Timestamp>,
    role_id: Option<String>,
    security_zone_id: Option<String>,
}

impl KeyFile {
    /// Reads the file's text, as it was downloaded. Fields that are not needed are ignored.
    ///
    /// `baseUrl`, a field of ours, replaces domain and suffix: for proxies, gateways and tests.
    ///
    /// # Errors
    ///
    /// [`KeyFileError`] says what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, KeyFileError> {
        let value: Value = serde_json::from_str(text.trim_start_matches('\u{feff}'))
            .map_err(|error| KeyFileError::NotJson { line: error.line(), column: error.column() })?;
        match value {
            Value::Object(fields) => Self::from_fields(&fields),
            other => Err(KeyFileError::NotAnObject { came: kind(&other) }),
        }
    }

    /// Takes what people type: `key#secret` as in the vendor's own Authorize box, the domain and the customer's id.
    ///
    /// The domain may carry its suffix (`acme` or `acme.uptycs.io`), or be an address such as `http://127.0.0.1:7700`
    /// for a test server.
    ///
    /// # Errors
    ///
    /// [`KeyFileError`] says what is wrong.
    ///
    /// ```
    /// use triagekit::uptycs::KeyFile;
    ///
    /// assert!(KeyFile::from_parts("KEY#secret", "acme", "5d6a-0001").is_ok());
    /// assert!(KeyFile::from_parts("KEY", "acme", "5d6a-0001").is_err());
    /// ```
    pub fn from_parts(key_and_secret: &str, domain: &str, customer_id: &str) -> Result<Self, KeyFileError> {
        let (key, secret) = key_and_secret.trim().split_once('#').ok_or(KeyFileError::NotKeyAndSecret)?;
        if key.is_empty() || secret.is_empty() {
            return Err(KeyFileError::NotKeyAndSecret);
        }
        let place = if domain.contains("://") { "baseUrl" } else { "domain" };
        let fields =
            [("key", key), ("secret", secret), ("customerId", customer_id.trim()), (place, domain.trim())];
        Self::from_fields(&fields.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect())
    }

    fn from_fields(fields: &Map<String, Value>) -> Result<Self, KeyFileError> {
        let base_url = text(fields, "baseUrl")?;
        let key = text(fields, "key")?;
        let secret = text(fields, "secret")?;
        let customer_id = text(fields, "customerId")?;
        let domain = text(fields, "domain")?;
        let missing = [
            ("\"key\"", key.is_none()),
            ("\"secret\"", secret.is_none()),
            ("\"customerId\"", customer_id.is_none()),
            ("\"domain\"", domain.is_none() && base_url.is_none()),
        ];
        let missing: Vec<&'static str> =
            missing.into_iter().filter(|(_, is_missing)| *is_missing).map(|(name, _)| name).collect();
        let (Some(key), Some(secret), Some(customer_id), true) =
            (key, secret, customer_id, missing.is_empty())
        else {
            return Err(KeyFileError::MissingFields { fields: missing });
        };
        let base = match base_url {
            Some(url) => BaseUrl::parse(url),
            None => BaseUrl::https(&host(domain.unwrap_or_default(), text(fields, "domainSuffix")?)),
        };
        let base = base.map_err(|cause| KeyFileError::Domain { cause })?;
        if !customer_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(KeyFileError::CustomerId);
        }
        let root = format!("{base}/public/api/customers/{customer_id}");
        let root = BaseUrl::parse(&root).map_err(|cause| KeyFileError::Domain { cause })?;
        Ok(Self {
            key: key.to_owned(),
            secret: Secret::new(secret),
            root,
            is_active: fields.get("active").and_then(Value::as_bool),
            expires_at: fields.get("expiry").and_then(Value::as_str).and_then(instant),
            role_id: text(fields, "roleId")?.map(str::to_owned),
            security_zone_id: text(fields, "securityZoneId")?.map(str::to_owned),
        })
    }

    /// Acts in one of the user's roles: tokens state it as `roleId` (docs/uptycs.md, 2). A key file may have it as well.
    pub fn with_role(mut self, role_id: impl Into<String>) -> Self {
        self.role_id = Some(role_id.into());
        self
    }

    /// Acts in a security zone: tokens state it as `securityZoneId` (docs/uptycs.md, 2). A key file may have it as well.
    pub fn with_security_zone(mut self, security_zone_id: impl Into<String>) -> Self {
        self.security_zone_id = Some(security_zone_id.into());
        self
    }

    /// The public half, which tokens name as their issuer.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// The secret half.
    pub fn secret(&self) -> &Secret {
        &self.secret
    }

    /// The role that tokens state, if any.
    pub fn role_id(&self) -> Option<&str> {
        self.role_id.as_deref()
    }

    /// The security zone that tokens state, if any.
    pub fn security_zone_id(&self) -> Option<&str> {
        self.security_zone_id.as_deref()
    }

    /// When the key ends, where the file says so; newer files do.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.expires_at
    }

    /// Whether the key was active when the file was downloaded, where the file says so.
    pub fn is_active(&self) -> Option<bool> {
        self.is_active
    }

    /// What the file itself says against the key, as a sentence to show before it is used; it is no error, since keys
    /// can be activated and prolonged after the download.
    ///
    /// ```
    /// use triagekit::uptycs::KeyFile;
    /// use triagekit::Timestamp;
    ///
    /// let text = r#"{"key":"K","secret":"s","customerId":"c","domain":"acme","active":false}"#;
    /// let warning = KeyFile::parse(text).unwrap().warning(Timestamp::from_unix_seconds(0)).unwrap();
    /// assert!(warning.contains("not active"));
    /// ```
    pub fn warning(&self, now: Timestamp) -> Option<String> {
        if let Some(at) = self.expires_at.filter(|at| *at <= now) {
            return Some(format!("The key file says that the key expired at {at}."));
        }
        (self.is_active == Some(false))
            .then(|| "The key file says that the key was not active when downloaded.".to_owned())
    }

    /// The root of the customer's API.
    pub fn root(&self) -> &BaseUrl {
        &self.root
    }
}

/// Domain and suffix with exactly one dot between them; either may have a port, and the domain may be a whole host name.
fn host(domain: &str, suffix: Option<&str>) -> String {
    let (name, port) = domain.split_once(':').map_or((domain, None), |(name, port)| (name, Some(port)));
    let name = name.strip_suffix('.').unwrap_or(name);
    let with_dot = suffix.unwrap_or(DEFAULT_SUFFIX).trim_start_matches('.');
    let (suffix_name, suffix_port) =
        with_dot.split_once(':').map_or((with_dot, None), |(name, port)| (name, Some(port)));
    let ends_in = |end: &str| {
        let end = end.trim_matches('.').to_ascii_lowercase();
        name.to_ascii_lowercase().strip_suffix(&end).is_some_and(|label| label.ends_with('.'))
    };
    let is_whole = suffix_name.is_empty()
        || ends_in(suffix_name)
        || VENDOR_SUFFIXES.iter().any(|end| ends_in(end))
        || (suffix.is_none() && name.contains('.'));
    let name = if is_whole { name.to_owned() } else { format!("{name}.{suffix_name}") };
    match port.or(suffix_port) {
        Some(port) => format!("{name}:{port}"),
        None => name,
    }
}

/// An instant, or a day alone, which then ends with it.
fn instant(text: &str) -> Option<Timestamp> {
    Timestamp::parse(text).or_else(|| Timestamp::parse(&format!("{}T23:59:59.999Z", text.trim())))
}

/// A field's text; absent, null and empty are one.
fn text<'a>(fields: &'a Map<String, Value>, field: &'static str) -> Result<Option<&'a str>, KeyFileError> {
    match fields.get(field) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.trim()).filter(|text| !text.is_empty())),
        Some(other) => Err(KeyFileError::NotText { field, came: kind(other) }),
    }
}

const fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"key":"KEYKEYKEY","secret":"SECRETSECRET/+","customerId":"11111111-2222-3333-4444-555555555555","domain":"acme","domainSuffix":".uptycs.io","id":"x","active":true,"expiry":null}"#;

    fn root(domain: &str, suffix: &str) -> String {
        let file = GOOD.replace("\"acme\"", &format!("{domain:?}")).replace("\".uptycs.io\"", suffix);
        KeyFile::parse(&file).map_or_else(|error| error.to_string(), |key| key.root().host().to_owned())
    }

    #[test]
    fn every_variant_of_domain_and_suffix_is_read() {
        assert_eq!(root("acme", "\".uptycs.io\""), "acme.uptycs.io");
        assert_eq!(root("acme", "\"uptycs.net\""), "acme.uptycs.net");
        assert_eq!(root("acme", "null"), "acme.uptycs.io");
        assert_eq!(root("acme.", "\".uptycs.io\""), "acme.uptycs.io");
        assert_eq!(root("acme.uptycs.io", "\".uptycs.io\""), "acme.uptycs.io");
        assert_eq!(root("acme:8443", "\".uptycs.io\""), "acme.uptycs.io:8443");
        assert_eq!(root("acme", "\".uptycs.io:8443\""), "acme.uptycs.io:8443");
        assert_eq!(root("acme:443", "\".uptycs.io:8443\""), "acme.uptycs.io:443");
        assert_eq!(root("acme.uptycs.io", "\".uptycs.io:8443\""), "acme.uptycs.io:8443");
        assert_eq!(root("Acme.Uptycs.net", "null"), "acme.uptycs.net");
        assert_eq!(root("acme.uptycs.net", "\".uptycs.io\""), "acme.uptycs.net");
        assert_eq!(root("xdr.acme.example", "null"), "xdr.acme.example");
        assert_eq!(root("acme.eu", "\".uptycs.io\""), "acme.eu.uptycs.io");
    }

    #[test]
    fn a_domain_that_leads_elsewhere_is_refused_before_anything_is_sent() {
        for domain in [
            "evil.com/#",
            "evil.com/",
            "evil.com?",
            "evil.com\\",
            "evil.com#",
            "user@evil.com",
            "a b",
            "acme\n",
        ] {
            let message = root(domain, "\".uptycs.io\"");
            let is_refused = message.contains("does not name a host")
                || (domain == "acme\n" && message == "acme.uptycs.io");
            assert!(is_refused, "{domain:?}: {message}");
        }
    }

    #[test]
    fn a_cut_file_names_the_place_and_keeps_the_secret() {
        let (cut, _) = GOOD.split_at(GOOD.len() / 2);
        let error = KeyFile::parse(cut).expect_err("cut");
        assert!(matches!(error, KeyFileError::NotJson { line: 1, .. }), "{error:?}");
        assert!(!error.to_string().contains("SECRET"), "{error}");
    }

    #[test]
    fn what_is_missing_is_named_all_at_once() {
        let error = KeyFile::parse(r#"{"key":"K","customerId":"c","secret":""}"#).expect_err("missing");
        assert_eq!(error, KeyFileError::MissingFields { fields: vec!["\"secret\"", "\"domain\""] });
        assert!(error.to_string().contains("has no \"secret\" and no \"domain\""), "{error}");
        assert!(matches!(KeyFile::parse("[]"), Err(KeyFileError::NotAnObject { came: "a list" })));
        assert!(matches!(KeyFile::parse(r#"{"key":5}"#), Err(KeyFileError::NotText { field: "key", .. })));
    }

    #[test]
    fn our_own_base_url_is_honoured_but_held_to_the_same_rules() {
        let with = |url: &str| GOOD.replace("\"id\":\"x\"", &format!("\"baseUrl\":{url:?}"));
        let key = KeyFile::parse(&with("http://127.0.0.1:7700/")).expect("loopback");
        assert_eq!(
            key.root().as_str(),
            "http://127.0.0.1:7700/public/api/customers/11111111-2222-3333-4444-555555555555"
        );
        assert!(matches!(KeyFile::parse(&with("http://10.0.0.1")), Err(KeyFileError::Domain { .. })));
    }

    #[test]
    fn what_the_file_says_against_the_key_is_passed_on() {
        let now = Timestamp::parse("2026-11-21T12:00:00Z").expect("an instant");
        let with = |expiry: &str, active: &str| {
            let file =
                GOOD.replace("null", expiry).replace("\"active\":true", &format!("\"active\":{active}"));
            KeyFile::parse(&file).expect("a key file").warning(now)
        };
        assert_eq!(with("null", "true"), None);
        assert_eq!(with("\"2026-11-22T00:00:00.000Z\"", "true"), None);
        assert_eq!(with("\"2026-11-21\"", "true"), None, "it is good to the end of its day");
        assert!(with("\"2026-11-20\"", "true").is_some_and(|text| text.contains("expired")));
        assert!(with("null", "false").is_some_and(|text| text.contains("not active")));
    }

    #[test]
    fn role_and_zone_are_read_or_given() {
        let file = GOOD.replace("\"id\":\"x\"", "\"roleId\":\"r\",\"securityZoneId\":\"z\"");
        let key = KeyFile::parse(&file).expect("a key file");
        assert_eq!((key.role_id(), key.security_zone_id()), (Some("r"), Some("z")));
        let key = KeyFile::parse(GOOD).expect("a key file").with_role("r").with_security_zone("z");
        assert_eq!((key.role_id(), key.security_zone_id()), (Some("r"), Some("z")));
    }

    #[test]
    fn debug_shows_no_secret() {
        assert!(!format!("{:?}", KeyFile::parse(GOOD).expect("good")).contains("SECRETSECRET"));
    }

    #[test]
    fn a_customer_id_cannot_climb_out_of_its_path() {
        let file = GOOD.replace("11111111-2222-3333-4444-555555555555", "../../v2");
        assert_eq!(KeyFile::parse(&file), Err(KeyFileError::CustomerId));
    }
}
