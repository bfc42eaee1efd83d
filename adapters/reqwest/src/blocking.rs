//! The same over `reqwest::blocking`, for programs without an async runtime.
//!
//! Everything that the [crate page](crate) says holds here. As reqwest itself demands, none of
//! this may be called from within an async runtime.

use crate::{configured, failed, head};
use grantflow::{
    Exchange, HttpBuilder, ReplyBody, Request, Response, RunError, TransportError, UnixTime, drive,
};
use reqwest::blocking;
use std::{io, thread::sleep};

/// A blocking HTTP client that is right for OAuth. Cloning shares its connections.
#[derive(Clone, Debug)]
pub struct Http(blocking::Client);

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
        HttpBuilder::new(|settings| {
            // The timeout counts twice: inside for the whole exchange, outside for each read.
            let client = blocking::ClientBuilder::from(configured(settings)?);
            client.timeout(settings.timeout).build().map(Self).map_err(failed)
        })
    }

    /// Takes over a client that was configured elsewhere: for a proxy, or a client certificate.
    ///
    /// It must follow no redirects and keep no cookies, or credentials go where they should not.
    #[must_use]
    pub fn from_client(client: blocking::Client) -> Self {
        Self(client)
    }
}

/// Sends one request and gives the reply, whatever its status.
///
/// # Errors
/// [`TransportError`] if there is no whole reply.
#[expect(clippy::needless_pass_by_value, reason = "`send` is alike in all adapters")]
pub fn send(http: &Http, request: Request) -> Result<Response, TransportError> {
    let mut body = ReplyBody::new(&request);
    let (method, url, headers) = head(&request)?;
    let outgoing = http.0.request(method, url).headers(headers).body(request.body().to_vec());
    let mut reply = outgoing.send().map_err(failed)?;
    body.read_from(&mut reply, failed_reading)?;
    let headers = reply.headers().iter().map(|(name, value)| (name.as_str(), value));
    body.into_response(reply.status().as_u16(), headers)
}

/// Takes an exchange to its end: sends, receives, and goes on where the protocol asks to.
///
/// # Errors
/// [`RunError`], with all that is left: the exchange, unless it is spent, and the reply, if there
/// is one.
pub fn run<E: Exchange>(http: &Http, exchange: E) -> Result<E::Output, RunError<E>> {
    drive(exchange, UnixTime::now, |request| send(http, request), sleep)
}

/// reqwest wraps its errors where a reader can only give an I/O error.
fn failed_reading(error: io::Error) -> TransportError {
    match error.downcast() {
        Ok(error) => failed(error),
        Err(error) => TransportError::Stack(error.into()),
    }
}
