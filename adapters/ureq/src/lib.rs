//! Runs [`grantflow`] exchanges over [`ureq`], which blocks.
//!
//! Three things are here: [`Http`], an HTTP client configured as OAuth demands; [`send`], one
//! request to one reply; and [`run`], which takes an exchange to its end.
//!
//! ```no_run
//! use grantflow::{Callback, Client, Entropy, Flow, Request, UnixTime};
//! use grantflow_ureq::{Http, run};
//!
//! # fn login(client: &Client, query: &str) -> Result<(), Box<dyn std::error::Error>> {
//! let http = Http::new()?;
//! let (url, awaiting) = Flow::new(client).redirect(Entropy::from_os()?, UnixTime::now())?;
//! // ... the browser goes to `url` and comes back with `query` ...
//! let code = awaiting.receive(Callback::from_query(query)?, UnixTime::now())?;
//! let flow = run(&http, code)?;
//! let photos = run(&http, flow.call(Request::get("https://api.example/photos".parse()?))?)?;
//! # Ok(()) }
//! ```
//!
//! # What the client does, and what it does not
//! Redirects are replies, and so are 4xx and 5xx. There are no cookies, no retries, no `Referer`
//! and no proxies from the environment. A connection that was idle for a second is not used
//! again: a request that meets the server closing it would be lost. The body is cut off at
//! [`Request::reply_limit`]; compression is never asked for. A timeout bounds the whole exchange,
//! body included. TLS is rustls with Mozilla's roots, and those that
//! [`HttpBuilder::extra_root_pem`] adds. Nothing that a request carried is in an error.
//!
//! To try again after a transport error, take the exchange from [`RunError::into_exchange`].
#![forbid(unsafe_code)]

use grantflow::{
    Exchange, HttpBuilder, HttpSettings, ReplyBody, Request, Response, RunError, TransportError,
    UnixTime, drive,
};
use std::{thread::sleep, time::Duration};
use ureq::{
    Agent, AsSendBody,
    http::{self, Method},
    tls::{Certificate, RootCerts, TlsConfig},
};
use webpki_root_certs::TLS_SERVER_ROOT_CERTS;

/// An HTTP client that is right for OAuth. Cloning shares its connections.
#[derive(Clone, Debug)]
pub struct Http(Agent);

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
        HttpBuilder::new(build)
    }

    /// Takes over an agent that was configured elsewhere: for a proxy, or a client certificate.
    ///
    /// Redirects and statuses are replies even if the agent says otherwise. Its cookie jar, if
    /// ureq was built with one, is the agent's own affair: it should have none.
    #[must_use]
    pub fn from_agent(agent: Agent) -> Self {
        Self(agent)
    }
}

/// Sends one request and gives the reply, whatever its status.
///
/// # Errors
/// [`TransportError`] if there is no whole reply.
pub fn send(http: &Http, request: Request) -> Result<Response, TransportError> {
    let body = ReplyBody::new(&request);
    let outgoing = http::Request::<Vec<u8>>::try_from(request);
    let outgoing = outgoing.map_err(|error| TransportError::Stack(error.into()))?;
    let takes_body = [Method::PATCH, Method::POST, Method::PUT].contains(outgoing.method());
    if outgoing.body().is_empty() && !takes_body {
        reply(http, outgoing.map(|_| ()), body)
    } else {
        reply(http, outgoing, body)
    }
}

/// Takes an exchange to its end: sends, receives, and goes on where the protocol asks to.
///
/// # Errors
/// [`RunError`], with all that is left: the exchange, unless it is spent, and the reply, if there
/// is one.
pub fn run<E: Exchange>(http: &Http, exchange: E) -> Result<E::Output, RunError<E>> {
    drive(exchange, UnixTime::now, |request| send(http, request), sleep)
}

/// How long a connection may be idle and still be used again. Servers close theirs after two
/// seconds (gunicorn) or five (node, which is also the interval of a device's polls), and a
/// request that meets the close is lost.
const MAX_IDLE: Duration = Duration::from_secs(1);

fn build(settings: &HttpSettings) -> Result<Http, TransportError> {
    let extra = settings.extra_roots.iter().map(|pem| Certificate::from_pem(pem));
    let mut roots = extra.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    roots.extend(TLS_SERVER_ROOT_CERTS.iter().map(|root| Certificate::from_der(root)));
    let config = Agent::config_builder()
        .proxy(None)
        .timeout_global(Some(settings.timeout))
        .timeout_connect(Some(settings.connect_timeout))
        .max_idle_age(MAX_IDLE)
        .user_agent(concat!("grantflow-ureq/", env!("CARGO_PKG_VERSION")))
        .tls_config(TlsConfig::builder().root_certs(RootCerts::from(roots)).build());
    Ok(Http(config.build().into()))
}

fn reply(
    http: &Http,
    outgoing: http::Request<impl AsSendBody>,
    mut body: ReplyBody,
) -> Result<Response, TransportError> {
    let outgoing = http.0.configure_request(outgoing);
    let outgoing = outgoing
        .allow_non_standard_methods(true)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .build();
    let mut reply = http.0.run(outgoing).map_err(failed)?;
    body.read_from(&mut reply.body_mut().as_reader(), |error| failed(error.into()))?;
    let headers = reply.headers().iter().map(|(name, value)| (name.as_str(), value));
    body.into_response(reply.status().as_u16(), headers)
}

fn failed(error: ureq::Error) -> TransportError {
    match error {
        ureq::Error::Timeout(_) => TransportError::Timeout,
        error => TransportError::Stack(error.into()),
    }
}
