//! An HTTP stack bound by hand: hyper's bare client, one connection for each exchange.
//!
//! Everything that an adapter does is here, in the order of the contract. `main` sends one
//! request; the conformance suite runs this file as the adapter `hyper`.
// `main` has no use for `run`, and the suite none for `main`.
#![allow(dead_code)]

use grantflow::{
    Exchange, HttpBuilder, ReplyBody, Request, Response, RunError, TransportError, UnixTime,
    drive_async,
};
use http_body_util::{BodyExt as _, Full};
use hyper::{
    body::Bytes,
    client::conn::http1,
    header::{CONTENT_LENGTH, HOST},
    http,
};
use hyper_util::rt::TokioIo;
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use std::{error::Error, sync::Arc, time::Duration};
use tokio::{
    io::{AsyncRead, AsyncWrite},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::TlsConnector;
use url::Position;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).ok_or("usage: bind_hyper URL")?;
    let reply = send(&Http::builder().build()?, Request::get(url.parse()?)).await?;
    println!("{} {}", reply.status(), String::from_utf8_lossy(reply.body()));
    Ok(())
}

/// What an exchange needs: a timeout, and whom to trust.
#[derive(Clone)]
pub(crate) struct Http {
    timeout: Duration,
    tls: Arc<ClientConfig>,
}

impl Http {
    /// Begins a client. It trusts nobody yet: add roots.
    pub(crate) fn builder() -> HttpBuilder<Self> {
        HttpBuilder::new(|settings| {
            let mut roots = RootCertStore::empty();
            for pem in &settings.extra_roots {
                roots.add(CertificateDer::from_pem_slice(pem).map_err(failed)?).map_err(failed)?;
            }
            let tls = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
                .with_safe_default_protocol_versions()
                .map_err(failed)?
                .with_root_certificates(roots)
                .with_no_client_auth();
            Ok(Self { timeout: settings.timeout, tls: Arc::new(tls) })
        })
    }
}

/// One request, one reply. The timeout bounds all of it, and dropping the future ends it.
pub(crate) async fn send(http: &Http, request: Request) -> Result<Response, TransportError> {
    let whole = timeout(http.timeout, connect(http, request));
    whole.await.unwrap_or(Err(TransportError::Timeout))
}

/// The loop is the core's; the stack adds its clock and its timer.
pub(crate) async fn run<E: Exchange>(http: &Http, exchange: E) -> Result<E::Output, RunError<E>> {
    drive_async(exchange, UnixTime::now, |request| send(http, request), tokio::time::sleep).await
}

async fn connect(http: &Http, request: Request) -> Result<Response, TransportError> {
    let url = request.url().as_url().clone();
    let host = url.host_str().unwrap_or_default();
    let port = url.port_or_known_default().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    let socket = TcpStream::connect((address.as_str(), port)).await.map_err(failed)?;
    let authority = &url[Position::BeforeHost..Position::AfterPort];
    if url.scheme() == "http" {
        return exchange(socket, request, authority).await;
    }
    let name = address.try_into().map_err(failed)?;
    let tls = TlsConnector::from(http.tls.clone()).connect(name, socket).await.map_err(failed)?;
    exchange(tls, request, authority).await
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin,
    request: Request,
    host: &str,
) -> Result<Response, TransportError> {
    let body = ReplyBody::new(&request);
    let mut outgoing = http::Request::<Vec<u8>>::try_from(request).map_err(failed)?;
    // hyper's bare client takes the target as it is written on the wire.
    let target = outgoing.uri().path_and_query().map_or("/", |target| target.as_str());
    *outgoing.uri_mut() = target.parse().map_err(failed)?;
    outgoing.headers_mut().insert(HOST, host.parse().map_err(failed)?);
    if outgoing.body().is_empty() && outgoing.method() == http::Method::POST {
        // hyper says nothing of an empty body, and servers ask for the length (RFC 9110, 8.6).
        outgoing.headers_mut().insert(CONTENT_LENGTH, 0.into());
    }
    let name = http::HeaderValue::from_static("grantflow-by-hand");
    outgoing.headers_mut().entry("user-agent").or_insert(name);
    let outgoing = outgoing.map(|octets| Full::new(Bytes::from(octets)));

    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(failed)?;
    let reply = async {
        // A redirect, a 400 and a 500 are replies like any other.
        let reply = sender.send_request(outgoing).await.map_err(failed)?;
        let (head, frames) = reply.into_parts();
        let body = read(frames, body).await?;
        let headers = head.headers.iter().map(|(name, value)| (name.as_str(), value));
        body.into_response(head.status.as_u16(), headers)
    };
    // The connection is polled beside its only exchange, and dropped with it.
    tokio::pin!(connection, reply);
    tokio::select! {
        reply = &mut reply => reply,
        ended = &mut connection => {
            ended.map_err(failed)?;
            reply.await
        }
    }
}

async fn read(
    mut frames: hyper::body::Incoming,
    mut body: ReplyBody,
) -> Result<ReplyBody, TransportError> {
    while let Some(frame) = frames.frame().await {
        if let Ok(chunk) = frame.map_err(failed)?.into_data() {
            // Reading ends where the request's limit is.
            body.push(&chunk)?;
        }
    }
    Ok(body)
}

fn failed(error: impl Into<Box<dyn Error + Send + Sync>>) -> TransportError {
    TransportError::Stack(error.into())
}
