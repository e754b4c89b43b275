//! TLS in front of both vendors: version 1.3 only, as UTMStack's nginx is set up (docs/utmstack.md, 6).

use std::path::Path;
use std::sync::Arc;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{ServerConfig, crypto};

use crate::config::Tls;
use crate::error::Error;

/// The names that a certificate made here is good for.
const NAMES: [&str; 3] = ["127.0.0.1", "::1", "localhost"];

/// What a server needs to speak TLS, and what its clients need to trust it.
#[derive(Clone)]
pub(crate) struct Certificate {
    /// Takes connections.
    pub(crate) acceptor: TlsAcceptor,
    /// The certificate and those after it.
    pub(crate) pem: String,
}

impl std::fmt::Debug for Certificate {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The key inside is nobody's business.
        formatter.debug_struct("Certificate").field("pem", &self.pem).finish_non_exhaustive()
    }
}

impl Certificate {
    /// Reads or makes what the settings ask for.
    pub(crate) fn new(tls: &Tls) -> Result<Self, Error> {
        match tls {
            Tls::SelfSigned => Self::self_signed(),
            Tls::Files { certificate, key } => {
                let (pem, key) = (read(certificate)?, read(key)?);
                Self::of_pem(pem, &key)
            }
        }
    }

    fn self_signed() -> Result<Self, Error> {
        let made = generate_simple_self_signed(NAMES.map(str::to_owned));
        let CertifiedKey { cert, signing_key } = made.map_err(|error| Error::Tls(error.to_string()))?;
        Self::of_pem(cert.pem(), &signing_key.serialize_pem())
    }

    fn of_pem(pem: String, key: &str) -> Result<Self, Error> {
        let wrong = |what: &str, error: &dyn std::fmt::Display| Error::Tls(format!("{what}: {error}"));
        let chain = CertificateDer::pem_slice_iter(pem.as_bytes())
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| wrong("the certificate is not PEM", &error))?;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes())
            .map_err(|error| wrong("the key is not PEM", &error))?;
        let mut config = ServerConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(|error| wrong("no version of TLS", &error))?
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .map_err(|error| wrong("certificate and key do not fit", &error))?;
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(Self { acceptor: TlsAcceptor::from(Arc::new(config)), pem })
    }
}

fn read(path: &Path) -> Result<String, Error> {
    std::fs::read_to_string(path).map_err(|source| Error::File { path: path.to_owned(), source })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_made_here_is_pem_and_differs_from_start_to_start() {
        let (one, other) =
            (Certificate::new(&Tls::SelfSigned).unwrap(), Certificate::new(&Tls::SelfSigned).unwrap());
        assert!(one.pem.starts_with("-----BEGIN CERTIFICATE-----"));
        assert_ne!(one.pem, other.pem);
    }

    #[test]
    fn files_that_are_missing_or_not_pem_are_told() {
        let folder = std::env::temp_dir().join(format!("triagekit-tls-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
        let tls = Tls::Files { certificate: certificate.clone(), key: key.clone() };
        assert!(matches!(Certificate::new(&tls), Err(Error::File { .. })));
        std::fs::write(&certificate, "no certificate").unwrap();
        std::fs::write(&key, "no key").unwrap();
        assert!(matches!(Certificate::new(&tls), Err(Error::Tls(_))));
        std::fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn the_key_is_not_in_the_debug_text() {
        let text = format!("{:?}", Certificate::new(&Tls::SelfSigned).unwrap());
        assert!(!text.contains("PRIVATE KEY"));
    }
}
