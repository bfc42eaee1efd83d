#![doc = include_str!("../README.md")]
#![forbid(unsafe_code)]

#[cfg(not(any(feature = "curl-client", feature = "h1-client-rustls")))]
compile_error!("choose how surf sends: feature `curl-client` (default) or `h1-client-rustls`");

#[cfg(feature = "curl-client")]
mod curl;
mod guard;
#[cfg(feature = "h1-client-rustls")]
mod h1;
mod reply;

use async_std::{future::timeout, task::sleep};
use grantflow::{
    Exchange, HttpBuilder, ReplyBody, Request, Response, RunError, TransportError, UnixTime,
    drive_async,
};
use std::time::Duration;
use surf::{Url, http::Method};

/// An HTTP client that is right for OAuth. Cloning shares its connections.
#[derive(Clone, Debug)]
pub struct Http {
    client: surf::Client,
    backend: Backend,
    timeout: Duration,
    #[cfg(feature = "curl-client")]
    _root_file: Option<std::sync::Arc<curl::RootFile>>,
}

impl Http {
    /// A client with the default timeouts: 10 seconds to connect, 30 for the whole exchange.
    ///
    /// # Errors
    /// [`TransportError::Stack`] if TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// Begins a client with settings of its own.
    pub fn builder() -> HttpBuilder<Self> {
        Self::builder_with(Backend::default())
    }

    /// Begins a client that sends with the given backend, where both are built in.
    pub fn builder_with(backend: Backend) -> HttpBuilder<Self> {
        HttpBuilder::new(match backend {
            #[cfg(feature = "curl-client")]
            Backend::Curl => curl::build,
            #[cfg(feature = "h1-client-rustls")]
            Backend::H1 => h1::build,
        })
    }

    /// Takes over a client that was configured elsewhere: for a proxy, or a client certificate.
    ///
    /// It is isahc's, not surf's: what backend a `surf::Client` has, and whether that is safe,
    /// cannot be seen from outside. It must follow no redirects, keep no cookies and reuse no
    /// connections (`connection_cache_size(0)`), or credentials go where they should not.
    #[cfg(feature = "curl-client")]
    #[must_use]
    pub fn from_client(client: isahc::HttpClient) -> Self {
        let timeout = Duration::from_secs(30);
        Self { client: curl::surf(client), backend: Backend::Curl, timeout, _root_file: None }
    }
}

/// What surf sends with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Backend {
    /// libcurl. The default, where it is built in.
    #[cfg(feature = "curl-client")]
    #[default]
    Curl,
    /// async-h1 and rustls 0.18.
    #[cfg(feature = "h1-client-rustls")]
    #[cfg_attr(not(feature = "curl-client"), default)]
    H1,
}

/// Sends one request and gives the reply, whatever its status.
///
/// # Errors
/// [`TransportError`] if there is no whole reply.
pub async fn send(http: &Http, request: Request) -> Result<Response, TransportError> {
    let whole = timeout(http.timeout, guard::no_panic(exchange(http, request)));
    whole.await.unwrap_or(Err(TransportError::Timeout))
}

/// Takes an exchange to its end: sends, receives, and goes on where the protocol asks to.
///
/// # Errors
/// [`RunError`], with all that is left: the exchange, unless it is spent, and the reply, if there
/// is one.
pub async fn run<E: Exchange>(http: &Http, exchange: E) -> Result<E::Output, RunError<E>> {
    drive_async(exchange, UnixTime::now, |request| send(http, request), sleep).await
}

async fn exchange(http: &Http, request: Request) -> Result<Response, TransportError> {
    #[cfg(feature = "curl-client")]
    if http.backend == Backend::Curl {
        curl::check(&request)?;
    }
    let body = ReplyBody::new(&request);
    let is_head = *request.method() == grantflow::Method::HEAD;
    let method = request.method().as_str().parse::<Method>().map_err(reply::failed)?;
    let mut outgoing = surf::Request::new(method, Url::from(request.url().clone()));
    outgoing.insert_header("user-agent", concat!("grantflow-surf/", env!("CARGO_PKG_VERSION")));
    for (name, _) in request.headers() {
        // curl sends only the first of several values: RFC 9110 section 5.3 lets us join them.
        let same = request.headers().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        let values: Vec<_> = same.map(|(_, value)| value).collect();
        outgoing.insert_header(name, values.join(", "));
    }
    if !request.body().is_empty() {
        outgoing.set_body(request.body());
    }
    let reply = http.client.send(outgoing).await.map_err(reply::failed)?;
    reply::read(reply.into(), body, http.backend, is_head).await
}
