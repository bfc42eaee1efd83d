//! What every adapter's HTTP client can be told, whatever the stack.

use super::TransportError;
use alloc::vec::Vec;
use core::{fmt, time::Duration};

/// An adapter's HTTP client in the making.
///
/// ```
/// use grantflow::{HttpBuilder, HttpSettings, TransportError};
///
/// /// A client of some stack.
/// struct Http(HttpSettings);
///
/// impl Http {
///     fn builder() -> HttpBuilder<Self> {
///         HttpBuilder::new(|settings| Ok(Self(settings.clone())))
///     }
/// }
///
/// let http = Http::builder().timeout(std::time::Duration::from_secs(5)).build()?;
/// assert_eq!(http.0.timeout.as_secs(), 5);
/// # Ok::<(), TransportError>(())
/// ```
#[derive(Clone)]
#[must_use = "a client is made by `build`"]
pub struct HttpBuilder<H> {
    settings: HttpSettings,
    build: fn(&HttpSettings) -> Result<H, TransportError>,
}

/// What was set on an [`HttpBuilder`], for the adapter to do.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct HttpSettings {
    /// How long one request may take, from connecting to the last octet of the body.
    pub timeout: Duration,
    /// How long connecting may take.
    pub connect_timeout: Duration,
    /// Root certificates to trust, each in PEM.
    pub extra_roots: Vec<Vec<u8>>,
}

impl<H> HttpBuilder<H> {
    /// Begins with the default timeouts: 10 seconds to connect, 30 for the whole exchange.
    pub fn new(build: fn(&HttpSettings) -> Result<H, TransportError>) -> Self {
        let settings = HttpSettings {
            timeout: Duration::from_secs(30),
            connect_timeout: Duration::from_secs(10),
            extra_roots: Vec::new(),
        };
        Self { settings, build }
    }

    /// Sets how long one request may take, from connecting to the last octet of the body.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.settings.timeout = timeout;
        self
    }

    /// Sets how long connecting may take.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.settings.connect_timeout = timeout;
        self
    }

    /// Trusts a root certificate, in PEM, beside those that the adapter trusts anyway.
    pub fn extra_root_pem(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.settings.extra_roots.push(pem.into());
        self
    }

    /// Makes the client.
    ///
    /// # Errors
    /// [`TransportError::Stack`] if a root is no certificate or TLS cannot be set up.
    pub fn build(self) -> Result<H, TransportError> {
        (self.build)(&self.settings)
    }
}

impl<H> fmt::Debug for HttpBuilder<H> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HttpBuilder").field(&self.settings).finish()
    }
}
