use core::fmt;
use triagekit::uptycs::KeyFile;
use triagekit::utmstack::Credentials;
use triagekit::{BaseUrl, Platform};

/// Which connection something belongs to, for as long as the page lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ConnectionId(pub u32);

/// A configured UTMStack instance or Uptycs tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Connection {
    /// The product.
    pub kind: Platform,
    /// Where its API is.
    pub base_url: BaseUrl,
    /// Who proves to it who we are.
    pub auth: Auth,
}

/// Where the credentials are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Auth {
    /// Here, in this page's memory and nowhere else.
    Direct(Direct),
    /// At a gateway, which adds them; the page holds none.
    Gateway,
}

/// Credentials that this page holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Direct {
    /// Of a UTMStack instance.
    Utmstack(Credentials),
    /// Of an Uptycs tenant.
    Uptycs(KeyFile),
}

impl Connection {
    /// A UTMStack instance that this page signs in to.
    pub fn utmstack(base_url: BaseUrl, credentials: Credentials) -> Self {
        Self { kind: Platform::Utmstack, base_url, auth: Auth::Direct(Direct::Utmstack(credentials)) }
    }

    /// An Uptycs tenant that this page makes tokens for.
    pub fn uptycs(key: KeyFile) -> Self {
        Self { kind: Platform::Uptycs, base_url: key.root().clone(), auth: Auth::Direct(Direct::Uptycs(key)) }
    }
}

impl fmt::Display for Connection {
    /// The product and the host, as people tell connections apart.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} · {}", self.kind, self.base_url.host())
    }
}
