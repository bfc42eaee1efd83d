//! Runs [`grantflow`] exchanges over [`reqwest`].
//!
//! Three things are here: [`Http`], an HTTP client configured as OAuth demands; [`send`], one
//! request to one reply; and [`run`], which takes an exchange to its end.
//!
//! ```no_run
//! use grantflow::{Callback, Client, Entropy, Flow, Request, UnixTime};
//! use grantflow_reqwest::{Http, run};
//!
//! # async fn login(client: &Client, query: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let http = Http::new()?;
//! let (url, awaiting) = Flow::new(client).redirect(Entropy::from_os()?, UnixTime::now())?;
//! // ... the browser goes to `url` and comes back with `query` ...
//! let code = awaiting.receive(Callback::from_query(query)?, UnixTime::now())?;
//! let flow = run(&http, code).await?;
//! let photos = run(&http, flow.call(Request::get("https://api.example/photos".parse()?))?).await?;
//! # Ok(()) }
//! ```
//!
//! # What the client does, and what it does not
//! Redirects are replies, and so are 4xx and 5xx. There are no cookies, no retries, no `Referer`
//! and no proxies from the environment. The body is cut off at
//! [`Request::reply_limit`], after decompression. A timeout bounds the whole exchange, body
//! included. TLS is rustls with the operating system's roots, and those that
//! [`HttpBuilder::extra_root_pem`] adds. Nothing that a request carried is in an error.
//!
//! Dropping the future of [`run`] drops the exchange with it. To try again after a transport
//! error, take the exchange from [`RunError::into_exchange`].
#![forbid(unsafe_code)]

use grantflow::{
    Exchange, ReplyBody, Request, Response, RunError, TransportError, UnixTime, drive_async,
};
use reqwest::{Certificate, Method, Url, header::HeaderValue, redirect};
use std::time::Duration;

/// An HTTP client that is right for OAuth. Cloning shares its connections.
#[derive(Clone, Debug)]
pub struct Http(reqwest::Client);

impl Http {
    /// A client with the default timeouts: 10 seconds to connect, 30 for the whole exchange.
    ///
    /// # Errors
    /// [`TransportError::Stack`] if TLS cannot be set up.
    pub fn new() -> Result<Self, TransportError> {
        Self::builder().build()
    }

    /// Begins a client with settings of its own.
    pub fn builder() -> HttpBuilder {
        HttpBuilder {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            roots: Vec::new(),
        }
    }

    /// Takes over a client that was configured elsewhere: for a proxy, or a client certificate.
    ///
    /// It must follow no redirects and keep no cookies, or credentials go where they should not.
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// An [`Http`] in the making.
#[derive(Clone, Debug)]
#[must_use = "a client is made by `build`"]
pub struct HttpBuilder {
    timeout: Duration,
    connect_timeout: Duration,
    roots: Vec<Vec<u8>>,
}

impl HttpBuilder {
    /// Sets how long one request may take, from connecting to the last octet of the body.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = timeout;
        self
    }

    /// Sets how long connecting may take.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Trusts a root certificate, in PEM, beside those of the operating system.
    pub fn extra_root_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.roots.push(pem.into());
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`TransportError::Stack`] if a root is no certificate or TLS cannot be set up.
    pub fn build(self) -> Result<Http, TransportError> {
        let roots = self.roots.iter().map(|pem| Certificate::from_pem(pem));
        let roots = roots.collect::<Result<Vec<_>, _>>().map_err(failed)?;
        let client = reqwest::Client::builder()
            .redirect(redirect::Policy::none())
            .referer(false)
            .no_proxy()
            .timeout(self.timeout)
            .connect_timeout(self.connect_timeout)
            .tls_certs_merge(roots)
            .build();
        client.map(Http).map_err(failed)
    }
}

/// Sends one request and gives the reply, whatever its status.
///
/// # Errors
/// [`TransportError`] if there is no whole reply.
pub async fn send(http: &Http, request: Request) -> Result<Response, TransportError> {
    let mut body = ReplyBody::new(&request);
    let method = Method::from_bytes(request.method().as_str().as_bytes());
    let method = method.map_err(|error| TransportError::Stack(error.into()))?;
    let mut outgoing = http.0.request(method, Url::from(request.url().clone()));
    for (name, value) in request.headers() {
        let value = HeaderValue::from_str(value).map(sensitive);
        outgoing =
            outgoing.header(name, value.map_err(|error| TransportError::Stack(error.into()))?);
    }
    if !request.body().is_empty() {
        outgoing = outgoing.body(request.body().to_vec());
    }
    let mut reply = outgoing.send().await.map_err(failed)?;
    while let Some(chunk) = reply.chunk().await.map_err(failed)? {
        body.push(&chunk)?;
    }
    let headers = reply.headers().iter().map(|(name, value)| (name.as_str(), value));
    Ok(Response::new(reply.status().as_u16(), headers, body.into_octets()))
}

/// Takes an exchange to its end: sends, receives, and goes on where the protocol asks to.
///
/// # Errors
/// [`RunError`], with all that is left: the exchange, unless it is spent, and the reply, if there
/// is one.
pub async fn run<E: Exchange>(http: &Http, exchange: E) -> Result<E::Output, RunError<E>> {
    drive_async(exchange, UnixTime::now, |request| send(http, request), tokio::time::sleep).await
}

/// Keeps a value out of reqwest's own logs.
fn sensitive(mut value: HeaderValue) -> HeaderValue {
    value.set_sensitive(true);
    value
}

/// reqwest names the URL in its errors, which may hold anything.
fn failed(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        TransportError::Timeout
    } else {
        TransportError::Stack(error.without_url().into())
    }
}
