//! TLS, as a client that trusts the written certificate sees it, and one that does not.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;

use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{
    ClientConfig, ClientConnection, ProtocolVersion, RootCertStore, StreamOwned, crypto,
};
use triagekit_demo::{Config, Server, Tls};

use crate::asking::{key_file, with};

fn server(tls: Tls) -> Server {
    with(Config { tls: Some(tls), utmstack_alerts: 1, uptycs_alerts: 1, ..Config::default() })
}

/// Asks for a ping and gives the version of TLS and the answer.
fn ping(server: &Server, trusted: &str) -> std::io::Result<(Option<ProtocolVersion>, String)> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(trusted.as_bytes()).unwrap()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let name = ServerName::try_from("127.0.0.1").unwrap();
    let address = server.base_url().trim_start_matches("https://");
    let mut stream = StreamOwned::new(
        ClientConnection::new(Arc::new(config), name).unwrap(),
        TcpStream::connect(address).unwrap(),
    );
    stream.write_all(b"GET /api/ping HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok((stream.conn.protocol_version(), answer))
}

#[test]
fn a_client_that_trusts_the_certificate_is_answered_over_tls_1_3() {
    let server = server(Tls::SelfSigned);
    assert!(server.base_url().starts_with("https://127.0.0.1:"));
    assert!(key_file(&server)["baseUrl"].as_str().unwrap().starts_with("https://"));
    let (version, answer) = ping(&server, server.certificate_pem().unwrap()).unwrap();
    assert_eq!(version, Some(ProtocolVersion::TLSv1_3));
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[test]
fn a_client_that_trusts_another_certificate_breaks_off_and_the_server_goes_on() {
    let (one, other) = (server(Tls::SelfSigned), server(Tls::SelfSigned));
    assert!(ping(&one, other.certificate_pem().unwrap()).is_err());
    ping(&one, one.certificate_pem().unwrap()).unwrap();
}

#[test]
fn a_certificate_and_its_key_are_taken_from_files() {
    let folder = std::env::temp_dir().join(format!("triagekit-wire-tls-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let (certificate, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let made = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    std::fs::write(&certificate, made.cert.pem()).unwrap();
    std::fs::write(&key, made.signing_key.serialize_pem()).unwrap();
    let server = server(Tls::Files { certificate, key });
    assert_eq!(server.certificate_pem(), Some(made.cert.pem().as_str()));
    ping(&server, &made.cert.pem()).unwrap();
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_peer_that_speaks_no_tls_is_not_answered_and_the_server_goes_on() {
    let server = server(Tls::SelfSigned);
    let mut stream = TcpStream::connect(server.base_url().trim_start_matches("https://")).unwrap();
    stream.write_all(b"GET /api/ping HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    // What comes is a TLS alert, or the end of the connection.
    let _ = stream.read_to_end(&mut answer);
    assert!(!answer.starts_with(b"HTTP"), "{answer:?}");
    ping(&server, server.certificate_pem().unwrap()).unwrap();
}
