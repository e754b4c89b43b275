//! A running demo server.

use std::collections::BTreeMap;
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::thread::JoinHandle;

use axum::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;

use crate::config::{Config, Faults};
use crate::demo::Demo;
use crate::error::Error;
use crate::live::tick;
use crate::request_log::Vendor;
use crate::serve::Front;
use crate::tls::Certificate;
use crate::utmstack::review_every;

/// A demo server with its own thread and runtime, so that synchronous code can use it. It ends when it is
/// stopped or dropped.
#[derive(Debug)]
pub struct Server {
    demo: Arc<Demo>,
    certificate_pem: Option<String>,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Fills the databases, binds the address and answers from now on.
    ///
    /// # Errors
    /// An address that is not loopback or cannot be bound, a folder that cannot be used, a database that fails.
    #[allow(
        clippy::needless_pass_by_value,
        reason = "a server's settings are given to it, and may come to be kept"
    )]
    pub fn start(config: Config) -> Result<Self, Error> {
        if !config.listen.ip().is_loopback() {
            return Err(Error::NotLoopback(config.listen));
        }
        let listening = |source| Error::Listen { address: config.listen, source };
        // Bound before the data is made, so that a port in use is told at once.
        let listener = TcpListener::bind(config.listen).map_err(listening)?;
        listener.set_nonblocking(true).map_err(listening)?;
        let address = listener.local_addr().map_err(listening)?;
        let certificate = config.tls.as_ref().map(Certificate::new).transpose()?;
        let scheme = if certificate.is_some() { "https" } else { "http" };
        let demo = Demo::new(&config, format!("{scheme}://{address}"))?;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .thread_name("triagekit-demo")
            .enable_all()
            .build()
            .map_err(Error::Runtime)?;
        let front = Front::new(Arc::clone(&demo));
        let certificate_pem = certificate.as_ref().map(|certificate| certificate.pem.clone());
        let live = config.live.map(|rate| {
            tick(Arc::clone(&demo), rate, config.late, config.faults == Faults::Hostile, config.seed)
        });
        let reviews = review_every(Arc::clone(&demo), config.review_every);
        let (stop, stopped) = oneshot::channel();
        let thread = std::thread::Builder::new()
            .name("triagekit-demo".to_owned())
            .spawn(move || {
                runtime.spawn(reviews);
                if let Some(live) = live {
                    runtime.spawn(live);
                }
                let acceptor = certificate.map(|certificate| certificate.acceptor);
                runtime.block_on(accept(listener, acceptor, front, stopped));
                // Statements of callers may run for long; nobody waits for them.
                runtime.shutdown_background();
            })
            .map_err(Error::Runtime)?;
        Ok(Self { demo, certificate_pem, stop: Some(stop), thread: Some(thread) })
    }

    /// Where it is reached, such as `http://127.0.0.1:43211`; `https://…` with TLS.
    pub fn base_url(&self) -> &str {
        &self.demo.base_url
    }

    /// The API key file of Uptycs, as JSON.
    pub fn key_file_json(&self) -> String {
        serde_json::to_string_pretty(&self.demo.uptycs.key_file).unwrap_or_default()
    }

    /// The certificate in PEM, for clients to trust; `None` without TLS.
    pub fn certificate_pem(&self) -> Option<&str> {
        self.certificate_pem.as_deref()
    }

    /// How often each route of UTMStack was asked, such as `POST /api/elasticsearch/search`.
    pub fn utmstack_requests(&self) -> BTreeMap<String, u64> {
        self.demo.requests.of(Vendor::UtmStack)
    }

    /// How often each route of Uptycs was asked, such as `GET /alerts/{id}`.
    pub fn uptycs_requests(&self) -> BTreeMap<String, u64> {
        self.demo.requests.of(Vendor::Uptycs)
    }

    /// Ends the server: its port is free afterwards.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        if let Some(stop) = self.stop.take() {
            // The thread may have ended by itself.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been printed already.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// Accepts connections until it is told to stop; open ones are dropped then.
async fn accept(
    listener: TcpListener,
    acceptor: Option<TlsAcceptor>,
    front: Front,
    mut stopped: oneshot::Receiver<()>,
) {
    let Ok(listener) = tokio::net::TcpListener::from_std(listener) else { return };
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => return,
            accepted = listener.accept() => {
                // Out of file handles, or a peer that went away: the next one may fare better.
                let Ok((stream, peer)) = accepted else {
                    tokio::task::yield_now().await;
                    continue;
                };
                // Answers are small and asked one after another.
                let _ = stream.set_nodelay(true);
                let (front, acceptor) = (front.clone(), acceptor.clone());
                connections.spawn(async move {
                    match acceptor {
                        None => converse(stream, peer, front).await,
                        // A peer that does not trust the certificate, or speaks no TLS, is not answered.
                        Some(acceptor) => if let Ok(stream) = acceptor.accept(stream).await {
                            converse(stream, peer, front).await;
                        },
                    }
                });
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Answers the requests of one connection. HTTP/1.1 and not axum's own server, because a fault may have to
/// close the connection without an answer.
async fn converse(stream: impl AsyncRead + AsyncWrite + Unpin, peer: SocketAddr, front: Front) {
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        front.clone().answer(request.map(Body::new), peer)
    });
    // It ends with an error when a peer goes away or a fault closes it: both are meant.
    let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
}
