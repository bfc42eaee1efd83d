//! One request, out.

use super::{Method, headers::Headers};
use crate::{
    error::Error,
    value::{Secret, SecureUrl},
};
use alloc::{borrow::Cow, vec::Vec};
use core::fmt;
use zeroize::Zeroizing;

/// How much of a resource's reply is read, unless the caller says otherwise: 16 MiB.
const RESOURCE_LIMIT: usize = 16 << 20;

/// An HTTP request as a value, for any HTTP stack to send.
///
/// Send it as it is: no redirects, no retries, no cookies, no further headers but those that the
/// stack itself needs. Credentials may be in the headers and in the body, so `Debug` shows the
/// method and the URL without its query, nothing else.
///
/// ```
/// # use grantflow::*;
/// let request = Request::get("https://api.example/photos?page=2".parse()?)
///     .with_header("accept", "application/json")?;
/// assert_eq!(format!("{request:?}"), r#"GET "https://api.example/photos""#);
/// # Ok::<(), Error>(())
/// ```
#[derive(Clone)]
#[must_use = "a request does nothing until an HTTP stack sends it"]
pub struct Request {
    method: Method,
    url: SecureUrl,
    headers: Headers,
    body: Zeroizing<Vec<u8>>,
    reply_limit: usize,
}

impl Request {
    /// A request without headers and body.
    pub fn new(method: Method, url: SecureUrl) -> Self {
        Self {
            method,
            url,
            headers: Headers::default(),
            body: Zeroizing::default(),
            reply_limit: RESOURCE_LIMIT,
        }
    }

    /// A GET request.
    pub fn get(url: SecureUrl) -> Self {
        Self::new(Method::GET, url)
    }

    /// A POST request.
    pub fn post(url: SecureUrl, body: impl Into<Vec<u8>>) -> Self {
        Self::new(Method::POST, url).with_body(body)
    }

    /// Adds a header.
    ///
    /// # Errors
    /// [`ConfigError::Header`](crate::ConfigError::Header) if the name is no token, or the value
    /// holds anything but printable ASCII, spaces and tabs.
    pub fn with_header(
        mut self,
        name: impl Into<Cow<'static, str>>,
        value: impl Into<Secret>,
    ) -> Result<Self, Error> {
        self.headers.push(name, value.into())?;
        Ok(self)
    }

    /// Sets the body.
    pub fn with_body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = Zeroizing::new(body.into());
        self
    }

    /// Sets how many octets of the reply's body are read at most, after decompression. 16 MiB
    /// unless set; requests to the authorization server follow
    /// [`Policy::max_body`](crate::Policy::max_body).
    pub fn with_reply_limit(mut self, octets: usize) -> Self {
        self.reply_limit = octets;
        self
    }

    /// The method.
    #[must_use]
    pub fn method(&self) -> &Method {
        &self.method
    }

    /// The URL.
    #[must_use]
    pub fn url(&self) -> &SecureUrl {
        &self.url
    }

    /// The headers, in order.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.headers.iter()
    }

    /// The value of a header, whatever its case.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers().find_map(|(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
    }

    /// The body; empty if there is none.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.body
    }

    /// How many octets of the reply's body to read at most, after decompression. An HTTP stack
    /// stops there and reports an error.
    #[must_use]
    pub fn reply_limit(&self) -> usize {
        self.reply_limit
    }

    pub(crate) fn with_secret_body(mut self, body: Zeroizing<Vec<u8>>) -> Self {
        self.body = body;
        self
    }

    pub(crate) fn headers_mut(&mut self) -> &mut Headers {
        &mut self.headers
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {:?}", self.method, self.url)
    }
}
