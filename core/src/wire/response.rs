//! One response, in.

use alloc::{boxed::Box, sync::Arc, vec::Vec};
use core::fmt;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// An HTTP response as a value, from any HTTP stack.
///
/// Cloning shares it; it is wiped when the last clone is dropped. `Debug` shows the status
/// and the length of the body.
///
/// ```
/// # use grantflow::Response;
/// let response = Response::new(200, [("Content-Type", "application/json")], r#"{"sub":"alice"}"#);
/// assert_eq!(response.header("content-type"), Some("application/json"));
/// assert_eq!(format!("{response:?}"), "Response { status: 200, body: 15 octets }");
/// ```
#[derive(Clone)]
pub struct Response(Arc<Inner>);

struct Inner {
    status: u16,
    headers: Vec<Header>,
    body: Zeroizing<Vec<u8>>,
}

struct Header {
    name: Box<str>,
    value: Zeroizing<Box<[u8]>>,
}

impl Response {
    /// Makes a response from what an HTTP stack received: every header, repeated ones repeated,
    /// and the body after decompression.
    pub fn new<N, V>(
        status: u16,
        headers: impl IntoIterator<Item = (N, V)>,
        body: impl Into<Vec<u8>>,
    ) -> Self
    where
        N: Into<Box<str>>,
        V: AsRef<[u8]>,
    {
        let headers = headers.into_iter().map(|(name, value)| Header {
            name: name.into(),
            value: Zeroizing::new(value.as_ref().into()),
        });
        Self(Arc::new(Inner {
            status,
            headers: headers.collect(),
            body: Zeroizing::new(body.into()),
        }))
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.0.status
    }

    /// All headers, in order; values are octets, for servers send what they like.
    pub fn headers(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.0.headers.iter().map(|header| (&*header.name, &**header.value))
    }

    /// The values of a header, whatever its case, in order.
    pub fn headers_named(&self, name: &str) -> impl Iterator<Item = &[u8]> {
        self.headers()
            .filter_map(move |(known, value)| known.eq_ignore_ascii_case(name).then_some(value))
    }

    /// The first value of a header, whatever its case, if it is text.
    #[must_use]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers_named(name).next().and_then(|value| core::str::from_utf8(value).ok())
    }

    /// The nonce for the next proof: 1*NQCHAR (RFC 9449 section 8.1).
    pub(crate) fn dpop_nonce(&self) -> Option<&str> {
        let is_nqchar = |byte| matches!(byte, b'!' | b'#'..=b'[' | b']'..=b'~');
        let nonce = self.header("dpop-nonce")?;
        (!nonce.is_empty() && nonce.bytes().all(is_nqchar)).then_some(nonce)
    }

    /// The body.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        &self.0.body
    }

    /// The body without a byte order mark (RFC 8259 section 8.1).
    pub(crate) fn text(&self) -> &[u8] {
        self.body().strip_prefix("\u{feff}".as_bytes()).unwrap_or(self.body())
    }

    /// Reads the body as JSON into the caller's own type; a byte order mark is skipped.
    ///
    /// # Errors
    /// What `serde_json` says.
    pub fn json<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_slice(self.text())
    }
}

impl fmt::Debug for Response {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Response")
            .field("status", &self.status())
            .field("body", &format_args!("{} octets", self.body().len()))
            .finish()
    }
}
