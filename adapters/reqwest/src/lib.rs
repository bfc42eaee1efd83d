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
//! and no proxies from the environment. A connection that was idle for a second is not used
//! again: a request that meets the server closing it would be lost. The body is cut off at
//! [`Request::reply_limit`], after decompression. A timeout bounds the whole exchange, body
//! included. TLS is rustls with the operating system's roots, and those that
//! [`HttpBuilder::extra_root_pem`] adds. Nothing that a request carried is in an error.
//!
//! With the feature `blocking`, the module `blocking` has the same for programs without an async
//! runtime.
//!
//! Dropping the future of [`run`] drops the exchange with it. To try again after a transport
//! error, take the exchange from [`RunError::into_exchange`].
#![forbid(unsafe_code)]

use grantflow::{
    Exchange, HttpBuilder, HttpSettings, ReplyBody, Request, Response, RunError, TransportError,
    UnixTime, drive_async,
};
use reqwest::{
    Certificate, ClientBuilder, Method, Url,
    header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue},
    redirect,
};
use std::time::Duration;

#[cfg(feature = "blocking")]
pub mod blocking;

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
    pub fn builder() -> HttpBuilder<Self> {
        HttpBuilder::new(|settings| configured(settings)?.build().map(Self).map_err(failed))
    }

    /// Takes over a client that was configured elsewhere: for a proxy, or a client certificate.
    ///
    /// It must follow no redirects and keep no cookies, or credentials go where they should not.
    #[must_use]
    pub fn from_client(client: reqwest::Client) -> Self {
        Self(client)
    }
}

/// Sends one request and gives the reply, whatever its status.
///
/// # Errors
/// [`TransportError`] if there is no whole reply.
pub async fn send(http: &Http, request: Request) -> Result<Response, TransportError> {
    let mut body = ReplyBody::new(&request);
    let (method, url, headers) = head(&request)?;
    let outgoing = http.0.request(method, url).headers(headers).body(request.body().to_vec());
    let mut reply = outgoing.send().await.map_err(failed)?;
    while let Some(chunk) = reply.chunk().await.map_err(failed)? {
        body.push(&chunk)?;
    }
    let headers = reply.headers().iter().map(|(name, value)| (name.as_str(), value));
    body.into_response(reply.status().as_u16(), headers)
}

/// Takes an exchange to its end: sends, receives, and goes on where the protocol asks to.
///
/// # Errors
/// [`RunError`], with all that is left: the exchange, unless it is spent, and the reply, if there
/// is one.
pub async fn run<E: Exchange>(http: &Http, exchange: E) -> Result<E::Output, RunError<E>> {
    drive_async(exchange, UnixTime::now, |request| send(http, request), tokio::time::sleep).await
}

/// How long a connection may be idle and still be used again. Servers close theirs after two
/// seconds (gunicorn) or five (node, which is also the interval of a device's polls), and a
/// request that meets the close is lost.
const MAX_IDLE: Duration = Duration::from_secs(1);

/// What a client is, asynchronous or blocking.
fn configured(settings: &HttpSettings) -> Result<ClientBuilder, TransportError> {
    let roots = settings.extra_roots.iter().map(|pem| Certificate::from_pem(pem));
    let roots = roots.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    Ok(reqwest::Client::builder()
        .redirect(redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .user_agent(concat!("grantflow-reqwest/", env!("CARGO_PKG_VERSION")))
        .timeout(settings.timeout)
        .connect_timeout(settings.connect_timeout)
        .pool_idle_timeout(MAX_IDLE)
        .tls_certs_merge(roots))
}

/// A request without its body, for a client of either kind.
fn head(request: &Request) -> Result<(Method, Url, HeaderMap), TransportError> {
    let method = Method::from_bytes(request.method().as_str().as_bytes()).map_err(illegal)?;
    let mut headers = HeaderMap::new();
    for (name, value) in request.headers() {
        let name = HeaderName::from_bytes(name.as_bytes()).map_err(illegal)?;
        let mut value = HeaderValue::from_str(value).map_err(illegal)?;
        // Keeps it out of reqwest's own logs.
        value.set_sensitive(true);
        headers.append(name, value);
    }
    let takes_body = [Method::PATCH, Method::POST, Method::PUT].contains(&method);
    if takes_body && request.body().is_empty() {
        // RFC 9110 section 8.6; reqwest says nothing of an empty body.
        headers.insert(CONTENT_LENGTH, 0.into());
    }
    Ok((method, Url::from(request.url().clone()), headers))
}

/// For what a request of the core's never holds.
fn illegal(error: impl std::error::Error + Send + Sync + 'static) -> TransportError {
    TransportError::Stack(error.into())
}

/// reqwest names the URL in its errors, which may hold anything.
fn failed(error: reqwest::Error) -> TransportError {
    if error.is_timeout() {
        TransportError::Timeout
    } else {
        TransportError::Stack(error.without_url().into())
    }
}
